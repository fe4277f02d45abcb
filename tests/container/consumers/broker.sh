# dbus-broker in the place of dbus-daemon: its launcher asks the manager over the private way and takes the manager's answers for its activations.
w 0 "systemctl show dbus.service -P Id; systemctl is-active dbus-broker dbus.socket; readlink -f /proc/\$(systemctl show dbus -P MainPID)/exe"
w 0 "systemctl list-units --failed --no-legend --plain | awk '{ print \$1 }' | grep -v podman; true"
w 0 "su user -s /bin/sh -c 'systemctl is-active cron; systemctl show cron -P Id; systemctl list-units --no-legend --plain cron.service'"
w 1 "su user -s /bin/sh -c 'systemctl --no-ask-password stop cron'"
w 0 "su user -s /bin/sh -c 'busctl status org.freedesktop.systemd1 | grep -E \"^(PID|Unit|UID)=\"'"
w 0 "systemctl restart cron && systemctl is-active cron"
conf=/usr/share/dbus-1/system.d/test.conf
cat >$conf <<X
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><policy context="default"><allow own_prefix="test"/><allow send_destination_prefix="test"/><allow send_type="method_call"/></policy></busconfig>
X
sed -i 's/<allow send_destination_prefix="test"\/>//' $conf
activatable() { printf '[D-BUS Service]\nName=test.%s\nExec=/bin/false\nUser=root\nSystemdService=%s\n' $1 $2 >/usr/share/dbus-1/system-services/test.$1.service; }
cat >/root/owner.py <<'X'
import dbus, dbus.service, dbus.mainloop.glib, sys
from gi.repository import GLib
dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
class Thing(dbus.service.Object):
    @dbus.service.method('test.Thing', out_signature='s')
    def Hello(self): return 'hello from ' + sys.argv[1]
name = dbus.service.BusName(sys.argv[1], dbus.SystemBus()); thing = Thing(dbus.SystemBus(), '/')
GLib.MainLoop().run()
X
activatable Ok bus-ok.service
activatable Fails bus-fails.service
activatable Missing bus-missing.service
activatable Masked bus-masked.service
activatable Broken bus-broken.service
activatable Silent bus-silent.service
unit bus-ok.service <<X
[Service]
Type=dbus
BusName=test.Ok
ExecStart=/usr/bin/python3 /root/owner.py test.Ok
X
unit bus-fails.service <<X
[Service]
Type=dbus
BusName=test.Fails
ExecStart=/bin/false
X
unit bus-broken.service <<X
[Service]
Type=dbus
BusName=test.Broken
X
unit bus-silent.service <<X
[Service]
Type=dbus
BusName=test.Silent
TimeoutStartSec=1
ExecStart=/bin/sleep 1000
X
ln -sf /dev/null $U/bus-masked.service
w 0 "systemctl daemon-reload; systemctl reload dbus; systemctl is-active dbus"
w 0 "busctl call test.Ok / test.Thing Hello"
w 0 "systemctl is-active bus-ok; systemctl show bus-ok -p BusName,SubState; busctl status test.Ok | grep ^Unit="
w 0 "systemctl stop bus-ok; busctl call test.Ok / test.Thing Hello; systemctl is-active bus-ok"
w 0 "kill -9 \$(systemctl show bus-ok -P MainPID); sleep 0.3; busctl call test.Ok / test.Thing Hello"
for name in Fails Missing Masked Broken Silent; do
    w 1 "gdbus call -y -d test.$name -o / -m test.Thing.Hello"
    r "systemctl show bus-${name,,} -p LoadState,ActiveState,Result; systemctl reset-failed bus-${name,,}"
done
w 1 "gdbus call -y -d test.Nobody -o / -m test.Thing.Hello"
w 0 "busctl call org.freedesktop.hostname1 /org/freedesktop/hostname1 org.freedesktop.DBus.Peer Ping; systemctl is-active systemd-hostnamed"
w 0 "busctl list --activatable --no-legend | grep -oE '^test[^ ]*' | sort"
w 0 "for i in 1 2 3 4 5 6; do systemctl stop bus-ok; busctl call test.Ok / test.Thing Hello; done"
w 0 "systemctl stop bus-ok bus-silent; systemctl is-active dbus"
exit $wrong
