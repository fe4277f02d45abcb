# Run before each script here. `r` prints a command, what it prints, and its exit code; `w` does the same, and counts it when the code is not the wanted one.
export SYSTEMD_PAGER= PAGER=cat SYSTEMD_COLORS=0 NO_COLOR=1 LC_ALL=C.UTF-8 COLUMNS=200 TERM=dumb HOME=/root
U=/etc/systemd/system
wrong=0
unit() { cat >$U/$1; }
r() { echo "\$ $*"; timeout ${LIMIT:-60} bash -c "$*" </dev/null 2>&1; echo "= $?"; }
w() {
    local wanted=$1 code; shift
    echo "\$ $*"; timeout ${LIMIT:-60} bash -c "$*" </dev/null 2>&1; code=$?
    echo "= $code"
    [ $code = $wanted ] || { wrong=$((wrong + 1)); echo "=== wanted $wanted"; }
}
# Until a command succeeds, 15 s long.
until_() { for _ in $(seq 75); do eval "$1" >/dev/null 2>&1 && return 0; sleep 0.2; done; echo "=== never: $1"; wrong=$((wrong + 1)); }
# A bundle of one static program, for the container runtimes.
rootfs() {
    mkdir -p $1/{bin,proc,dev,sys,tmp,etc}
    cp /bin/busybox $1/bin/busybox
    for name in sh sleep echo cat true false grep; do ln -sf busybox $1/bin/$name; done
    echo root:x:0:0:root:/:/bin/sh >$1/etc/passwd
}
