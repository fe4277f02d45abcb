# D-Bus clients of other makes: libdbus (dbus-send, python3-dbus), GLib (gdbus, GDBus from Python), sd-bus (busctl), and a raw python3-systemd.
unit slow.service <<X
[Unit]
Description=Slow one
[Service]
ExecStart=sleep 1000
ExecStop=sleep 0.3
X
systemctl daemon-reload
S=org.freedesktop.systemd1 O=/org/freedesktop/systemd1 M=org.freedesktop.systemd1.Manager
export S O M
w 0 "gdbus introspect -y -d $S -o $O | grep -cE '^ +(StartUnit|ListUnits|Subscribe|Reload)\('"
w 0 "gdbus introspect -y -d $S -o $O/unit/slow_2eservice -p | grep -E ' (Id|LoadState|ExecStart|MainPID|Restart|KillMode) ='"
w 0 "gdbus call -y -d $S -o $O -m $M.GetUnit cron.service"
w 1 "gdbus call -y -d $S -o $O -m $M.GetUnit no-such.service"
w 1 "gdbus call -y -d $S -o $O -m $M.StartUnit no-such.service replace"
w 1 "gdbus call -y -d $S -o $O -m $M.StartUnit cron.service nonsense"
w 1 "gdbus call -y -d $S -o $O -m $M.StartUnit cron.service"
w 1 "gdbus call -y -d $S -o $O -m $M.NoSuchMethod"
w 1 "gdbus call -y -d $S -o /no/such -m $M.GetUnit a.service"
w 0 "gdbus call -y -d $S -o $O/unit/cron_2eservice -m org.freedesktop.DBus.Properties.Get $S.Service Type"
w 1 "gdbus call -y -d $S -o $O/unit/cron_2eservice -m org.freedesktop.DBus.Properties.Get $S.Service Nonsense"
w 1 "gdbus call -y -d $S -o $O/unit/cron_2eservice -m org.freedesktop.DBus.Properties.Set $S.Unit Description \"<'x'>\""
w 0 "dbus-send --system --print-reply=literal --dest=$S $O $M.LoadUnit string:slow.service"
w 0 "dbus-send --system --print-reply --dest=$S $O org.freedesktop.DBus.Properties.Get string:$M string:Architecture | sed 's/time=[^ ]* sender=[^ ]* -> destination=[^ ]* serial=[^ ]* reply_serial=[^ ]*//'"
w 0 "dbus-send --system --print-reply --dest=$S $O org.freedesktop.DBus.Peer.Ping | grep -c return"
w 0 "dbus-send --system --print-reply=literal --dest=$S $O org.freedesktop.DBus.Peer.GetMachineId | tr -d ' ' | cmp - <(tr -d '\n' </etc/machine-id) && echo same"
w 1 "dbus-send --system --print-reply --dest=$S $O $M.StopUnit string:nothing.service string:replace"
w 0 "busctl call $S $O $M GetUnitByPID u 1"
w 0 "busctl call $S $O $M ListUnitsByNames as 2 slow.service nosuch.service"
w 0 "busctl --json=short call $S $O $M ListUnitsByPatterns asas 0 1 'slow*'"
w 0 "busctl get-property $S $O $M Tainted SystemState; busctl get-property $S $O $M Features >/dev/null"
w 0 "busctl set-property $S $O $M LogLevel s debug && busctl get-property $S $O $M LogLevel; busctl set-property $S $O $M LogLevel s info"
w 1 "busctl set-property $S $O $M LogLevel s nonsense"
w 1 "busctl set-property $S $O $M Version s nonsense"
w 0 "busctl tree --list $S | grep -E 'unit/(slow|cron)_2eservice'"
w 0 "busctl status $S | grep -E '^(PID|Comm|UID|Unit|Slice|CGroup|AuditLoginUID)='"
w 0 "busctl list --acquired --no-legend | grep -E '^org.freedesktop.(systemd1|login1|DBus) ' | sed 's/  */ /g' | awk '{ print \$1, (\$1 ~ /systemd1/ ? \$2 : \"\"), \$3, \$4, \$6, \$7 }'"
cat >/root/signals.py <<'X'
# A client that subscribes, then asks for a few things, and prints what it is told.
import dbus, dbus.mainloop.glib, re
from gi.repository import GLib
dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus = dbus.SystemBus()
loop = GLib.MainLoop()
proxy = bus.get_object('org.freedesktop.systemd1', '/org/freedesktop/systemd1')
manager = dbus.Interface(proxy, 'org.freedesktop.systemd1.Manager')
seen, last = [], {}
def text(value):
    return re.sub(r'/job/\d+', '/job/N', str(value)) if not isinstance(value, dbus.UInt32) else 'N'
