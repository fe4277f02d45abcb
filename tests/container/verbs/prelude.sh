# Run before each script here: the units they use, and `r`, which prints a command, what it prints, and its exit code.
export SYSTEMD_PAGER= SYSTEMD_COLORS=0 LC_ALL=C.UTF-8 COLUMNS=200 TERM=dumb
U=/etc/systemd/system
unit() { cat >$U/$1; }
r() { echo "\$ $*"; timeout 30 bash -c "$*" </dev/null 2>&1; echo "= $?"; }
unit va.service <<X
[Unit]
Description=A sleeper
Documentation=man:sleep(1)
[Service]
ExecStart=sleep 1000
ExecReload=true
[Install]
WantedBy=multi-user.target
Alias=va-alias.service
Also=vb.service
X
unit vb.service <<X
[Unit]
Description=B
PartOf=va.service
[Service]
ExecStart=sleep 1000
[Install]
WantedBy=multi-user.target
X
unit vt@.service <<X
[Unit]
Description=Template %i
[Service]
ExecStart=sleep 100%i
[Install]
WantedBy=multi-user.target
DefaultInstance=7
X
unit vone.service <<X
[Service]
Type=oneshot
ExecStart=true
X
unit vdirs.service <<X
[Service]
Type=oneshot
RemainAfterExit=yes
StateDirectory=vdirs
CacheDirectory=vdirs
LogsDirectory=vdirs
RuntimeDirectory=vdirs
ExecStart=true
X
systemctl daemon-reload
