# What a client of the bus is told when the service behind a name cannot be started: ActivationRequest, ActivationFailure.
services=/usr/share/dbus-1/system-services
names='Missing Manual Bad Dependency Masked BadName'
{
    echo '<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">'
    echo '<busconfig><policy context="default">'
    for name in $names; do echo "<allow send_destination=\"org.test.$name\"/>"; done
    echo '</policy></busconfig>'
} >/etc/dbus-1/system.d/test.conf
mkdir -p $services
service() { printf "[D-BUS Service]\nName=org.test.$1\nExec=/bin/false\nUser=root\nSystemdService=$2\n" >$services/org.test.$1.service; }
unit act-manual.service <<<$'[Unit]\nRefuseManualStart=yes\n[Service]\nExecStart=/bin/true'
unit act-bad.service <<<$'[Service]\nType=dbus'
unit act-dep.service <<<$'[Unit]\nRequires=nope2.service\n[Service]\nExecStart=/bin/true'
ln -sf /dev/null $U/act-masked.service
service Missing act-nope.service; service Manual act-manual.service; service Bad act-bad.service
service Dependency act-dep.service; service Masked act-masked.service; service BadName act-bad-name
systemctl daemon-reload
busctl call org.freedesktop.DBus /org/freedesktop/DBus org.freedesktop.DBus ReloadConfig
sleep 0.5
for name in $names; do r "dbus-send --system --print-reply --reply-timeout=15000 --dest=org.test.$name / org.test.X.Y"; done
r 'systemctl restart dbus; busctl get-property org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager ConfirmSpawn'
r 'for i in $(seq 50); do busctl list --no-pager | grep -q "^org.freedesktop.systemd1 " && break; sleep 0.1; done; busctl list --no-pager | grep -c "^org.freedesktop.systemd1 "'
