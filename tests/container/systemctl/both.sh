# Each line of /root/list by the real client and by ours, alternately on one machine; prints where they differ, nothing when they do not.
export SYSTEMD_PAGER= LC_ALL=C.UTF-8 COLUMNS=200 TERM=dumb
export SYSTEMD_COLORS=0
mkdir -p /run/real /run/ours
for name in systemctl halt poweroff reboot shutdown runlevel telinit; do
    ln -sfn /bin/systemctl /run/real/$name
    ln -sfn /usr/lib/sysmaster/systemctl /run/ours/$name
done
# Times, numbers of processes and jobs, and what counts while we look.
steady() {
    sed -E -e 's/; [0-9a-z ]+ ago/; AGO/' -e 's/[0-9]+(min|s|ms|us|h|h [0-9]+min|min [0-9]+s) (ago|left)/AGO/g' -e 's#/usr/lib/systemd#/lib/systemd#g' \
        -e 's/ CPU: .*/ CPU/' -e 's/ (Tasks|Memory): .*/ \1/' -e 's/(CPUUsageNSec|MemoryAvailable|MemoryCurrent|TasksCurrent|NextElapseUSecMonotonic|NNames)=.*/\1/' \
        -e 's/[0-9]{16}/USEC/g' -e 's/[0-9]+ (timeout|bash|systemctl)/N \1/' -e 's/job [0-9]+ /job N /' -e 's/ +(AGO|USEC)/ \1/g' -e 's/AGO +/AGO /g' \
        -e 's/scheduled for [^,]*,/scheduled for TIME,/' -e 's#/run/(real|ours)/##g' -e 's/Units: [0-9]+ loaded/Units: N loaded/'
}
one() {
    PATH=$1:$PATH timeout 20 bash -c "$2" </dev/null >/run/said 2>/run/complained
    local code=$?
    { sed 's/^/| /' /run/said; sed 's/^/! /' /run/complained; echo "= $code"; } | steady
}
bad=0
while IFS= read -r line; do
    case $line in ''|'#'*) continue ;; esac
    one /run/real "$line" >/run/theirs
    one /run/ours "$line" >/run/mine
    cmp -s /run/theirs /run/mine && continue
    bad=1
    echo "\$ $line"
    diff /run/theirs /run/mine
done </root/list
exit $bad
