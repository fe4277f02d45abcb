# containerd and its shim, on the systemd cgroup driver of runc.
rootfs /root/ctr/rootfs
(cd /root/ctr && runc spec && jq '.process.terminal = false | .process.args = ["/bin/sleep", "1000"] | .linux.cgroupsPath = "machine.slice:ctr:one" | .linux.resources = {}
    | .root.path = "/root/ctr/rootfs" | .root.readonly = false | .linux.maskedPaths = [] | .linux.readonlyPaths = []
    | .mounts = [.mounts[] | select(.destination == "/proc" or .destination == "/dev")]' config.json >new && mv new config.json)
w 0 "systemctl start containerd; systemctl is-active containerd; systemctl show containerd -p Type,Delegate,KillMode,NotifyAccess,TasksMax,OOMScoreAdjust"
until_ "timeout 5 ctr version"
w 0 "ctr run -d --runc-systemd-cgroup --cgroup machine.slice:ctr:one --config /root/ctr/config.json one"
w 0 "ctr task ls | awk '{ print \$1, \$3 }'"
w 0 "systemctl show ctr-one.scope -p ActiveState,Slice,ControlGroup,Delegate,Description,Transient"
w 0 "ctr task exec --exec-id x one /bin/cat /proc/self/cgroup"
w 0 "ctr task pause one; ctr task ls | awk 'NR > 1 { print \$1, \$3 }'; ctr task resume one"
w 0 "systemctl restart containerd && systemctl is-active ctr-one.scope containerd"
until_ "timeout 5 ctr version"
w 0 "ctr task kill -s 9 one"
until_ "ctr task ls | grep -q STOPPED"
w 0 "ctr task rm one 2>/dev/null; ctr c rm one; ctr task ls | wc -l"
until_ "! systemctl is-active ctr-one.scope"
r "systemctl show ctr-one.scope -p LoadState,ActiveState"
w 0 "systemctl stop containerd; systemctl show containerd -p Result,ActiveState"
exit $wrong
