namespace SysMaster.DBus.Systemd1;

/// <summary>
/// The properties of each interface in the order in which clients are used to see them (`systemctl show`, introspection), and what a
/// change of each sends: a bare word is constant, "-" is never announced, "!" carries the new value, "~" only says that it changed.
/// What a property is stands elsewhere: in the directive tables, or beside the unit type's run-time getters.
/// org.freedesktop.systemd1(5) of systemd 255.
/// </summary>
internal static class PropertyOrder
{
    /// <summary>Every unit.</summary>
    public const string Unit = """
        Id Names Following- Requires Requisite Wants BindsTo PartOf Upholds RequiredBy RequisiteOf WantedBy BoundBy
        UpheldBy ConsistsOf Conflicts ConflictedBy Before After OnSuccess OnSuccessOf OnFailure OnFailureOf Triggers
        TriggeredBy PropagatesReloadTo ReloadPropagatedFrom PropagatesStopTo StopPropagatedFrom JoinsNamespaceOf
        SliceOf RequiresMountsFor WantsMountsFor Documentation Description AccessSELinuxContext LoadState ActiveState! FreezerState!
        SubState! FragmentPath SourcePath DropInPaths UnitFileState- UnitFilePreset- StateChangeTimestamp!
        StateChangeTimestampMonotonic! InactiveExitTimestamp! InactiveExitTimestampMonotonic! ActiveEnterTimestamp!
        ActiveEnterTimestampMonotonic! ActiveExitTimestamp! ActiveExitTimestampMonotonic! InactiveEnterTimestamp!
        InactiveEnterTimestampMonotonic! CanStart CanStop CanReload CanIsolate CanClean CanFreeze Job!
        StopWhenUnneeded RefuseManualStart RefuseManualStop AllowIsolate DefaultDependencies SurviveFinalKillSignal
        OnSuccessJobMode OnFailureJobMode IgnoreOnIsolate NeedDaemonReload- Markers- JobTimeoutUSec
        JobRunningTimeoutUSec JobTimeoutAction JobTimeoutRebootArgument ConditionResult! AssertResult!
        ConditionTimestamp! ConditionTimestampMonotonic! AssertTimestamp! AssertTimestampMonotonic! Conditions~
        Asserts~ LoadError Transient Perpetual StartLimitIntervalUSec StartLimitBurst StartLimitAction FailureAction
        FailureActionExitStatus SuccessAction SuccessActionExitStatus RebootArgument InvocationID! CollectMode Refs-
        ActivationDetails!
        """;

    /// <summary>Types with processes: their control group now.</summary>
    public const string UnitCgroup = """
        Slice- ControlGroup- ControlGroupId- MemoryCurrent- MemoryPeak- MemorySwapCurrent- MemorySwapPeak-
        MemoryZSwapCurrent- MemoryAvailable- CPUUsageNSec- EffectiveCPUs- EffectiveMemoryNodes- TasksCurrent-
        IPIngressBytes- IPIngressPackets- IPEgressBytes- IPEgressPackets- IOReadBytes- IOReadOperations- IOWriteBytes-
        IOWriteOperations-
        """;

    /// <summary>[Slice] and the like: resource control.</summary>
    public const string Cgroup = """
        Delegate- DelegateControllers- DelegateSubgroup- CPUAccounting- CPUWeight- StartupCPUWeight- CPUShares-
        StartupCPUShares- CPUQuotaPerSecUSec- CPUQuotaPeriodUSec- AllowedCPUs- StartupAllowedCPUs- AllowedMemoryNodes-
        StartupAllowedMemoryNodes- IOAccounting- IOWeight- StartupIOWeight- IODeviceWeight- IOReadBandwidthMax-
        IOWriteBandwidthMax- IOReadIOPSMax- IOWriteIOPSMax- IODeviceLatencyTargetUSec- BlockIOAccounting-
        BlockIOWeight- StartupBlockIOWeight- BlockIODeviceWeight- BlockIOReadBandwidth- BlockIOWriteBandwidth-
        MemoryAccounting- DefaultMemoryLow- DefaultMemoryMin- MemoryMin- MemoryLow- StartupMemoryLow- MemoryHigh-
        StartupMemoryHigh- MemoryMax- StartupMemoryMax- MemorySwapMax- StartupMemorySwapMax- MemoryZSwapMax-
        StartupMemoryZSwapMax- MemoryLimit- DevicePolicy- DeviceAllow- TasksAccounting- TasksMax- IPAccounting-
        IPAddressAllow- IPAddressDeny- IPIngressFilterPath- IPEgressFilterPath- DisableControllers- ManagedOOMSwap-
        ManagedOOMMemoryPressure- ManagedOOMMemoryPressureLimit- ManagedOOMPreference- BPFProgram- SocketBindAllow-
        SocketBindDeny- RestrictNetworkInterfaces- MemoryPressureWatch- MemoryPressureThresholdUSec- NFTSet-
        CoredumpReceive-
        """;

