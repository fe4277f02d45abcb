# Every property of units that set much, and of units of each type that every machine has.
mk() { printf "[Service]\nType=oneshot\nExecStart=true\n$2\n" >/run/systemd/system/$1.service; }
mk x1 RuntimeDirectory=a; mk x2 StateDirectory=a; mk x3 CacheDirectory=a; mk x4 LogsDirectory=a; mk x5 ConfigurationDirectory=a
mk x6 WorkingDirectory=/srv; mk x7 PrivateTmp=yes; mk x8 Delegate=yes
mk x9 'PrivateDevices=yes\nProtectClock=yes\nProtectKernelModules=yes\nProtectKernelLogs=yes'
mk xa RootDirectory=/srv/x; mk xb BindPaths=/srv/y:/z
mk xd 'RestrictNamespaces=uts ipc\nLockPersonality=yes\nUser=nobody\nSystemCallFilter=~@mount:EPERM @obsolete\nSystemCallArchitectures=native x86'
mk xe 'WatchdogSec=5\nType=notify'
mk xf 'DeviceAllow=/dev/null rw\nDeviceAllow=char-tty r\nDevicePolicy=strict\nDelegate=cpu pids\nEnvironment=B=2 A=1\nEnvironment="C=x y"\nEnvironmentFile=-/x\nRuntimeDirectory=b a/c\nLimitNOFILE=10:20\nCPUQuota=20%%\nCPUAffinity=0-1\nIOSchedulingClass=idle\nUMask=077\nRestrictAddressFamilies=~AF_INET\nSocketBindAllow=tcp:80\nLoadCredential=a:/b\nSetCredential=x:y\nBindReadOnlyPaths=/a:/b:rbind\nTemporaryFileSystem=/q:ro\nLogExtraFields=A=b\nSuccessExitStatus=5 SIGKILL\nKillSignal=SIGINT\nOOMScoreAdjust=5\nNice=3\nCPUSchedulingPolicy=rr\nCPUSchedulingPriority=5\nSecureBits=keep-caps\nAmbientCapabilities=CAP_CHOWN\nCapabilityBoundingSet=~CAP_SYS_ADMIN\nMemoryMax=50%%\nTasksMax=10%%\nStandardInputText=hallo\nPersonality=x86\nSyslogLevel=debug\nSyslogFacility=local1\nLogLevelMax=notice\nProtectSystem=strict\nProtectHome=tmpfs\nNUMAPolicy=bind\nNUMAMask=0\nExecSearchPath=/a:/b\nPassEnvironment=X Y\nUnsetEnvironment=Z\nMountFlags=slave\nTimerSlackNSec=5ms\nCoredumpFilter=0x33\nDisableControllers=cpu\nIODeviceWeight=/dev/null 5\nIOReadBandwidthMax=/dev/null 5M\nManagedOOMSwap=kill\nManagedOOMMemoryPressureLimit=30%%\nTTYRows=5'
printf '[Timer]\nOnCalendar=*-*-* 03:00:00\nOnActiveSec=1h\nPersistent=yes\nUnit=vone.service\n' >/run/systemd/system/vy.timer
printf '[Path]\nPathExists=/vz\nUnit=vone.service\n' >/run/systemd/system/vz.path
printf '[Unit]\nOnFailure=vone.service\n' >/run/systemd/system/vf.target
printf '[Mount]\nWhat=tmpfs\nWhere=/mnt/vm\nType=tmpfs\nOptions=size=1M\n' >/run/systemd/system/mnt-vm.mount
systemctl daemon-reload
systemctl start mnt-vm.mount va vdirs
for u in x1 x2 x3 x4 x5 x6 x7 x8 x9 xa xb xd xe xf va vdirs nope.target vy.timer vz.path vf.target mnt-vm.mount -.slice system.slice init.scope -.mount dbus.socket cron dbus \
    systemd-logind systemd-sysctl local-fs.target sysinit.target shutdown.target emergency.service; do
    echo "@@@ $u"
    systemctl show --all -- $u
done
systemctl stop mnt-vm.mount va vdirs
echo "@@@ manager"
systemctl show
