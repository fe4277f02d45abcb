using System.Text;

namespace SysMaster.Core.Directives;

/// <summary>
/// One line of help for each directive. Apart from the rows on purpose: as UTF-8 in read-only data it costs a manager that
/// nobody asks for help neither memory nor start-up time (strings in 550 rows would be 80 kB of relocated objects).
/// </summary>
public static class DirectiveHelp
{
    /// <summary>What the directive is for; empty for a row that only the bus has.</summary>
    public static string Of(Directive row)
    {
        if (row.Name is not { } name)
            return "";
        if (row.Honour == Honour.Obsolete)
            return row.SlotRow.Name is { } now && now != name ? $"Old name of {now}=." : "Accepted and ignored.";
        if (name.StartsWith("DefaultLimit", StringComparison.Ordinal))
            return $"{name[7..]}= of units that say none.";
        Span<byte> key = stackalloc byte[64];
        int n = Encoding.ASCII.GetBytes(name, key);
        key[n++] = (byte)'=';
        for (ReadOnlySpan<byte> rest = Text; !rest.IsEmpty;)
        {
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
            if (line.StartsWith(key[..n]))
                return Encoding.UTF8.GetString(line[n..]);
            rest = end < 0 ? default : rest[(end + 1)..];
        }
        return "";
    }