    /// <summary>Types that execute commands.</summary>
    public const string Exec = """
        Environment EnvironmentFiles PassEnvironment UnsetEnvironment UMask LimitCPU LimitCPUSoft LimitFSIZE
        LimitFSIZESoft LimitDATA LimitDATASoft LimitSTACK LimitSTACKSoft LimitCORE LimitCORESoft LimitRSS LimitRSSSoft
        LimitNOFILE LimitNOFILESoft LimitAS LimitASSoft LimitNPROC LimitNPROCSoft LimitMEMLOCK LimitMEMLOCKSoft
        LimitLOCKS LimitLOCKSSoft LimitSIGPENDING LimitSIGPENDINGSoft LimitMSGQUEUE LimitMSGQUEUESoft LimitNICE
        LimitNICESoft LimitRTPRIO LimitRTPRIOSoft LimitRTTIME LimitRTTIMESoft WorkingDirectory RootDirectory RootImage
        RootImageOptions RootHash RootHashPath RootHashSignature RootHashSignaturePath RootVerity RootEphemeral
        ExtensionDirectories ExtensionImages MountImages OOMScoreAdjust CoredumpFilter Nice IOSchedulingClass
        IOSchedulingPriority CPUSchedulingPolicy CPUSchedulingPriority CPUAffinity CPUAffinityFromNUMA NUMAPolicy
        NUMAMask TimerSlackNSec CPUSchedulingResetOnFork NonBlocking StandardInput StandardInputFileDescriptorName
        StandardInputData StandardOutput StandardOutputFileDescriptorName StandardError
        StandardErrorFileDescriptorName TTYPath TTYReset TTYVHangup TTYVTDisallocate TTYRows TTYColumns SyslogPriority
        SyslogIdentifier SyslogLevelPrefix SyslogLevel SyslogFacility LogLevelMax LogRateLimitIntervalUSec
        LogRateLimitBurst LogExtraFields LogFilterPatterns LogNamespace SecureBits CapabilityBoundingSet
        AmbientCapabilities User Group DynamicUser SetLoginEnvironment RemoveIPC SetCredential SetCredentialEncrypted
        LoadCredential LoadCredentialEncrypted ImportCredential SupplementaryGroups PAMName ReadWritePaths
        ReadOnlyPaths InaccessiblePaths ExecPaths NoExecPaths ExecSearchPath MountFlags PrivateTmp PrivateDevices
        ProtectClock ProtectKernelTunables ProtectKernelModules ProtectKernelLogs ProtectControlGroups PrivateNetwork
        PrivateUsers PrivateMounts PrivateIPC ProtectHome ProtectSystem SameProcessGroup UtmpIdentifier UtmpMode
        SELinuxContext AppArmorProfile SmackProcessLabel IgnoreSIGPIPE NoNewPrivileges SystemCallFilter
        SystemCallArchitectures SystemCallErrorNumber SystemCallLog Personality LockPersonality
        RestrictAddressFamilies RuntimeDirectorySymlink RuntimeDirectoryPreserve RuntimeDirectoryMode RuntimeDirectory
        StateDirectorySymlink StateDirectoryMode StateDirectory CacheDirectorySymlink CacheDirectoryMode
        CacheDirectory LogsDirectorySymlink LogsDirectoryMode LogsDirectory ConfigurationDirectoryMode
        ConfigurationDirectory TimeoutCleanUSec MemoryDenyWriteExecute RestrictRealtime RestrictSUIDSGID
        RestrictNamespaces RestrictFileSystems BindPaths BindReadOnlyPaths TemporaryFileSystem MountAPIVFS KeyringMode
        ProtectProc ProcSubset ProtectHostname MemoryKSM NetworkNamespacePath IPCNamespacePath RootImagePolicy
        MountImagePolicy ExtensionImagePolicy
        """;