def told(*args, **kw):
    path, member = kw['path'], kw['member']
    if member == 'PropertiesChanged':
        if 'slow' not in path and 'py_2d' not in path: return
        changed = {str(k): str(v) for k, v in args[1].items() if k in ('ActiveState', 'SubState')}
        # How often the same is told differs; what is told, and in which order it becomes so, does not.
        line = f"{path.rsplit('/', 1)[1]} {sorted(changed.items())}"
        if changed and line != last.get(path): seen.append(line)
        if changed: last[path] = line
    elif member in ('JobNew', 'JobRemoved', 'UnitNew', 'UnitRemoved'):
        # systemd announces what it refuses to make, too.
        if not any('slow' in str(a) or 'py-one.service' in str(a) for a in args): return
        seen.append(f"{member} {' '.join(text(a) for a in args)}")
    else:
        seen.append(f"{member} {' '.join(text(a) for a in args)}")
bus.add_signal_receiver(told, sender_keyword='sender', path_keyword='path', member_keyword='member', bus_name='org.freedesktop.systemd1')
manager.Subscribe()
try: manager.Subscribe()
except dbus.DBusException as e: print('second Subscribe:', e.get_dbus_name(), e.get_dbus_message())
def refusal(what, *args):
    try: print(what, getattr(manager, what)(*args))
    except dbus.DBusException as e: print(what, e.get_dbus_name(), '|', e.get_dbus_message())
def show(after):
    GLib.timeout_add(after, loop.quit); loop.run()
    print('\n'.join(seen)); seen.clear(); print('--')
manager.StartUnit('slow.service', 'replace'); show(900)
manager.RestartUnit('slow.service', 'replace'); show(1500)
manager.StopUnit('slow.service', 'replace'); show(1200)
props = [('Description', 'from Python'), ('RemainAfterExit', True), ('Environment', dbus.Array(['A=1', 'B=2'], signature='s')),
         ('ExecStart', dbus.Array([('/bin/sh', dbus.Array(['sh', '-c', 'exit $((A + B))'], signature='s'), False)], signature='(sasb)'))]
