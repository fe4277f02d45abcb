unit vfail.service <<<$'[Service]\nExecStart=false'
unit vfail1.service <<<$'[Service]\nType=oneshot\nExecStart=false'
unit vslow.service <<<$'[Service]\nType=oneshot\nExecStart=sleep 2'
unit vafter.service <<<$'[Unit]\nAfter=vslow.service\nWants=vslow.service\n[Service]\nType=oneshot\nExecStart=true'
unit vmanual.service <<<$'[Unit]\nRefuseManualStart=yes\nRefuseManualStop=yes\n[Service]\nExecStart=sleep 99'
unit vbad.service <<<$'[Service]\nType=simple'
unit viso.target <<<$'[Unit]\nAllowIsolate=no'
unit vreq.service <<<$'[Unit]\nRequires=vfail1.service\nAfter=vfail1.service\n[Service]\nType=oneshot\nExecStart=true'
unit vassert.service <<<$'[Unit]\nAssertPathExists=/nonexistent\n[Service]\nExecStart=true'
unit vcond.service <<<$'[Unit]\nConditionPathExists=/nonexistent\n[Service]\nExecStart=true'
unit vto.service <<<$'[Service]\nType=notify\nTimeoutStartSec=300ms\nExecStart=sleep 100'
unit vsig.service <<<$'[Service]\nType=oneshot\nExecStart=sh -c \'kill -9 $$\''
unit vnoexec.service <<<$'[Service]\nExecStart=/nonexistent/prog'
unit vx.socket <<<$'[Socket]\nListenStream=/run/vx.sock\nListenDatagram=127.0.0.1:9999'
unit vx.service <<<$'[Service]\nExecStart=sleep 100'
systemctl daemon-reload
r systemctl start va vb
r systemctl is-active va vb nope
r systemctl is-failed va vfail
r systemctl status va --no-pager -n0
r systemctl status nope
r systemctl status vone
for verb in start stop restart reload try-restart reload-or-restart kill freeze thaw clean reset-failed cat is-enabled; do r systemctl $verb nope; done
r systemctl reload va
r systemctl reload vb
r systemctl try-reload-or-restart vb
r systemctl try-restart va
r systemctl start vfail
r systemctl start vmanual
r systemctl stop vmanual
r systemctl start vbad
r systemctl show -p LoadState,LoadError vbad nope
r systemctl isolate viso.target
r systemctl isolate va.service
r systemctl start vreq
r systemctl start vassert
r systemctl start vcond
r systemctl start vto
r systemctl start vsig
r systemctl start vnoexec
r "systemctl --failed --no-legend 'v*'"
r "systemctl list-units --type=service,socket --state=active 'v?.*'"
r systemctl list-units --state=help
r systemctl reset-failed vfail
r systemctl reset-failed
r systemctl --failed --no-legend
r systemctl start --show-transaction vafter --no-block
r 'systemctl list-jobs | sort -k2'
r 'systemctl list-jobs --after | sort -k2'
r 'systemctl list-jobs --before | sort -k2'
r systemctl cancel 999999
r systemctl cancel
r 'systemctl list-jobs | sort -k2'
r systemctl start -T va vreq
r systemctl stop -T va
for mode in fail bogus isolate ignore-dependencies ignore-requirements flush replace-irreversibly triggering; do r systemctl start va --job-mode=$mode; done
r systemctl stop va --job-mode=triggering
r systemctl start --wait vone
r systemctl start --wait vfail
r "systemctl stop 'v[ab].service'"
r systemctl start vt@1 vt@2
r "systemctl list-units --plain --no-legend 'vt@*'"
r "systemctl stop 'vt@*'"
r systemctl start vt@
r systemctl start vx.socket
r "systemctl list-sockets 'vx*'"
r systemctl list-dependencies va
r systemctl list-dependencies --reverse vx.service --plain
r systemctl start va
r systemctl kill va --signal=SIGUSR1
r 'sleep 0.3; systemctl show -p Result,ExecMainStatus,ExecMainCode,ActiveState va'
r systemctl kill va
r systemctl start va
for whom in control control-fail bogus; do r systemctl kill va --kill-whom=$whom; done
r systemctl kill multi-user.target
r systemctl kill vx.socket --kill-whom=main
r systemctl freeze va
r systemctl show -P FreezerState va
r systemctl thaw va
r systemctl freeze vone
r systemctl freeze vx.socket
r systemctl start vdirs
r systemctl clean vdirs
r systemctl show -p CanClean,ControlGroup vdirs
r systemctl stop vdirs
r systemctl clean --what=state vdirs
r systemctl clean --what=bogus vdirs
r systemctl clean vdirs
r systemctl clean va
r systemctl clean vone
r systemctl clean multi-user.target
r ls -d '/var/lib/vdirs /var/cache/vdirs /var/log/vdirs'
r systemctl stop vx.socket va
systemctl reset-failed