    /// <summary>systemd.kill(5).</summary>
    public const string Kill = """
        KillMode KillSignal RestartKillSignal FinalKillSignal SendSIGKILL SendSIGHUP WatchdogSignal
        """;

    /// <summary>Service alone.</summary>
    public const string Service = """
        Type ExitType Restart RestartMode PIDFile NotifyAccess RestartUSec RestartSteps RestartMaxDelayUSec
        RestartUSecNext- TimeoutStartUSec TimeoutStopUSec TimeoutAbortUSec- TimeoutStartFailureMode
        TimeoutStopFailureMode RuntimeMaxUSec RuntimeRandomizedExtraUSec WatchdogUSec- WatchdogTimestamp-
        WatchdogTimestampMonotonic- RootDirectoryStartOnly RemainAfterExit GuessMainPID RestartPreventExitStatus
        RestartForceExitStatus SuccessExitStatus MainPID! ControlPID! BusName FileDescriptorStoreMax
        NFileDescriptorStore- FileDescriptorStorePreserve- StatusText! StatusErrno! Result! ReloadResult! CleanResult!
        USBFunctionDescriptors USBFunctionStrings UID! GID! NRestarts! OOMPolicy OpenFile ReloadSignal
        ExecMainStartTimestamp! ExecMainStartTimestampMonotonic! ExecMainExitTimestamp!
        ExecMainExitTimestampMonotonic! ExecMainPID! ExecMainCode! ExecMainStatus! ExecCondition~ ExecConditionEx~
        ExecStartPre~ ExecStartPreEx~ ExecStart~ ExecStartEx~ ExecStartPost~ ExecStartPostEx~ ExecReload~
        ExecReloadEx~ ExecStop~ ExecStopEx~ ExecStopPost~ ExecStopPostEx~
        """;

    /// <summary>Socket alone.</summary>
    public const string Socket = """
        BindIPv6Only Backlog TimeoutUSec BindToDevice SocketUser SocketGroup SocketMode DirectoryMode Accept
        FlushPending Writable KeepAlive KeepAliveTimeUSec KeepAliveIntervalUSec KeepAliveProbes DeferAcceptUSec
        NoDelay Priority ReceiveBuffer SendBuffer IPTOS IPTTL PipeSize FreeBind Transparent Broadcast PassCredentials
        PassSecurity PassPacketInfo Timestamping RemoveOnStop Listen Symlinks Mark MaxConnections
        MaxConnectionsPerSource MessageQueueMaxMessages MessageQueueMessageSize TCPCongestion ReusePort SmackLabel
        SmackLabelIPIn SmackLabelIPOut ControlPID! Result! NConnections- NAccepted- NRefused- FileDescriptorName-
        SocketProtocol TriggerLimitIntervalUSec TriggerLimitBurst PollLimitIntervalUSec PollLimitBurst UID! GID!
        ExecStartPre~ ExecStartPost~ ExecStopPre~ ExecStopPost~
        """;

    /// <summary>Mount alone.</summary>
    public const string Mount = """
        Where What! Options! Type! TimeoutUSec ControlPID! DirectoryMode SloppyOptions LazyUnmount ForceUnmount
        ReadWriteOnly Result! UID! GID! ExecMount~ ExecUnmount~ ExecRemount~
        """;

    /// <summary>Swap alone.</summary>
    public const string Swap = """
        What! Priority! Options! TimeoutUSec ControlPID! Result! UID! GID! ExecActivate~ ExecDeactivate~
        """;

    /// <summary>Scope alone.</summary>
    public const string Scope = """
        Controller! TimeoutStopUSec Result! RuntimeMaxUSec RuntimeRandomizedExtraUSec OOMPolicy
        """;

    /// <summary>Automount alone.</summary>
    public const string Automount = """
        Where ExtraOptions DirectoryMode Result! TimeoutIdleUSec
        """;

    /// <summary>Device alone.</summary>
    public const string Device = """
        SysFSPath!
        """;

    /// <summary>Timer alone.</summary>
    public const string Timer = """
        Unit TimersMonotonic~ TimersCalendar~ OnClockChange OnTimezoneChange NextElapseUSecRealtime!
        NextElapseUSecMonotonic! LastTriggerUSec! LastTriggerUSecMonotonic! Result! AccuracyUSec RandomizedDelayUSec
        FixedRandomDelay Persistent WakeSystem RemainAfterElapse
        """;

