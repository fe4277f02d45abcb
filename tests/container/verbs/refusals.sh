M=/org/freedesktop/systemd1
call() {
    echo "\$ $*"
    dbus-send --system --print-reply --dest=org.freedesktop.systemd1 $M org.freedesktop.systemd1.Manager."$@" 2>&1 | sed 's/sender=.*//; s/time=[0-9.]*//'
}
set_() { echo "\$ $*"; busctl call org.freedesktop.systemd1 $M org.freedesktop.systemd1.Manager "$@" 2>&1; }
call KillUnit string:multi-user.target string:all int32:15
call KillUnit string:nope.service string:all int32:15
call KillUnit string:cron.service string:bogus int32:15
call KillUnit string:cron.service string:all int32:99
call KillUnit string:cron.service string:control int32:15
call KillUnit string:dbus.socket string:main int32:15
call FreezeUnit string:multi-user.target
call FreezeUnit string:vone.service
call CleanUnit string:cron.service array:string:cache
call CleanUnit string:vone.service array:string:bogus
call CleanUnit string:nope.service array:string:cache
call RefUnit string:nope.service
call RefUnit string:bad/name
call UnrefUnit string:cron.service
call UnrefUnit string:nope.service
call GetUnitFileState string:nope.service
call GetUnit string:nope.service
call LoadUnit string:bad
call LoadUnit string:getty@.service
call GetUnitByPID uint32:999999
call GetUnitByControlGroup string:/nonexist
call GetUnitByControlGroup string:rel
call GetUnitByInvocationID array:byte:1,2
call GetUnitByInvocationID array:byte:1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16
call StartUnit string:nope.service string:replace
call StartUnit string:cron.service string:bogus
call StartUnit string:cron.service string:isolate
call StopUnit string:nope.service string:replace
call ReloadUnit string:cron.service string:replace
call StartUnitReplace string:nope.service string:cron.service string:replace
call StartUnitWithFlags string:cron.service string:replace uint64:5
call EnqueueUnitJob string:cron.service string:bogus string:replace
call GetJob uint32:99999
call CancelJob uint32:99999
call ResetFailedUnit string:nope.service
call SetUnitProperties string:nope.service boolean:true
call Unsubscribe
call SwitchRoot string: string:
call LookupDynamicUserByName string:bad/name
call LookupDynamicUserByUID uint32:5
call SetShowStatus string:bogus
call SetEnvironment array:string:BAD
call AttachProcessesToUnit string:cron.service string:x array:uint32:1
call AbandonScope string:cron.service
call AbandonScope string:init.scope
call BindMountUnit string:cron.service string:/a string:/b boolean:true boolean:true
call BindMountUnit string:nope.service string:/a string:/b boolean:true boolean:true
call BindMountUnit string:multi-user.target string:/a string:/b boolean:true boolean:true
call BindMountUnit string:cron.service string:a string:/b boolean:true boolean:true
call EnableUnitFiles array:string:nope.service boolean:false boolean:false
call PresetAllUnitFiles string:bogus boolean:false boolean:false
call Nonsense
call StartUnit string:a
transient='StartTransientUnit ssa(sv)a(sa(sv))'
n=0
property() { n=$((n + 1)); set_ $transient tq$n.service replace 2 ExecStart 'a(sasb)' 1 /bin/true 1 true false "$@" 0; }
property MemoryMax s x
property Type s bogus
property CPUWeight t 99999
property StandardOutput s bogus
property AllowedCPUs as 0
property PIDs au 1 1
property SyslogIdentifier i 5
property Restart s bogus
property CollectMode s bogus
property BusName s 'bad name'
property Nonsense s x
set_ $transient bad replace 0 0
set_ $transient tr.target replace 0 0
set_ $transient tr@.service replace 0 0
set_ $transient tr.service bogus 0 0
set_ $transient tr.service replace 0 0
set_ $transient cron.service replace 0 0
set_ $transient tr.scope replace 0 0
set_ $transient tr.scope replace 1 PIDs au 1 999999 0
live='SetUnitProperties sba(sv)'
set_ $live cron.service true 1 Description i 5
set_ $live cron.service true 1 Nonsense s x
set_ $live cron.service true 1 TasksMax t 0
set_ $live cron.service true 1 User s root
set_ $live nope.service true 1 MemoryMax t 5
# As somebody who is not root, where no polkit runs.
u() { echo "\$ $*"; timeout 30 runuser -u nobody -- "$@" </dev/null 2>&1; echo "= $?"; }
u systemctl is-active cron
for verb in start stop restart kill freeze reset-failed enable mask; do u systemctl --no-ask-password $verb cron; done
u systemctl --no-ask-password daemon-reload
u systemctl --no-ask-password set-environment A=b
u systemctl --no-ask-password set-property cron CPUWeight=100
u systemd-run --no-ask-password true
u busctl call org.freedesktop.systemd1 $M org.freedesktop.systemd1.Manager StartUnit ss nope.service replace
u busctl call org.freedesktop.systemd1 $M org.freedesktop.systemd1.Manager PowerOff
u busctl call org.freedesktop.systemd1 $M org.freedesktop.systemd1.Manager $transient x.service replace 1 Nonsense s x 0
