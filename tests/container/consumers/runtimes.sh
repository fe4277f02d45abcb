# crun and runc over systemd: the scope they ask for, what they set, and how it goes. No controllers here, so no limits.
for runtime in crun runc; do
    bundle=/root/$runtime-bundle
    rootfs $bundle/rootfs
    (cd $bundle && runc spec)
    jq --arg path "machine.slice:$runtime:box" '.process.terminal = false | .process.args = ["/bin/sleep", "1000"] | .linux.cgroupsPath = $path | .linux.resources = {}
        | .root.readonly = false | .linux.maskedPaths = [] | .linux.readonlyPaths = []
        | .annotations = {"org.systemd.property.TimeoutStopUSec": "uint64 7000000", "org.systemd.property.CollectMode": "'"'inactive-or-failed'"'"}
        | .mounts = [.mounts[] | select(.destination == "/proc" or .destination == "/dev")]' $bundle/config.json >$bundle/new && mv $bundle/new $bundle/config.json
    scope=$runtime-box.scope
    w 0 "$runtime --systemd-cgroup run -d -b $bundle box >/root/$runtime.out 2>&1; code=\$?; cat /root/$runtime.out; exit \$code"
    w 0 "systemctl show $scope -p Id,Description,LoadState,ActiveState,SubState,Slice,ControlGroup,Delegate,DelegateControllers,DefaultDependencies,Transient,TimeoutStopUSec,CollectMode,TasksAccounting,MemoryAccounting,CPUAccounting,IOAccounting,KillMode,After,Before,Requires,Conflicts,OOMPolicy,DevicePolicy,DeviceAllow,FragmentPath,DropInPaths,UnitFileState 2>&1 | sort | sed -E '/^DropInPaths/s#([^ =]*DeviceAllow.conf) ([^ ]*DevicePolicy.conf)#\\2 \\1#'"
    w 0 "$runtime --systemd-cgroup list | sed 's/  */ /g; s/ [0-9][0-9]* / N /; s/20..-.*Z/WHEN/'"
    w 0 "$runtime --systemd-cgroup state box | jq -S 'del(.pid, .created)'"
    w 0 "$runtime --systemd-cgroup exec box /bin/cat /proc/self/cgroup"
    w 0 "$runtime --systemd-cgroup ps box | wc -l"
    w 0 "$runtime --systemd-cgroup pause box && cat /sys/fs/cgroup/machine.slice/$scope/cgroup.freeze && $runtime --systemd-cgroup state box | jq -r .status"
    w 0 "$runtime --systemd-cgroup resume box && cat /sys/fs/cgroup/machine.slice/$scope/cgroup.freeze"
    w 0 "systemctl freeze $scope && systemctl show $scope -p FreezerState && systemctl thaw $scope && systemctl show $scope -p FreezerState"
    r "$runtime --systemd-cgroup run -d -b $bundle box 2>&1 | sed 's/time=\"[^\"]*\"//'"
    r "$runtime --systemd-cgroup update --pids-limit 50 box 2>&1 | sed 's/time=\"[^\"]*\"//'; systemctl show $scope -p TasksMax"
    r "$runtime --systemd-cgroup update --cpu-share 512 box 2>&1 | sed 's/time=\"[^\"]*\"//'; systemctl show $scope -p CPUWeight"
    w 0 "systemctl set-property --runtime $scope CPUWeight=77; systemctl show $scope -p CPUWeight"
    w 0 "systemctl status $scope --no-pager -n0 2>/dev/null | sed -E '/50-/d; s/since .*//; s/Tasks: .*//; s/CPU: .*//; s/─[0-9]+ /─N /'"
    w 0 "systemctl daemon-reload; systemctl is-active $scope"
    w 0 "systemctl kill -s USR1 $scope"
    w 0 "$runtime --systemd-cgroup kill box KILL"
    until_ "$runtime --systemd-cgroup state box | grep -q stopped"
    w 0 "$runtime --systemd-cgroup delete box"
    until_ "[ ! -e /sys/fs/cgroup/machine.slice/$scope ]"
    r "systemctl show $scope -p LoadState,ActiveState"
    # Ended by the manager instead, and one that ends by itself.
    w 0 "$runtime --systemd-cgroup run -d -b $bundle box >/root/$runtime.out 2>&1"
    w 0 "systemctl stop $scope 2>/dev/null; $runtime --systemd-cgroup state box | jq -r .status"
    w 0 "$runtime --systemd-cgroup delete -f box"
    jq '.process.args = ["/bin/sh", "-c", "exit 7"] | del(.annotations)' $bundle/config.json >$bundle/new && mv $bundle/new $bundle/config.json
    w 7 "$runtime --systemd-cgroup run -b $bundle short"
    until_ "! systemctl is-active $runtime-short.scope"
    r "systemctl show $runtime-short.scope -p LoadState,ActiveState,Result"
    r "systemctl reset-failed $runtime-short.scope; systemctl list-units --all --no-legend --plain '$runtime-*'"
done
exit $wrong