    /// <summary>Path alone.</summary>
    public const string Path = """
        Unit Paths MakeDirectory DirectoryMode Result! TriggerLimitIntervalUSec TriggerLimitBurst
        """;

    /// <summary>The manager.</summary>
    public const string Manager = """
        Version Features Virtualization ConfidentialVirtualization Architecture Tainted FirmwareTimestamp
        FirmwareTimestampMonotonic LoaderTimestamp LoaderTimestampMonotonic KernelTimestamp KernelTimestampMonotonic
        InitRDTimestamp InitRDTimestampMonotonic UserspaceTimestamp UserspaceTimestampMonotonic FinishTimestamp
        FinishTimestampMonotonic SecurityStartTimestamp SecurityStartTimestampMonotonic SecurityFinishTimestamp
        SecurityFinishTimestampMonotonic GeneratorsStartTimestamp GeneratorsStartTimestampMonotonic
        GeneratorsFinishTimestamp GeneratorsFinishTimestampMonotonic UnitsLoadStartTimestamp
        UnitsLoadStartTimestampMonotonic UnitsLoadFinishTimestamp UnitsLoadFinishTimestampMonotonic UnitsLoadTimestamp
        UnitsLoadTimestampMonotonic InitRDSecurityStartTimestamp InitRDSecurityStartTimestampMonotonic
        InitRDSecurityFinishTimestamp InitRDSecurityFinishTimestampMonotonic InitRDGeneratorsStartTimestamp
        InitRDGeneratorsStartTimestampMonotonic InitRDGeneratorsFinishTimestamp
        InitRDGeneratorsFinishTimestampMonotonic InitRDUnitsLoadStartTimestamp InitRDUnitsLoadStartTimestampMonotonic
        InitRDUnitsLoadFinishTimestamp InitRDUnitsLoadFinishTimestampMonotonic LogLevel- LogTarget- NNames-
        NFailedUnits! NJobs- NInstalledJobs- NFailedJobs- Progress- Environment- ConfirmSpawn ShowStatus- UnitPath
        DefaultStandardOutput DefaultStandardError WatchdogDevice WatchdogLastPingTimestamp-
        WatchdogLastPingTimestampMonotonic- RuntimeWatchdogUSec- RuntimeWatchdogPreUSec- RuntimeWatchdogPreGovernor-
        RebootWatchdogUSec- KExecWatchdogUSec- ServiceWatchdogs- ControlGroup- SystemState- ExitCode-
        DefaultTimerAccuracyUSec DefaultTimeoutStartUSec DefaultTimeoutStopUSec DefaultTimeoutAbortUSec-
        DefaultDeviceTimeoutUSec DefaultRestartUSec DefaultStartLimitIntervalUSec DefaultStartLimitBurst
        DefaultCPUAccounting DefaultBlockIOAccounting DefaultIOAccounting DefaultIPAccounting DefaultMemoryAccounting
        DefaultTasksAccounting DefaultLimitCPU DefaultLimitCPUSoft DefaultLimitFSIZE DefaultLimitFSIZESoft
        DefaultLimitDATA DefaultLimitDATASoft DefaultLimitSTACK DefaultLimitSTACKSoft DefaultLimitCORE
        DefaultLimitCORESoft DefaultLimitRSS DefaultLimitRSSSoft DefaultLimitNOFILE DefaultLimitNOFILESoft
        DefaultLimitAS DefaultLimitASSoft DefaultLimitNPROC DefaultLimitNPROCSoft DefaultLimitMEMLOCK
        DefaultLimitMEMLOCKSoft DefaultLimitLOCKS DefaultLimitLOCKSSoft DefaultLimitSIGPENDING
        DefaultLimitSIGPENDINGSoft DefaultLimitMSGQUEUE DefaultLimitMSGQUEUESoft DefaultLimitNICE DefaultLimitNICESoft
        DefaultLimitRTPRIO DefaultLimitRTPRIOSoft DefaultLimitRTTIME DefaultLimitRTTIMESoft DefaultTasksMax-
        DefaultMemoryPressureThresholdUSec- DefaultMemoryPressureWatch- TimerSlackNSec DefaultOOMPolicy
        DefaultOOMScoreAdjust CtrlAltDelBurstAction
        """;
}
