r systemctl is-enabled va vb vone vt@ vt@1 nope
r systemctl enable va
r systemctl is-enabled va vb va-alias
r systemctl disable va
r systemctl enable --now va
r systemctl is-active va
r systemctl disable --now va
r systemctl is-active va
r systemctl enable --runtime vb
r systemctl is-enabled vb
r systemctl disable --runtime vb
r systemctl enable vt@
r systemctl enable vt@3
r systemctl is-enabled vt@ vt@3 vt@7 vt@9
r systemctl disable vt@
r systemctl enable nope
r systemctl disable nope
r systemctl enable vone
r systemctl enable --force va
r systemctl reenable va
r systemctl disable va
r systemctl mask vb
r systemctl is-enabled vb
rm -f /etc/systemd/system/vc.service
r systemctl mask vc
r systemctl start vc
r systemctl enable vc
r systemctl unmask vc
r systemctl mask --runtime cron
r systemctl is-enabled cron
r systemctl unmask --runtime cron
r systemctl preset va
r systemctl preset --preset-mode=disable-only va
r systemctl preset nope
r systemctl disable va
r systemctl add-wants multi-user.target vone
r systemctl add-requires multi-user.target vone
r systemctl add-wants nope.target vone
r systemctl disable vone
printf '[Service]\nExecStart=true\n[Install]\nWantedBy=multi-user.target\n' >/opt/vlink.service
r systemctl link /opt/vlink.service
r systemctl is-enabled vlink
r systemctl enable vlink
r systemctl disable vlink
r systemctl link /opt/nonexist.service
r systemctl link relative.service
mkdir -p /etc/systemd/system/cron.service.d && printf '[Unit]\nDescription=changed\n' >/etc/systemd/system/cron.service.d/x.conf
r systemctl show -P NeedDaemonReload cron
r systemctl start cron
r systemctl daemon-reload
r systemctl show -P NeedDaemonReload -P Description cron
r systemctl revert cron
r systemctl get-default
r systemctl set-default rescue.target
r systemctl get-default
r systemctl set-default nope.target
r systemctl set-default va.service
r systemctl set-default graphical.target
rm /etc/systemd/system/default.target
r EDITOR=true systemctl edit va
r systemctl edit --full nope
r systemctl cat va vb
r "systemctl list-unit-files 'v*' | sort"
