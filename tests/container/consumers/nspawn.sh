# Containers of systemd's own: nspawn by itself, as a machine, and machined's view.
rootfs /var/lib/machines/box
printf 'ID=box\n' >/var/lib/machines/box/etc/os-release; mkdir -p /var/lib/machines/box/{usr,run,var,root,sbin,lib}
ln -s ../bin/busybox /var/lib/machines/box/sbin/init
w 0 "machinectl list-images --no-legend | awk '{ print \$1, \$2 }'"
r "systemd-nspawn -q -D /var/lib/machines/box --register=no --keep-unit /bin/echo inside"
r "systemd-nspawn -q -M box --pipe /bin/cat /proc/self/cgroup"
r "systemd-run -q --unit=ns1 -p Type=notify -p Delegate=yes -p KillMode=mixed -p Slice=machine.slice systemd-nspawn -q -M box --kill-signal=KILL -D /var/lib/machines/box /bin/sleep 1000; for i in \$(seq 50); do machinectl show box >/dev/null 2>&1 && break; sleep 0.1; done"
r "machinectl list --no-legend | awk '{ print \$1, \$2, \$3 }'; machinectl show box -p Name,Class,Service,Unit,RootDirectory,State"
r "systemctl show ns1 -p ActiveState,SubState,Slice,Delegate; systemctl list-units --no-legend --plain 'machine-*' | awk '{ print \$1, \$2, \$3, \$4 }'"
r "systemctl status box -n0 --no-pager | head -1; machinectl status box -n0 --no-pager | grep -E '(Unit|Class|Root)' "
r "machinectl terminate box; for i in \$(seq 50); do machinectl show box >/dev/null 2>&1 || break; sleep 0.1; done; systemctl show ns1 -p ActiveState,Result"
r "systemctl list-units --no-legend --plain --all 'machine-*' | awk '{ print \$1 }'"
r "systemctl show systemd-nspawn@box -p Type,Slice,Delegate,KillMode,WatchdogUSec,DevicePolicy,DeviceAllow,TasksMax"
exit $wrong
