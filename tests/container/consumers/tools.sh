# systemd's own tools against the manager; their words beyond what tests/container/verbs has.
cat >/root/steady.sed <<'X'
s#/usr/lib/systemd/#/lib/systemd/#g
X
unit tool.service <<X
[Unit]
Description=Tool
[Service]
Type=notify
NotifyAccess=all
ExecStart=sh -c 'systemd-notify --ready --status="ready here"; sleep 1000'
X
systemctl daemon-reload
# --- notify
w 0 "systemctl start tool && systemctl show tool -p StatusText,ActiveState"
w 0 "systemd-run --wait --pipe -q -p Type=notify -p NotifyAccess=all sh -c 'systemd-notify --ready --pid=parent --status=x; systemd-notify --booted && echo booted'"
w 0 "systemd-run -q --unit=sn2 -p Type=notify -p NotifyAccess=all -p WatchdogSec=5 sh -c 'systemd-notify READY=1 STATUS=one ERRNO=5; systemd-notify WATCHDOG=1; systemd-notify EXTEND_TIMEOUT_USEC=1000; systemd-notify MAINPID=\$\$; sleep 1000'; systemctl show sn2 -p StatusText,StatusErrno,NotifyAccess; systemctl stop sn2"
w 0 "systemd-run -q --unit=sn3 -p Type=notify -p NotifyAccess=all sh -c 'systemd-notify READY=1; systemd-notify --reloading; sleep 1000'; sleep 0.4; systemctl is-active sn3; systemctl stop sn3"
# --- analyze
w 0 "systemd-analyze log-level; systemd-analyze log-level debug; systemd-analyze log-level; systemd-analyze log-level info"
w 0 "systemd-analyze log-target; systemd-analyze log-target kmsg; systemd-analyze log-target; systemd-analyze log-target journal-or-kmsg"
w 1 "systemd-analyze log-level nonsense"
w 0 "systemd-analyze service-watchdogs; systemd-analyze service-watchdogs no; systemd-analyze service-watchdogs; systemd-analyze service-watchdogs yes"
w 0 "systemd-analyze unit-paths | sed -f /root/steady.sed | uniq"
w 0 "systemd-analyze dot cron.service --require | sort | sed -f /root/steady.sed"
w 0 "systemd-analyze dot --order --to-pattern='cron*' | grep '\"cron.service\"->' | sort"
w 0 "systemd-analyze plot | grep -cE '<text.*(cron|ssh|dbus).service'"
w 0 "systemd-analyze time | grep -oE '^Startup finished|userspace|multi-user.target|graphical.target reached'"
w 0 "systemd-analyze blame | awk '{ print \$NF }' | grep -xE 'systemd-(logind|journald|tmpfiles-setup).service' | sort"
w 0 "systemd-analyze critical-chain cron.service | sed -E 's/@[^ ]*//; s/\+[^ ]*//; s/ *\$//' | grep -oE '(cron|basic|sysinit).*(service|target)'"
w 0 "systemd-analyze security cron ssh --no-pager | grep -E '(✗|✓|→|Overall)' | sed 's/  */ /g'"
w 0 "systemd-analyze security --json=short --no-pager | jq -r '.[] | select(.unit | test(\"^(cron|ssh|dbus|systemd-logind|NetworkManager|polkit).service\")) | [.unit, .exposure, .predicate] | @tsv'"
w 0 "systemd-analyze syscall-filter @chown; systemd-analyze calendar 'Mon *-*-01' --base-time='2024-01-01 UTC' | head -2; systemd-analyze timespan 3h; systemd-analyze condition 'ConditionPathExists=/etc'"
w 0 "systemd-analyze dump | grep -cE '^-> Unit (cron|ssh|dbus).service:'"
w 0 "systemd-analyze dump cron.service | grep -E '^\s+(Description|Unit Load State|Unit Active State|Slice|CGroup): ?' | sort | sed -f /root/steady.sed"
w 0 "systemd-analyze verify $U/tool.service"
printf '[Unit]\nDescription=x\nAfter=nothing-at-all.service\nNonsense=1\n[Service]\nExecStart=/no/such\nRestartSec=abc\n' >/root/bad.service
r "systemd-analyze verify /root/bad.service"
w 0 "systemd-analyze cat-config systemd/system.conf | grep -c ."
w 0 "systemd-analyze exit-status SUCCESS 203 | tail -2; systemd-analyze capability cap_chown | tail -1; systemd-analyze filesystems @basic-api | tail -n +1 | head -3"
# --- delta, cgls, cgtop, cat
mkdir -p $U/tool.service.d; printf '[Service]\nEnvironment=A=1\n' >$U/tool.service.d/a.conf; systemctl daemon-reload
r "systemd-delta --type=extended --no-pager | grep -c tool.service"
w 0 "systemd-cgls --no-pager -u tool.service | sed -E 's/─[0-9]+ /─N /; s/\(.*//'"
w 0 "systemd-cgls --no-pager /system.slice/tool.service | sed -E 's/─[0-9]+ /─N /'"
w 0 "systemd-cgls --no-pager | grep -cE '(tool|cron|dbus).service'"
w 0 "systemd-cgtop -b -n 1 --raw | grep -cE '(tool|cron|dbus).service'"
w 0 "systemctl cat tool | head -3; systemctl status tool -n0 --no-pager | sed -E 's/since .*//; s/[0-9]+ \(/N (/; s/─[0-9]+ /─N /; s/(CPU|Tasks|Memory): .*//'"
# --- inhibit, run, mount, tmpfiles, path, escape, id
w 0 "systemd-inhibit --who=me --why=w --what=sleep systemd-inhibit --list --no-legend | grep -c '^me '"
w 0 "systemd-inhibit --list --no-legend | grep -o '^NetworkManager .* sleep' | sed -E 's/[0-9]+/N/g; s/ +/ /g'"
w 0 "systemd-mount -t tmpfs tmpfs /mnt/one; findmnt -n -o FSTYPE /mnt/one; systemd-mount --umount /mnt/one"
w 0 "mkdir -p /mnt/src /mnt/dst && touch /mnt/src/f && systemd-mount -t none -o bind /mnt/src /mnt/dst && ls /mnt/dst && systemd-umount /mnt/dst"
w 0 "systemctl bind cron /mnt/src /mnt/none 2>&1; systemctl start tool && systemctl is-active tool"
w 0 "systemd-tmpfiles --cat-config | grep -c . >/dev/null && printf 'd /run/tf 0750 user user\n' >/etc/tmpfiles.d/tf.conf && systemctl start systemd-tmpfiles-clean; systemd-tmpfiles --create tf.conf && stat -c '%a %U' /run/tf"
w 0 "systemd-run -q --wait --pipe --uid=user systemd-id128 invocation-id | wc -c"
w 0 "systemd-run -q --wait --pipe -p DynamicUser=yes -p StateDirectory=dyn sh -c 'echo \$STATE_DIRECTORY; touch \$STATE_DIRECTORY/x'; ls /var/lib/private/dyn"
# --- login, machine
w 0 "loginctl list-seats --no-legend; loginctl show-seat seat0 -p CanGraphical,Sessions; loginctl list-users --no-legend"
w 0 "machinectl list --no-legend; machinectl list-images --no-legend; systemctl is-active systemd-machined"
w 0 "machinectl status .host --no-pager -n0 | grep -E '(Leader|Class|Service|Unit|Root):' | sed 's/[0-9][0-9]*//g'"
w 0 "hostnamectl hostname; hostnamectl status | grep -E '(Chassis|Operating System|Virtualization)'"
w 0 "timedatectl show -p LocalRTC -p NTP -p CanNTP; busctl get-property org.freedesktop.timedate1 /org/freedesktop/timedate1 org.freedesktop.timedate1 NTP"
w 0 "localectl status | head -1"
w 0 "userdbctl user root --no-pager | grep -E 'User name|UID'; userdbctl services --no-pager --no-legend | sed 's/  */ /g' | sort"
w 0 "systemd-run -q --unit=dyn1 -p DynamicUser=yes sleep 100; userdbctl user dyn1 --no-pager | grep -E 'User name|Disposition'; getent passwd dyn1 | cut -d: -f1,5-; systemctl stop dyn1"
w 0 "varlinkctl --version >/dev/null 2>&1; journalctl -b -u tool --no-pager -o cat | grep -v '^\$' | tail -3"
w 0 "systemd-detect-virt; systemd-detect-virt -c; ps -o comm= 1"
w 0 "systemctl list-machines --no-legend --plain | cut -d' ' -f1-3"
w 0 "systemctl list-paths --no-legend 2>/dev/null; systemctl list-sockets --no-legend | awk '{ print \$1 }' | grep -E 'dbus|journal' | sort"
w 0 "networkctl list --no-legend 2>&1 | grep -c lo"
exit $wrong
