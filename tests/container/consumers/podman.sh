# Podman with its systemd cgroup manager (runc, since crun wants more memory locked than the rig may give): scopes, conmon's own scope, health timers, generated units.
rootfs /root/image
tar -C /root/image -c . >/root/image.tar
cat >/etc/containers/containers.conf <<X
[containers]
default_ulimits = ["nofile=1024:2048", "nproc=20000:20000"]
pids_limit = 0
log_driver = "k8s-file"
[engine]
cgroup_manager = "systemd"
runtime = "runc"
events_logger = "file"
X
cat >/etc/containers/storage.conf <<X
[storage]
driver = "vfs"
runroot = "/run/containers/storage"
graphroot = "/var/lib/containers/storage"
X
steady() { sed -E 's/[0-9a-f]{64}/ID/g; s/[0-9a-f]{12}/SHORT/g; s/time="[^"]*"//g; s/Process: [0-9]+/Process: N/; s/─[0-9]+ /─N /'; }
export -f steady
P='podman'
w 0 "$P import /root/image.tar box 2>&1 | tail -n 1 | sed 's/[0-9a-f]\{64\}/ID/'"
w 0 "$P info --format '{{.Host.CgroupManager}} {{.Host.CgroupsVersion}} {{.Host.OCIRuntime.Name}}'"
w 0 "$P run --rm --network=none --cgroupns=host box cat /proc/self/cgroup | steady"
w 3 "$P run --rm --network=none box sh -c 'exit 3'"
w 0 "$P run -d --name long --network=none --health-cmd 'true' --health-interval 1s box sleep 1000 | steady"
w 0 "systemctl list-units --no-legend --plain --type=scope --state=running 'libpod*' | awk '{ print \$1, \$2, \$3, \$4 }' | steady | sort"
w 0 "systemctl show \$(systemctl list-units --no-legend --plain 'libpod-*.scope' | grep -v conmon | awk '{ print \$1; exit }') -p Description,Slice,ControlGroup,Delegate,DelegateControllers,DefaultDependencies,Transient,KillMode,TimeoutStopUSec,ActiveState,SubState,CollectMode | steady"
w 0 "systemctl show \$(systemctl list-units --no-legend --plain 'libpod-conmon*.scope' | awk '{ print \$1; exit }') -p Description,Slice,ControlGroup,Delegate,DefaultDependencies,ActiveState | steady"
w 0 "systemctl list-timers --no-legend --plain | grep -cE '[0-9a-f]{64}.timer'"
w 0 "$P --runtime crun run --rm --privileged --network=none box echo crun"
until_ "podman inspect long --format '{{.State.Health.Status}}' | grep -qx healthy"
w 0 "$P inspect long --format '{{.State.Status}} {{.State.Health.Status}} {{.State.CgroupPath}}' | steady"
w 0 "$P exec long echo inside"
w 0 "$P pause long >/dev/null && $P ps --format '{{.Names}} {{.Status}}' | sed 's/Up .*(/Up (/'; $P unpause long | steady"
w 0 "$P top long args | grep -c 'sleep 1000'"
w 0 "$P kill -s USR2 long | steady"
w 0 "$P stop -t 1 long 2>&1 | steady"
until_ "! systemctl list-units --no-legend --plain | grep -qE 'libpod-|[0-9a-f]{64}.timer'"
w 0 "$P start long && $P restart -t 1 long 2>&1 | steady"
w 0 "$P generate systemd --name long | grep -vE '^#|PODMAN_SYSTEMD' | steady"
w 0 "$P rm -f -t 1 long 2>&1 | steady"
# A unit made by podman, notify and all.
w 0 "$P create --name gen --network=none --sdnotify=conmon box sleep 1000 | steady"
w 0 "cd $U && $P generate systemd --new --name --files gen >/dev/null && $P rm -f gen >/dev/null && systemctl daemon-reload && systemctl start container-gen"
w 0 "systemctl show container-gen -p Type,NotifyAccess,ActiveState,SubState,Result,Delegate,StatusText,KillMode; systemctl show container-gen -P MainPID | xargs -I@ cat /proc/@/comm"
w 0 "systemctl status container-gen -n0 --no-pager | grep -E '/(libpod|container|runtime)' | sed 's/[├└│]//g' | steady"
w 0 "systemctl restart container-gen && systemctl is-active container-gen"
w 3 "systemctl stop container-gen; systemctl is-active container-gen"
w 0 "systemctl show container-gen -p Result,ExecMainStatus"
w 0 "$P run --rm --network=none --cgroups=split box cat /proc/self/cgroup | steady"
w 0 "systemd-run --wait --pipe -q -p Delegate=yes $P run --rm --network=none --cgroups=split box cat /proc/self/cgroup | steady"
w 0 "$P run --rm --network=none --cgroups=no-conmon --cgroup-parent=machine-some.slice --cgroupns=host box cat /proc/self/cgroup | steady"
w 0 "systemctl start podman.socket && curl -V >/dev/null 2>&1; python3 - <<'X'
import socket
s = socket.socket(socket.AF_UNIX); s.connect('/run/podman/podman.sock')
s.sendall(b'GET /_ping HTTP/1.0\r\n\r\n'); data = b''
while True:
    more = s.recv(4096)
    if not more: break
    data += more
print(data.split(b'\r\n\r\n')[1].decode())
X"
w 0 "systemctl is-active podman.service podman.socket; systemctl stop podman.service podman.socket"
exit $wrong