manager.StartTransientUnit('py-one.service', 'fail', props, dbus.Array([], signature='(sa(sv))')); show(900)
refusal('StartTransientUnit', 'py-one.service', 'fail', props, dbus.Array([], signature='(sa(sv))'))
refusal('StartTransientUnit', 'py-two.service', 'fail', props + [('Nonsense', 'x')], dbus.Array([], signature='(sa(sv))'))
refusal('StartTransientUnit', 'py-two.service', 'fail', props + [('MemoryMax', 'x')], dbus.Array([], signature='(sa(sv))'))
refusal('StartTransientUnit', 'py-two.service', 'fail', props + [('Type', 'x')], dbus.Array([], signature='(sa(sv))'))
refusal('StartTransientUnit', 'py-two.scope', 'fail', [('Description', 'no pids')], dbus.Array([], signature='(sa(sv))'))
refusal('StartTransientUnit', 'py-two.scope', 'fail', [('PIDs', dbus.Array([dbus.UInt32(999999)], signature='u'))], dbus.Array([], signature='(sa(sv))'))
refusal('StartTransientUnit', 'py-two.slice', 'fail', [('CPUWeight', dbus.UInt64(100001))], dbus.Array([], signature='(sa(sv))'))
refusal('SetUnitProperties', 'py-one.service', True, [('ExecStart', 'x')])
refusal('SetUnitProperties', 'nothing.service', True, [('CPUWeight', dbus.UInt64(100))])
refusal('GetUnitProcesses', 'py-one.service')
refusal('AttachProcessesToUnit', 'py-one.service', '', dbus.Array([], signature='u'))
refusal('KillUnit', 'py-one.service', 'nonsense', 9)
refusal('KillUnit', 'py-one.service', 'all', 999)
refusal('GetJob', dbus.UInt32(4000000))
refusal('StartTransientUnit', 'py-one.timer', 'replace', props, dbus.Array([], signature='(sa(sv))'))
refusal('ResetFailedUnit', 'nothing.service')
manager.ResetFailedUnit('py-one.service'); show(500)
manager.Reload(); show(700)
manager.Unsubscribe()
try: manager.Unsubscribe()
except dbus.DBusException as e: print('second Unsubscribe:', e.get_dbus_name(), e.get_dbus_message())
X
w 0 "python3 /root/signals.py" 
cat >/root/scope.py <<'X'
# As go-systemd does it: no Subscribe, a match for JobRemoved, then a scope for a process of one's own.
import dbus, dbus.mainloop.glib, subprocess
from gi.repository import GLib
dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
calls, news = dbus.bus.BusConnection(dbus.bus.BusConnection.TYPE_SYSTEM), dbus.bus.BusConnection(dbus.bus.BusConnection.TYPE_SYSTEM)
loop = GLib.MainLoop()
jobs = []
def removed(number, path, unit, result):
    jobs.append((path, str(unit), str(result)))
    loop.quit()
news.add_signal_receiver(removed, 'JobRemoved', 'org.freedesktop.systemd1.Manager')
manager = dbus.Interface(calls.get_object('org.freedesktop.systemd1', '/org/freedesktop/systemd1'), 'org.freedesktop.systemd1.Manager')
child = subprocess.Popen(['sleep', '1000'])
job = manager.StartTransientUnit('go-like.scope', 'replace', [('PIDs', dbus.Array([dbus.UInt32(child.pid)], signature='u')), ('Delegate', True), ('DefaultDependencies', False)], dbus.Array([], signature='(sa(sv))'))
GLib.timeout_add(5000, loop.quit); loop.run()
print([(p == job, u, r) for p, u, r in jobs])
print(open(f'/proc/{child.pid}/cgroup').read().strip().splitlines()[-1])
import os; os.makedirs('/sys/fs/cgroup/system.slice/go-like.scope/below')   # systemd 252 does not make it
manager.AttachProcessesToUnit('go-like.scope', '/below', dbus.Array([dbus.UInt32(child.pid)], signature='u'))
print(open(f'/proc/{child.pid}/cgroup').read().strip().splitlines()[-1])
jobs.clear(); job = manager.StopUnit('go-like.scope', 'replace')
GLib.timeout_add(5000, loop.quit); loop.run()
print([(p == job, u, r) for p, u, r in jobs], child.wait())
X
w 0 "python3 /root/scope.py"
w 0 "su user -s /bin/sh -c 'busctl call $S $O $M GetUnit s cron.service'"
w 1 "su user -s /bin/sh -c 'busctl call $S $O $M StopUnit ss cron.service replace'"
w 1 "su user -s /bin/sh -c 'gdbus call -y -d $S -o $O -m $M.Reload'"
w 1 "su user -s /bin/sh -c 'dbus-send --system --print-reply --dest=$S $O $M.SetEnvironment array:string:A=1' 2>&1 | sed 's/; type=.*//'; exit \${PIPESTATUS[0]}"
w 1 "su user -s /bin/sh -c 'systemctl --no-ask-password stop cron'"
w 0 "systemctl is-active cron"
w 0 "python3 -c 'from systemd import daemon, login, journal; print(daemon.booted(), login.seats(), len(login.machine_names()))'"
exit $wrong
