namespace SysMaster.Systemctl;

/// <summary>Properties that a unit has from its start on: known here, so that the manager's refusal is what is shown, not a complaint about the name.</summary>
internal static class FixedProperties
{
    private const string Names =
        "ExecCondition ExecReload ExecStart ExecStartPost ExecStartPre ExecStop ExecStopPost "
        + "Accept AccuracySec AddRef AllowIsolate AmbientCapabilities AppArmorProfile Asserts BPFProgram Backlog BindIPv6Only BindPaths "
        + "BindReadOnlyPaths BindToDevice Broadcast BusName CPUAffinity CPUAffinityFromNUMA CPUSchedulingPolicy CPUSchedulingPriority "
        + "CPUSchedulingResetOnFork CacheDirectory CacheDirectoryMode CacheDirectorySymlink CapabilityBoundingSet Conditions ConfigurationDirectory "
        + "ConfigurationDirectoryMode CoredumpFilter CoredumpReceive DefaultDependencies DefaultStartupMemoryLow Delegate DelegateControllers "
        + "DelegateSubgroup DirectoryMode DynamicUser Environment EnvironmentFiles ExecPaths ExecSearchPath ExitType ExtensionDirectories "
        + "ExtensionImagePolicy ExtensionImages ExtraOptions FailureAction FailureActionExitStatus FileDescriptorName FileDescriptorStoreMax "
        + "FileDescriptorStorePreserve FinalKillSignal FixedRandomDelay FlushPending ForceUnmount FreeBind Group GuessMainPID IOSchedulingClass "
        + "IOSchedulingPriority IPCNamespacePath IPTOS IPTTL IgnoreOnIsolate IgnoreSIGPIPE ImportCredential InaccessibleDirectories InaccessiblePaths "
        + "JobTimeoutAction JobTimeoutRebootArgument KeepAlive KeepAliveProbes KeyringMode KillMode KillSignal LazyUnmount Listen LoadCredential "
        + "LoadCredentialEncrypted LockPersonality LogExtraFields LogFilterPatterns LogLevelMax LogNamespace LogRateLimitBurst LogsDirectory "
        + "LogsDirectoryMode LogsDirectorySymlink MakeDirectory Mark MaxConnections MaxConnectionsPerSource MemoryDenyWriteExecute MemoryKSM "
        + "MemoryPressureWatch MemoryZSwapMax MessageQueueMaxMessages MessageQueueMessageSize MountAPIVFS MountFlags MountImagePolicy MountImages "
        + "NFTSet NUMAMask NUMAPolicy NetworkNamespacePath Nice NoDelay NoExecPaths NoNewPrivileges NonBlocking NotifyAccess OOMPolicy OOMScoreAdjust "
        + "OnActiveSec OnBootSec OnCalendar OnClockChange OnFailureJobMode OnStartupSec OnSuccessJobMode OnTimezoneChange OnUnitActiveSec "
        + "OnUnitInactiveSec OpenFile Options PAMName PIDFile PassCredentials PassEnvironment PassPacketInfo PassSecurity Paths PermissionsStartOnly "
        + "Persistent Personality PipeSize PollLimitBurst Priority PrivateDevices PrivateIPC PrivateMounts PrivateNetwork PrivateTmp PrivateUsers "
        + "ProcSubset ProtectClock ProtectControlGroups ProtectHome ProtectHostname ProtectKernelLogs ProtectKernelModules ProtectKernelTunables "
        + "ProtectProc ProtectSystem ReadOnlyDirectories ReadOnlyPaths ReadWriteDirectories ReadWriteOnly ReadWritePaths RebootArgument ReceiveBuffer "
        + "RefuseManualStart RefuseManualStop ReloadSignal RemainAfterElapse RemainAfterExit RemoveIPC RemoveOnStop RequiresMountsFor "
        + "RequiresOverridable RequisiteOverridable Restart RestartForceExitStatus RestartKillSignal RestartMode RestartPreventExitStatus RestartSteps "
        + "RestrictAddressFamilies RestrictFileSystems RestrictNamespaces RestrictRealtime RestrictSUIDSGID ReusePort RootDirectory "
        + "RootDirectoryStartOnly RootEphemeral RootHash RootHashPath RootHashSignature RootHashSignaturePath RootImage RootImageOptions "
        + "RootImagePolicy RootVerity RuntimeDirectory RuntimeDirectoryMode RuntimeDirectoryPreserve RuntimeDirectorySymlink SELinuxContext "
        + "SELinuxContextFromNet SecureBits SendBuffer SendSIGHUP SendSIGKILL SetCredential SetCredentialEncrypted SetLoginEnvironment SloppyOptions "
        + "SmackLabel SmackLabelIPOut SmackLabelIPin SmackProcessLabel SocketBindAllow SocketBindDeny SocketGroup SocketMode SocketProtocol SocketUser "
        + "SourcePath StandardError StandardErrorFile StandardErrorFileDescriptor StandardErrorFileDescriptorName StandardErrorFileToAppend "
        + "StandardErrorFileToTruncate StandardInput StandardInputData StandardInputFile StandardInputFileDescriptor StandardInputFileDescriptorName "
        + "StandardOutput StandardOutputFile StandardOutputFileDescriptor StandardOutputFileDescriptorName StandardOutputFileToAppend "
        + "StandardOutputFileToTruncate StartLimitAction StartLimitBurst StartupMemoryHigh StartupMemoryLow StartupMemoryMax StartupMemorySwapMax "
        + "StartupMemoryZSwapMax StateDirectory StateDirectoryMode StateDirectorySymlink StopWhenUnneeded SuccessAction SuccessActionExitStatus "
        + "SuccessExitStatus SupplementaryGroups SurviveFinalKillSignal Symlinks SyslogFacility SyslogIdentifier SyslogLevel SyslogLevelPrefix "
        + "SystemCallArchitectures SystemCallErrorNumber SystemCallFilter SystemCallLog TCPCongestion TTYColumns TTYPath TTYReset TTYRows TTYVHangup "
        + "TTYVTDisallocate TemporaryFileSystem TimeoutStartFailureMode TimeoutStopFailureMode TimerSlackNSec TimersCalendar TimersMonotonic "
        + "Timestamping Transparent TriggerLimitBurst Type UMask USBFunctionDescriptors USBFunctionStrings UnsetEnvironment User UtmpIdentifier "
        + "UtmpMode WakeSystem WatchdogSignal What Where WorkingDirectory Writable";

    private static readonly HashSet<string> s_names = [.. Names.Split(' ')];

    public static bool Contains(string name) => s_names.Contains(name);
}
