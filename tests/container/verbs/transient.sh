r systemd-run --wait --collect -q sh -c "'exit 7'"
r systemd-run --wait -q --pipe sh -c "'cat; echo err >&2; exit 3'" '<<< hello'
r systemd-run --wait -q -P -p User=nobody id -un
r systemd-run --wait -q -p RuntimeMaxSec=300ms sleep 10
r systemd-run -q --unit=rs1 --remain-after-exit true
r 'sleep 0.3; systemctl is-active rs1; systemctl stop rs1'
r systemd-run --scope -q --unit=rscope sh -c "'exit 9'"
r systemd-run --scope --slice=test.slice -q --unit=rscope2 sh -c "'grep ^0: /proc/self/cgroup'"
r systemd-run --on-active=100ms --timer-property=AccuracySec=1ms --unit=rt1 -q touch /tmp/rt1
r 'for i in $(seq 50); do [ -e /tmp/rt1 ] && break; sleep 0.1; done; ls /tmp/rt1'
r systemd-run --on-calendar=daily --timer-property=AccuracySec=1s --unit=rt2 true
r systemctl show rt2.timer -p AccuracyUSec,Unit,RemainAfterElapse
r systemctl stop rt2.timer
r systemd-run --path-property=PathExists=/tmp/rp1 --unit=rp1 -q rm /tmp/rp1
r 'touch /tmp/rp1; for i in $(seq 50); do [ -e /tmp/rp1 ] || break; sleep 0.1; done; ls /tmp/rp1; systemctl stop rp1.path'
r systemd-run --socket-property=ListenStream=/run/rsock --unit=rsk -q cat
r 'systemctl is-active rsk.socket; systemctl stop rsk.socket'
r systemd-run --unit=bad/name true
r systemd-run -p Nonsense=1 true
r systemd-run --unit=cron true
r systemd-run --wait -q /nonexistent
r systemd-run -G -q --wait -p Type=exec false
r systemd-run --wait -q -p WorkingDirectory=/tmp -P pwd
r systemd-run --wait -q -P --setenv=FOO=bar sh -c "'echo \$FOO'"
r systemd-analyze unit-paths
r systemd-analyze verify cron.service
r systemd-analyze security cron.service --no-pager
r systemd-mount --tmpfs /mnt/smount
r 'findmnt -n -o FSTYPE /mnt/smount; systemctl show mnt-smount.mount -p What,Type,ActiveState,Transient,ExecMount | sed "s/start_time.*//"'
r systemd-umount /mnt/smount
r systemd-notify --booted
r systemd-inhibit sh -c "'exit 5'"