    private static ReadOnlySpan<byte> Text =>
        """
        Description=Name of the unit for people.
        Documentation=Where to read about it.
        SourcePath=File that a generator made this unit from.
        Requires=Start these too; stop when one of them is stopped or fails to start.
        Requisite=These must be running already, or the start fails at once.
        Wants=Start these too, whatever becomes of them.
        BindsTo=As Requires=, and stop whenever one of these goes away.
        Upholds=Keep these running for as long as this unit runs.
        Conflicts=Starting one stops the other.
        Before=Ordered ahead of these.
        After=Ordered behind these.
        OnSuccess=Started when this unit ends well.
        OnFailure=Started when this unit fails.
        PropagatesReloadTo=A reload of this unit reloads these.
        ReloadPropagatedFrom=A reload of one of these reloads this unit.
        PropagatesStopTo=A stop of this unit stops these.
        StopPropagatedFrom=A stop of one of these stops this unit.
        PartOf=Stops and restarts of these apply to this unit.
        JoinsNamespaceOf=Shares private /tmp, network and IPC with these.
        RequiresMountsFor=Needs the mounts that these paths lie on.
        WantsMountsFor=Asks for the mounts that these paths lie on.
        StopWhenUnneeded=Stop when no running unit needs it.
        RefuseManualStart=Only other units may start it.
        RefuseManualStop=Only other units may stop it.
        AllowIsolate=May be the target of isolate.
        DefaultDependencies=Gets the dependencies that its type has by default.
        SurviveFinalKillSignal=Its processes are left alone by the last killing at shutdown.
        OnSuccessJobMode=Mode of the jobs that OnSuccess= queues.
        OnFailureJobMode=Mode of the jobs that OnFailure= queues.
        IgnoreOnIsolate=Not stopped by isolate.
        JobTimeoutSec=How long its jobs may take, waiting included.
        JobRunningTimeoutSec=How long its jobs may take once they run.
        JobTimeoutAction=What the machine does when a job takes too long.
        JobTimeoutRebootArgument=Argument of reboot(2) for that.
        StartLimitIntervalSec=Window in which starts are counted.
        StartLimitBurst=Starts allowed within the window.
        StartLimitAction=What the machine does when there were more.
        FailureAction=What the machine does when the unit fails.
        SuccessAction=What the machine does when the unit ends well.
        FailureActionExitStatus=Exit status handed on by FailureAction=exit.
        SuccessActionExitStatus=Exit status handed on by SuccessAction=exit.
        RebootArgument=Argument of reboot(2) for the actions.
        CollectMode=When the unit is unloaded after use.
        Alias=Other names, made as links by enable.
        WantedBy=Units that enable makes want this one.
        RequiredBy=Units that enable makes require this one.
        UpheldBy=Units that enable makes uphold this one.
        Also=Units enabled and disabled along with this one.
        DefaultInstance=Instance that enable takes for a template without one.
        WorkingDirectory=Directory that processes start in.
        RootDirectory=Directory that processes see as the root.
        RootImage=Disk image mounted as the root.
        RootImageOptions=Mount options of the image's partitions.
        RootImagePolicy=Which partitions of the root image are used, and how protected they must be.
        RootEphemeral=Run from a throw-away copy of the root.
        RootMStack=Stack of layers mounted as the root.
        RootHash=Root hash of the image's dm-verity data.
        RootHashSignature=Signature of that hash.
        RootVerity=File with the image's dm-verity data.
        ExtensionDirectories=Directories laid over /usr and /opt.
        ExtensionImages=Images laid over /usr and /opt.
        ExtensionImagePolicy=As RootImagePolicy=, for extensions.
        MountImages=Images mounted into the unit's view.
        MountImagePolicy=As RootImagePolicy=, for mounted images.
        User=User that processes run as.
        Group=Group that processes run as.
        SupplementaryGroups=Further groups of the processes.
        DynamicUser=Make up a user for as long as the unit runs.
        SetLoginEnvironment=Set HOME, LOGNAME and SHELL.
        PAMName=PAM service that opens a session for the processes.
        Nice=Scheduling niceness.
        OOMScoreAdjust=How gladly the kernel kills it when memory is short.
        CoredumpFilter=Which memory goes into core dumps.
        IOSchedulingClass=I/O scheduling class.
        IOSchedulingPriority=Priority within that class, 0 the highest.
        CPUSchedulingPolicy=CPU scheduling policy.
        CPUSchedulingPriority=Priority of the real-time policies.
        CPUSchedulingResetOnFork=Children get the ordinary policy back.
        CPUAffinity=CPUs that processes may run on.
        NUMAPolicy=From which memory nodes pages are taken.
        NUMAMask=The nodes that the policy names.
        UMask=File mode bits taken away from new files.
        TimerSlackNSec=How far the kernel may delay timers.
        MemoryKSM=Merge identical pages.
        MemoryTHP=Use of huge pages.
        Environment=Variables for the processes.
        EnvironmentFile=Files with variables, read at each start.
        PassEnvironment=Variables taken over from the manager.
        UnsetEnvironment=Variables removed at the very end.
        StandardInput=What file descriptor 0 is.
        StandardOutput=What file descriptor 1 is.
        StandardError=What file descriptor 2 is.
        StandardInputData=Input itself, in base64.
        StandardInputText=Input itself, as text.
        TTYPath=Terminal for the tty settings.
        TTYReset=Reset the terminal before and after.
        TTYVHangup=Hang up the terminal before and after.
        TTYVTDisallocate=Free the virtual terminal before and after, which clears it.
        TTYRows=Rows the terminal is set to.
        TTYColumns=Columns the terminal is set to.
        SyslogIdentifier=Name in front of log lines.
        SyslogFacility=Facility of log lines.
        SyslogLevel=Level of log lines that name none.
        SyslogLevelPrefix=Understand levels in front of log lines.
        LogLevelMax=Drop log lines of higher levels.
        LogRateLimitIntervalSec=Window in which log lines are counted.
        LogRateLimitBurst=Log lines allowed within the window.
        LogExtraFields=Fields added to each log entry.
        LogNamespace=Journal namespace of the log.
        LogFilterPatterns=Patterns that log lines must, or must not, match.
        SecureBits=Secure bits of the processes.
        CapabilityBoundingSet=Capabilities that can be had at all.
        AmbientCapabilities=Capabilities given to an unprivileged process.
        NoNewPrivileges=No process gains privileges by execve.
        KeyringMode=Which kernel keyring processes get.
        ProtectProc=Whose processes /proc shows.
        ProcSubset=Which parts of /proc are there.
        SystemCallFilter=System calls that are allowed or denied.
        SystemCallArchitectures=Architectures whose system calls are allowed.
        SystemCallErrorNumber=What denied system calls fail with.
        SystemCallLog=System calls that are logged.
        MemoryDenyWriteExecute=No memory that is writable and executable.
        RestrictNamespaces=Kinds of namespaces that may be made.
        DelegateNamespaces=Kinds of namespaces owned by the unit's user namespace.
        RestrictRealtime=No real-time scheduling.
        RestrictSUIDSGID=No set-user-ID or set-group-ID bits on files.
        RestrictAddressFamilies=Socket address families that are allowed or denied.
        LockPersonality=personality(2) is fixed.
        RestrictFileSystems=File system types that may be opened.
        Personality=Architecture that uname(2) tells.
        PrivateBPF=A BPF file system of its own.
        BPFDelegateCommands=BPF commands allowed through that file system.
        BPFDelegateMaps=BPF map types allowed through it.
        BPFDelegatePrograms=BPF program types allowed through it.
        BPFDelegateAttachments=BPF attach types allowed through it.
        LimitCPU=CPU seconds of a process.
        LimitFSIZE=Largest file a process may write.
        LimitDATA=Largest data segment.
        LimitSTACK=Largest stack.
        LimitCORE=Largest core dump.
        LimitRSS=Resident memory; ignored by Linux.
        LimitNOFILE=Most open files.
        LimitAS=Largest address space.
        LimitNPROC=Most processes of the user.
        LimitMEMLOCK=Most locked memory.
        LimitLOCKS=Most file locks.
        LimitSIGPENDING=Most queued signals.
        LimitMSGQUEUE=Most bytes in POSIX message queues.
        LimitNICE=Highest niceness a process may take.
        LimitRTPRIO=Highest real-time priority a process may take.
        LimitRTTIME=CPU time without a sleep under a real-time policy.
        ReadWritePaths=Paths that stay writable.
        ReadOnlyPaths=Paths made read-only.
        InaccessiblePaths=Paths made inaccessible.
        ExecPaths=Paths that programs may be executed from.
        NoExecPaths=Paths that programs may not be executed from.
        ExecSearchPath=Where bare command names are looked up.
        BindPaths=Paths made visible elsewhere.
        BindReadOnlyPaths=The same, read-only.
        BindLogSockets=Make the journal's sockets visible.
        TemporaryFileSystem=Empty file systems laid over paths.
        PrivateTmp=A /tmp and /var/tmp of its own.
        PrivateDevices=A /dev with pseudo devices only.
        ProtectKernelTunables=/proc/sys, /sys and the like are read-only.
        ProtectKernelModules=No loading of kernel modules.
        ProtectKernelLogs=No access to the kernel log.
        ProtectClock=No setting of clocks.
        ProtectControlGroups=The cgroup tree is read-only.
        ProtectHostname=The host name is its own and cannot be changed.
        PrivateNetwork=A network with nothing but loopback.
        PrivateUsers=A user namespace of its own.
        PrivateMounts=A mount namespace of its own.
        PrivateIPC=An IPC namespace of its own.
        PrivatePIDs=A PID namespace of its own.
        NetworkNamespacePath=Network namespace to enter.
        IPCNamespacePath=IPC namespace to enter.
        UserNamespacePath=User namespace to enter.
        ProtectSystem=How much of the system is read-only.
        ProtectHome=How much of the home directories is visible.
        MountFlags=How mounts propagate.
        MountAPIVFS=Mount /proc, /sys, /dev and /run into the root.
        RuntimeDirectoryPreserve=Whether RuntimeDirectory= outlives the unit.
        RuntimeDirectory=Directories below /run.
        RuntimeDirectoryMode=Their mode.
        StateDirectory=Directories below /var/lib.
        StateDirectoryMode=Their mode.
        StateDirectoryAccounting=Count their disk use.
        StateDirectoryQuota=Limit their disk use.
        CacheDirectory=Directories below /var/cache.
        CacheDirectoryMode=Their mode.
        CacheDirectoryAccounting=Count their disk use.
        CacheDirectoryQuota=Limit their disk use.
        LogsDirectory=Directories below /var/log.
        LogsDirectoryMode=Their mode.
        LogsDirectoryAccounting=Count their disk use.
        LogsDirectoryQuota=Limit their disk use.
        ConfigurationDirectory=Directories below /etc.
        ConfigurationDirectoryMode=Their mode.
        TimeoutCleanSec=How long clean may take.
        SetCredential=Credentials given here.
        SetCredentialEncrypted=Encrypted credentials given here.
        LoadCredential=Credentials read from files or sockets.
        LoadCredentialEncrypted=The same, encrypted.
        ImportCredential=Credentials of the system, by pattern.
        IgnoreSIGPIPE=Start with SIGPIPE ignored.
        RemoveIPC=Remove the user's IPC objects when the unit stops.
        UtmpIdentifier=Id of utmp records.
        UtmpMode=Kind of utmp records.
        SELinuxContext=SELinux context of the processes.
        AppArmorProfile=AppArmor profile of the processes.
        SmackProcessLabel=SMACK label of the processes.
        KillMode=Which processes are killed.
        KillSignal=Signal that asks them to end.
        RestartKillSignal=The same when a restart follows.
        FinalKillSignal=Signal for those that did not.
        SendSIGKILL=Whether that signal is sent at all.
        SendSIGHUP=Send SIGHUP too, for shells.
        WatchdogSignal=Signal for a service whose watchdog ran out.
        Slice=The slice it lies in.
        CPUAccounting=Count CPU time.
        CPUWeight=Share of CPU time.
        StartupCPUWeight=The same during boot and shutdown.
        CPUShares=Share of CPU time, control groups v1.
        StartupCPUShares=The same during boot and shutdown.
        CPUQuota=Most CPU time, in percent of one CPU.
        CPUQuotaPeriodSec=Window that the quota is kept in.
        AllowedCPUs=CPUs of the whole cgroup.
        StartupAllowedCPUs=The same during boot and shutdown.
        AllowedMemoryNodes=Memory nodes of the whole cgroup.
        StartupAllowedMemoryNodes=The same during boot and shutdown.
        CPUSetPartition=Kind of CPU partition.
        MemoryAccounting=Count memory.
        MemoryMin=Memory that is never taken away.
        MemoryLow=Memory that is taken away last.
        DefaultMemoryMin=MemoryMin= of units below.
        DefaultMemoryLow=MemoryLow= of units below.
        DefaultStartupMemoryLow=StartupMemoryLow= of units below.
        MemoryHigh=Memory above which it is slowed down.
        MemoryMax=Most memory.
        MemorySwapMax=Most swap.
        MemoryLimit=Most memory, control groups v1.
        MemoryZSwapMax=Most compressed swap.
        MemoryZSwapWriteback=Compressed swap may go to disk.
        StartupMemoryLow=MemoryLow= during boot and shutdown.
        StartupMemoryHigh=MemoryHigh= during boot and shutdown.
        StartupMemoryMax=MemoryMax= during boot and shutdown.
        StartupMemorySwapMax=MemorySwapMax= during boot and shutdown.
        StartupMemoryZSwapMax=MemoryZSwapMax= during boot and shutdown.
        MemoryPressureWatch=Tell the service of memory pressure.
        MemoryPressureThresholdSec=Stall time per 2 s that counts as pressure.
        CPUPressureWatch=Tell the service of CPU pressure.
        CPUPressureThresholdSec=Stall time that counts as pressure.
        IOPressureWatch=Tell the service of I/O pressure.
        IOPressureThresholdSec=Stall time that counts as pressure.
        CoredumpReceive=Core dumps of its container are handed to it.
        TasksAccounting=Count tasks.
        TasksMax=Most tasks.
        IOAccounting=Count I/O.
        IOWeight=Share of I/O.
        StartupIOWeight=The same during boot and shutdown.
        IODeviceWeight=Share of I/O on one device.
        IOReadBandwidthMax=Most bytes read per second, by device.
        IOWriteBandwidthMax=Most bytes written per second, by device.
        IOReadIOPSMax=Most reads per second, by device.
        IOWriteIOPSMax=Most writes per second, by device.
        IODeviceLatencyTargetSec=Latency aimed at, by device.
        BlockIOAccounting=Count I/O, control groups v1.
        BlockIOWeight=Share of I/O, control groups v1.
        StartupBlockIOWeight=The same during boot and shutdown.
        BlockIODeviceWeight=Share of I/O on one device, control groups v1.
        BlockIOReadBandwidth=Most bytes read per second, control groups v1.
        BlockIOWriteBandwidth=Most bytes written per second, control groups v1.
        DeviceAllow=Devices that may be used.
        DevicePolicy=Which devices may be used beside those.
        Delegate=The cgroup below is the unit's own business.
        DelegateSubgroup=Cgroup below its own that its processes start in.
        DisableControllers=Controllers that units below do not get.
        IPAccounting=Count network traffic.
        IPAddressAllow=Peers that are allowed.
        IPAddressDeny=Peers that are denied.
        IPIngressFilterPath=BPF filter for incoming packets.
        IPEgressFilterPath=BPF filter for outgoing packets.
        BPFProgram=BPF programs attached to the cgroup.
        SocketBindAllow=Ports that may be bound.
        SocketBindDeny=Ports that may not be bound.
        RestrictNetworkInterfaces=Interfaces that may, or may not, be used.
        BindNetworkInterface=Interface that sockets are bound to.
        NFTSet=Firewall sets that the unit is entered in.
        ManagedOOMSwap=systemd-oomd acts on swap use.
        ManagedOOMMemoryPressure=systemd-oomd acts on memory pressure.
        ManagedOOMMemoryPressureLimit=Pressure that it acts at.
        ManagedOOMMemoryPressureDurationSec=How long the pressure must last.
        ManagedOOMPreference=How gladly it picks this unit.
        OOMRules=Rules of systemd-oomd that apply.
        LogLevel=Most detailed messages the manager logs.
        LogTarget=Where the manager logs to.
        LogColor=Colour on consoles.
        LogLocation=Source location in messages.
        LogTime=Time in console messages.
        DumpCore=Core dump when PID 1 crashes.
        CrashChangeVT=Virtual terminal shown after a crash.
        CrashShell=A shell after a crash.
        CrashReboot=Reboot after a crash.
        CrashAction=What happens after a crash.
        CtrlAltDelBurstAction=What seven Ctrl-Alt-Del in two seconds do.
        ShowStatus=Progress on the console.
        StatusUnitFormat=How units are called there.
        MinimumUptimeSec=Least time between boot and shutdown.
        EventLoopRateLimitBurst=Turns of the event loop allowed within the window.
        EventLoopRateLimitIntervalSec=That window.
        RestrictFileSystemAccess=Only verified file systems may be executed from.
        RuntimeWatchdogSec=Hardware watchdog while the machine runs.
        RuntimeWatchdogPreSec=Warning ahead of that watchdog.
        RuntimeWatchdogPreGovernor=What the kernel does at that warning.
        RebootWatchdogSec=Hardware watchdog while it reboots.
        KExecWatchdogSec=Hardware watchdog across kexec.
        WatchdogDevice=The watchdog's device.
        DefaultTimerAccuracySec=AccuracySec= of timers that say none.
        DefaultTimeoutStartSec=TimeoutStartSec= of units that say none.
        DefaultTimeoutStopSec=TimeoutStopSec= of units that say none.
        DefaultTimeoutAbortSec=TimeoutAbortSec= of units that say none.
        DefaultDeviceTimeoutSec=How long devices are waited for.
        DefaultRestartSec=RestartSec= of services that say none.
        DefaultStartLimitIntervalSec=StartLimitIntervalSec= of units that say none.
        DefaultStartLimitBurst=StartLimitBurst= of units that say none.
        ReloadLimitIntervalSec=Window in which reloads of the manager are counted.
        ReloadLimitBurst=Reloads allowed within the window.
        DefaultEnvironment=Variables of all units.
        ManagerEnvironment=Variables of the manager itself.
        DefaultStandardOutput=StandardOutput= of units that say none.
        DefaultStandardError=StandardError= of units that say none.
        DefaultOOMPolicy=OOMPolicy= of services that say none.
        DefaultOOMScoreAdjust=OOMScoreAdjust= of units that say none.
        DefaultSmackProcessLabel=SmackProcessLabel= of units that say none.
        DefaultRestrictSUIDSGID=RestrictSUIDSGID= of units that say none.
        DefaultCPUAccounting=CPUAccounting= of units that say none.
        DefaultIOAccounting=IOAccounting= of units that say none.
        DefaultIPAccounting=IPAccounting= of units that say none.
        DefaultBlockIOAccounting=BlockIOAccounting= of units that say none.
        DefaultMemoryAccounting=MemoryAccounting= of units that say none.
        DefaultTasksAccounting=TasksAccounting= of units that say none.
        DefaultTasksMax=TasksMax= of units that say none.
        DefaultMemoryPressureWatch=MemoryPressureWatch= of units that say none.
        DefaultMemoryPressureThresholdSec=MemoryPressureThresholdSec= of units that say none.
        DefaultMemoryZSwapWriteback=MemoryZSwapWriteback= of units that say none.
        DefaultCPUPressureWatch=CPUPressureWatch= of units that say none.
        DefaultCPUPressureThresholdSec=CPUPressureThresholdSec= of units that say none.
        DefaultIOPressureWatch=IOPressureWatch= of units that say none.
        DefaultIOPressureThresholdSec=IOPressureThresholdSec= of units that say none.
        Type=How the service tells that it is up; for mounts, the file system.
        ExitType=Whether the main process or all of them must end.
        Restart=After which ends it is started again.
        RestartMode=Whether units that depend on it see the restart.
        PIDFile=File in which a forking service leaves its PID.
        NotifyAccess=Whose notify messages count.
        BusName=D-Bus name whose owner means "up".
        ExecCondition=Commands that decide whether to start at all.
        ExecStartPre=Commands before the main one.
        ExecStart=The main command.
        ExecStartPost=Commands once it is up.
        ExecReload=Commands that make it read its configuration again.
        ExecReloadPost=Commands once that is done.
        ExecStop=Commands that stop it.
        ExecStopPost=Commands once it has ended, however it ended.
        ExecStopPre=Commands before the socket is closed.
        RestartSec=How long to wait before a restart.
        RestartSteps=In how many steps that time grows.
        RestartMaxDelaySec=What it grows to.
        RestartRandomizedDelaySec=Random time added to it.
        TimeoutStartSec=How long a start may take.
        TimeoutStopSec=How long a stop may take.
        TimeoutSec=How long start and stop may take.
        TimeoutAbortSec=How long an abort may take.
        TimeoutStartFailureMode=What happens when a start takes too long.
        TimeoutStopFailureMode=What happens when a stop takes too long.
        RuntimeMaxSec=How long it may run.
        RuntimeRandomizedExtraSec=Random time added to that.
        WatchdogSec=How often it must report that it lives.
        RootDirectoryStartOnly=RootDirectory= is for the main command only.
        RemainAfterExit=Counts as active when its processes are gone.
        GuessMainPID=Guess the main process of a forking service.
        SuccessExitStatus=Further ends that count as success.
        RestartPreventExitStatus=Ends after which it is not started again.
        RestartForceExitStatus=Ends after which it always is.
        NonBlocking=Descriptors handed over are non-blocking.
        Sockets=Socket units whose descriptors it gets.
        FileDescriptorStoreMax=How many descriptors it may leave with the manager.
        FileDescriptorStorePreserve=How long they are kept.
        OpenFile=Files opened for it.
        LUOSession=Live update session whose descriptors it gets.
        RefreshOnReload=What of its set-up a reload renews.
        ReloadSignal=Signal for reloads of Type=notify-reload.
        USBFunctionDescriptors=File with USB descriptors.
        USBFunctionStrings=File with USB strings.
        OOMPolicy=What happens when the kernel kills one of its processes for memory.
        ListenStream=Stream socket: path, @name, port or address.
        ListenDatagram=Datagram socket.
        ListenSequentialPacket=Sequential packet socket.
        ListenFIFO=Named pipe.
        ListenNetlink=Netlink family and group.
        ListenSpecial=Special file.
        ListenMessageQueue=POSIX message queue.
        ListenUSBFunction=USB FunctionFS endpoints.
        SocketProtocol=Protocol other than the usual.
        BindIPv6Only=Whether IPv6 sockets take IPv4 too.
        Backlog=Connections that wait to be accepted.
        BindToDevice=Interface the socket is bound to.
        SocketUser=Owner of the socket's file.
        SocketGroup=Group of the socket's file.
        SocketMode=Mode of the socket's file.
        DirectoryMode=Mode of directories made on the way.
        Accept=One service instance for each connection.
        Writable=Special files are opened for writing too.
        FlushPending=Drop what is unread before listening again.
        MaxConnections=Most connections at a time.
        MaxConnectionsPerSource=Most from one address.
        KeepAlive=SO_KEEPALIVE.
        KeepAliveTimeSec=Idle time before the first probe.
        KeepAliveIntervalSec=Time between probes.
        KeepAliveProbes=Probes before the connection is dropped.
        DeferAcceptSec=Wait for data before waking the listener.
        NoDelay=TCP_NODELAY.
        Priority=Priority of packets; for swaps, of the device.
        ReceiveBuffer=Size of the receive buffer.
        SendBuffer=Size of the send buffer.
        IPTOS=Type of service of packets.
        IPTTL=Time to live of packets.
        Mark=Firewall mark of packets.
        PipeSize=Size of a named pipe.
        FreeBind=Bind to addresses that are not there yet.
        Transparent=IP_TRANSPARENT.
        Broadcast=May send broadcasts.
        PassCredentials=Receive credentials with messages.
        PassSecurity=Receive security labels with messages.
        PassPacketInfo=Receive packet details with messages.
        PassPIDFD=Receive a pidfd with messages.
        PassFileDescriptorsToExec=Exec commands get the descriptors.
        AcceptFileDescriptors=Descriptors may be received.
        Timestamping=Time stamps on packets.
        TCPCongestion=Congestion control.
        ReusePort=Several may bind one port.
        MessageQueueMaxMessages=Most messages in a queue.
        MessageQueueMessageSize=Largest message of a queue.
        RemoveOnStop=Remove the socket's file on stop.
        Symlinks=Links to the socket's file.
        FileDescriptorName=Name under which descriptors are handed over.
        Service=The service that it starts.
        TriggerLimitIntervalSec=Window in which activations are counted.
        TriggerLimitBurst=Activations allowed within the window.
        PollLimitIntervalSec=Window in which wake-ups are counted.
        PollLimitBurst=Wake-ups allowed within the window.
        DeferTrigger=Wait rather than fail when the service cannot start now.
        DeferTriggerMaxSec=How long.
        SmackLabel=SMACK label of the file.
        SmackLabelIPIn=SMACK label of incoming packets.
        SmackLabelIPOut=SMACK label of outgoing packets.
        SELinuxContextFromNet=Take the SELinux context from the peer.
        XAttrEntryPoint=Extended attributes of the file.
        XAttrListen=Extended attributes of the listening socket.
        XAttrAccept=Extended attributes of accepted sockets.
        What=Device, file or other source.
        Where=Directory it is mounted on.
        Options=Mount or swap options.
        SloppyOptions=Ignore unknown options.
        LazyUnmount=Detach now, clean up when it is free.
        ReadWriteOnly=Fail rather than mount read-only.
        ForceUnmount=Unmount by force.
        ExtraOptions=Further options of the automount.
        TimeoutIdleSec=Unmount after this long without use.
        OnCalendar=Times of the calendar.
        OnActiveSec=Time since the timer was started.
        OnBootSec=Time since boot.
        OnStartupSec=Time since the manager was started.
        OnUnitActiveSec=Time since the unit was last started.
        OnUnitInactiveSec=Time since the unit last ended.
        OnClockChange=Also when the clock jumps.
        OnTimezoneChange=Also when the time zone changes.
        AccuracySec=How far it may be late, to share wake-ups.
        RandomizedDelaySec=Random time added each time.
        RandomizedOffsetSec=Random time added, the same each time.
        FixedRandomDelay=The random delay stays the same.
        DeferReactivation=A time that passes while the unit runs counts once it has ended.
        Persistent=Make up for times missed while the machine was off.
        WakeSystem=Wake the machine from sleep.
        RemainAfterElapse=Stay loaded when there is no next time.
        Unit=The unit that it starts.
        PathExists=Starts when this exists.
        PathExistsGlob=Starts when something matches.
        PathChanged=Starts when this was written and closed.
        PathModified=Starts whenever this is written.
        DirectoryNotEmpty=Starts when something is in there.
        MakeDirectory=Make the directory first.
        ConcurrencySoftMax=Most units of the slice at a time; others wait.
        ConcurrencyHardMax=Most units of the slice at a time; others fail.
        ActivatingConcurrencyMax=Most units of the slice that start at a time.
        ConditionPathExists=Skipped unless the path exists.
        AssertPathExists=Fails unless the path exists.
        ConditionPathExistsGlob=Skipped unless something matches the pattern.
        AssertPathExistsGlob=Fails unless something matches the pattern.
        ConditionPathIsDirectory=Skipped unless the path is a directory.
        AssertPathIsDirectory=Fails unless the path is a directory.
        ConditionPathIsSymbolicLink=Skipped unless the path is a symbolic link.
        AssertPathIsSymbolicLink=Fails unless the path is a symbolic link.
        ConditionPathIsMountPoint=Skipped unless the path is a mount point.
        AssertPathIsMountPoint=Fails unless the path is a mount point.
        ConditionPathIsReadWrite=Skipped unless the file system is writable.
        AssertPathIsReadWrite=Fails unless the file system is writable.
        ConditionPathIsEncrypted=Skipped unless the file system is encrypted.
        AssertPathIsEncrypted=Fails unless the file system is encrypted.
        ConditionDirectoryNotEmpty=Skipped unless something is in the directory.
        AssertDirectoryNotEmpty=Fails unless something is in the directory.
        ConditionFileNotEmpty=Skipped unless the file is not empty.
        AssertFileNotEmpty=Fails unless the file is not empty.
        ConditionFileIsExecutable=Skipped unless the file is executable.
        AssertFileIsExecutable=Fails unless the file is executable.
        ConditionNeedsUpdate=Skipped unless /etc or /var is older than /usr.
        AssertNeedsUpdate=Fails unless /etc or /var is older than /usr.
        ConditionFirstBoot=Skipped unless this is the first boot.
        AssertFirstBoot=Fails unless this is the first boot.
        ConditionArchitecture=Skipped unless the machine is of this architecture.
        AssertArchitecture=Fails unless the machine is of this architecture.
        ConditionFirmware=Skipped unless the firmware is of this kind.
        AssertFirmware=Fails unless the firmware is of this kind.
        ConditionVirtualization=Skipped unless it runs virtualised in this way.
        AssertVirtualization=Fails unless it runs virtualised in this way.
        ConditionHost=Skipped unless the host name or machine id matches.
        AssertHost=Fails unless the host name or machine id matches.
        ConditionKernelCommandLine=Skipped unless this is on the kernel command line.
        AssertKernelCommandLine=Fails unless this is on the kernel command line.
        ConditionKernelVersion=Skipped unless the kernel version compares so.
        AssertKernelVersion=Fails unless the kernel version compares so.
        ConditionCredential=Skipped unless the manager got this credential.
        AssertCredential=Fails unless the manager got this credential.
        ConditionSecurity=Skipped unless this security technology is on.
        AssertSecurity=Fails unless this security technology is on.
        ConditionCapability=Skipped unless the manager has this capability.
        AssertCapability=Fails unless the manager has this capability.
        ConditionACPower=Skipped unless the machine is on mains power.
        AssertACPower=Fails unless the machine is on mains power.
        ConditionMemory=Skipped unless the memory compares so.
        AssertMemory=Fails unless the memory compares so.
        ConditionCPUFeature=Skipped unless the CPU has this feature.
        AssertCPUFeature=Fails unless the CPU has this feature.
        ConditionCPUs=Skipped unless the number of CPUs compares so.
        AssertCPUs=Fails unless the number of CPUs compares so.
        ConditionEnvironment=Skipped unless the manager has this variable.
        AssertEnvironment=Fails unless the manager has this variable.
        ConditionUser=Skipped unless the manager runs as this user.
        AssertUser=Fails unless the manager runs as this user.
        ConditionGroup=Skipped unless the manager runs in this group.
        AssertGroup=Fails unless the manager runs in this group.
        ConditionControlGroupController=Skipped unless this controller is available.
        AssertControlGroupController=Fails unless this controller is available.
        ConditionOSRelease=Skipped unless os-release says so.
        AssertOSRelease=Fails unless os-release says so.
        ConditionMemoryPressure=Skipped unless memory pressure is below this.
        AssertMemoryPressure=Fails unless memory pressure is below this.
        ConditionCPUPressure=Skipped unless CPU pressure is below this.
        AssertCPUPressure=Fails unless CPU pressure is below this.
        ConditionIOPressure=Skipped unless I/O pressure is below this.
        AssertIOPressure=Fails unless I/O pressure is below this.
        ConditionPathIsSocket=Skipped unless the path is a socket.
        AssertPathIsSocket=Fails unless the path is a socket.
        ConditionFraction=Skipped unless this machine falls into the fraction.
        AssertFraction=Fails unless this machine falls into the fraction.
        ConditionVersion=Skipped unless the version compares so.
        AssertVersion=Fails unless the version compares so.
        ConditionMachineTag=Skipped unless the machine has this tag.
        AssertMachineTag=Fails unless the machine has this tag.
        ConditionKernelModuleLoaded=Skipped unless the kernel module is loaded.
        AssertKernelModuleLoaded=Fails unless the kernel module is loaded.
        """u8;
}
