namespace SysMaster.Systemctl;

/// <summary>Properties that a unit has from its start on: known here, so that the manager's refusal is what is shown, not a complaint about the name.</summary>
internal static class FixedProperties
{
    private const string Names =
        "ExecCondition ExecReload ExecStart ExecStartPost ExecStartPre ExecStop ExecStopPost "
        + "Accept AccuracySec AddRef AllowIsolate AmbientCapabilities AppArmorProfile Asserts Backlog BindIPv6Only BindPaths "
        + "BindReadOnlyPaths BindToDevice Broadcast BusName CPUAffinity CPUAffinityFromNUMA CPUSchedulingPolicy CPUSchedulingPriority "
        + "CPUSchedulingResetOnFork CacheDirectory CacheDirectoryMode CacheDirectorySymlink CapabilityBoundingSet Conditions ConfigurationDirectory "
        + "ConfigurationDirectoryMode CoredumpFilter DefaultDependencies DelegateControllers "
        + "DirectoryMode DynamicUser Environment EnvironmentFiles ExecPaths ExecSearchPath ExitType ExtensionDirectories "
        + "ExtensionImagePolicy ExtensionImages ExtraOptions FailureAction FailureActionExitStatus FileDescriptorName FileDescriptorStoreMax "
        + "FileDescriptorStorePreserve FinalKillSignal FixedRandomDelay FlushPending ForceUnmount FreeBind Group GuessMainPID IOSchedulingClass "
        + "IOSchedulingPriority IPCNamespacePath IPTOS IPTTL IgnoreOnIsolate IgnoreSIGPIPE ImportCredential InaccessibleDirectories InaccessiblePaths "
        + "JobTimeoutAction JobTimeoutRebootArgument KeepAlive KeepAliveProbes KeyringMode KillMode KillSignal LazyUnmount Listen LoadCredential "
        + "LoadCredentialEncrypted LockPersonality LogExtraFields LogFilterPatterns LogLevelMax LogNamespace LogRateLimitBurst LogsDirectory "
        + "LogsDirectoryMode LogsDirectorySymlink MakeDirectory Mark MaxConnections MaxConnectionsPerSource MemoryDenyWriteExecute MemoryKSM "
        + "MessageQueueMaxMessages MessageQueueMessageSize MountAPIVFS MountFlags MountImagePolicy MountImages "
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
        + "SmackLabel SmackLabelIPOut SmackLabelIPin SmackProcessLabel SocketGroup SocketMode SocketProtocol SocketUser "
        + "SourcePath StandardError StandardErrorFile StandardErrorFileDescriptor StandardErrorFileDescriptorName StandardErrorFileToAppend "
        + "StandardErrorFileToTruncate StandardInput StandardInputData StandardInputFile StandardInputFileDescriptor StandardInputFileDescriptorName "
        + "StandardOutput StandardOutputFile StandardOutputFileDescriptor StandardOutputFileDescriptorName StandardOutputFileToAppend "
        + "StandardOutputFileToTruncate StartLimitAction StartLimitBurst "
        + "StateDirectory StateDirectoryMode StateDirectorySymlink StopWhenUnneeded SuccessAction SuccessActionExitStatus "
        + "SuccessExitStatus SupplementaryGroups SurviveFinalKillSignal Symlinks SyslogFacility SyslogIdentifier SyslogLevel SyslogLevelPrefix "
        + "SystemCallArchitectures SystemCallErrorNumber SystemCallFilter SystemCallLog TCPCongestion TTYColumns TTYPath TTYReset TTYRows TTYVHangup "
        + "TTYVTDisallocate TemporaryFileSystem TimeoutStartFailureMode TimeoutStopFailureMode TimerSlackNSec TimersCalendar TimersMonotonic "
        + "Timestamping Transparent TriggerLimitBurst Type UMask USBFunctionDescriptors USBFunctionStrings UnsetEnvironment User UtmpIdentifier "
        + "UtmpMode WakeSystem WatchdogSignal What Where WorkingDirectory Writable";

    /// <summary>Spans of time: on the bus "…USec".</summary>
    private const string Spans = "TimeoutStartSec TimeoutStopSec TimeoutAbortSec TimeoutSec WatchdogSec RuntimeMaxSec RuntimeRandomizedExtraSec RestartSec RestartMaxDelaySec LogRateLimitIntervalSec "
        + "JobTimeoutSec JobRunningTimeoutSec StartLimitIntervalSec";

    /// <summary>Yes or no.</summary>
    private const string Flags = "RemainAfterExit GuessMainPID RootDirectoryStartOnly NonBlocking SendSIGHUP SendSIGKILL IgnoreSIGPIPE TTYReset TTYVHangup TTYVTDisallocate PrivateTmp PrivateDevices "
        + "PrivateNetwork PrivateUsers PrivateMounts PrivateIPC NoNewPrivileges SyslogLevelPrefix MemoryDenyWriteExecute RestrictRealtime DynamicUser RemoveIPC ProtectKernelTunables ProtectKernelModules "
        + "ProtectKernelLogs ProtectClock ProtectControlGroups MountAPIVFS CPUSchedulingResetOnFork LockPersonality ProtectHostname RestrictSUIDSGID StopWhenUnneeded RefuseManualStart RefuseManualStop "
        + "AllowIsolate IgnoreOnIsolate DefaultDependencies";

    /// <summary>Dependencies, limits, and what has another name on the bus.</summary>
    private const string More = "Wants Requires Requisite BindsTo PartOf Upholds Conflicts Before After OnFailure OnSuccess PropagatesReloadTo ReloadPropagatedFrom PropagatesStopTo StopPropagatedFrom "
        + "JoinsNamespaceOf StandardInputText LimitCPU LimitFSIZE LimitDATA LimitSTACK LimitCORE LimitRSS LimitNOFILE LimitAS LimitNPROC LimitMEMLOCK LimitLOCKS LimitSIGPENDING LimitMSGQUEUE LimitNICE "
        + "LimitRTPRIO LimitRTTIME EnvironmentFile";

    private static readonly HashSet<string> s_names = [.. Names.Split(' '), .. Flags.Split(' '), .. More.Split(' ')];
    private static readonly HashSet<string> s_spans = [.. Spans.Split(' ')];
    private static readonly HashSet<string> s_flags = [.. Flags.Split(' ')];

    /// <param name="property">Its name on the bus.</param>
    /// <returns>What is wrong with it before anybody is asked; null when the manager has to say it.</returns>
    public static string? Refusal(string name, string value, out string property)
    {
        property = name switch
        {
            "TimeoutSec" => "TimeoutStartUSec",
            "EnvironmentFile" => "EnvironmentFiles",
            _ when name.StartsWith("Condition", StringComparison.Ordinal) && name.Length > 9 => "Conditions",
            _ when name.StartsWith("Assert", StringComparison.Ordinal) && name.Length > 6 => "Asserts",
            _ => name,
        };
        if (property is "Conditions" or "Asserts") { return null; }
        if (s_spans.Contains(name))
        {
            if (property == name) { property = name[..^3] + "USec"; }
            return UnitFiles.TimeSpanText.TryParse(System.Text.Encoding.UTF8.GetBytes(value), out _) ? null : $"Failed to parse {name}={value}: Invalid argument";
        }
        if (s_flags.Contains(name) && !BooleanWord.TryParse(value, out _)) { return $"Failed to parse {name}: {value}"; }
        return s_names.Contains(name) ? null : $"Unknown assignment: {name}={value}";
    }
}
