using SysMaster.Core.Logging;
using SysMaster.Core.Status;
using SysMaster.Linux;

namespace SysMaster.Core.Directives;

/// <summary>[Manager] of system.conf and user.conf. man 5 systemd-system.conf.</summary>
public static partial class ManagerDirectives
{
    public static readonly Directive<LogLevel> LogLevel = new("LogLevel", Kinds.LogLevelWord,
        def: Logging.LogLevel.Info, bus: "LogLevel", use: BusUse.Shown, since: 198);
    public static readonly Directive<LogTarget> LogTarget = new("LogTarget", Kinds.LogTarget,
        def: Logging.LogTarget.JournalOrKmsg, bus: "LogTarget", use: BusUse.Shown, since: 198);
    public static readonly Directive<bool> LogColor = new("LogColor", Kinds.Bool, def: true, since: 198);
    public static readonly Directive<bool> LogLocation = new("LogLocation", Kinds.Bool, since: 198, honour: Honour.Not);
    public static readonly Directive<bool> LogTime = new("LogTime", Kinds.Bool, since: 198, honour: Honour.Not);
    public static readonly Directive<bool> DumpCore = new("DumpCore", Kinds.Bool, def: true, since: 198, honour: Honour.Not);
    public static readonly Directive<ByteText> CrashChangeVT = new("CrashChangeVT", Kinds.PlainText, since: 198, honour: Honour.Not);
    public static readonly Directive<ByteText> CrashChVT = new("CrashChVT", Kinds.PlainText, honour: Honour.Obsolete, into: CrashChangeVT);
    public static readonly Directive<bool> CrashShell = new("CrashShell", Kinds.Bool, since: 198, honour: Honour.Not);
    public static readonly Directive<bool> CrashReboot = new("CrashReboot", Kinds.Bool, since: 198, honour: Honour.Not);
    public static readonly Directive<CrashAction> CrashAction = new("CrashAction", Kinds.CrashAction,
        use: BusUse.Shown, since: 256, honour: Honour.Not);
    public static readonly Directive<EmergencyAction> CtrlAltDelBurstAction = new("CtrlAltDelBurstAction", Kinds.EmergencyAction,
        def: EmergencyAction.RebootForce, bus: "CtrlAltDelBurstAction", use: BusUse.Shown, since: 232);
    public static readonly Directive<ShowStatus> ShowStatus = new("ShowStatus", Kinds.ShowStatus, since: 198);
    public static readonly Directive<StatusUnitFormat> StatusUnitFormat = new("StatusUnitFormat", Kinds.StatusUnitFormat,
        def: Status.StatusUnitFormat.Description, since: 243);
    public static readonly Directive<CpuMask> CPUAffinity = new("CPUAffinity", Kinds.Cpus, since: 198);
    public static readonly Directive<NumaPolicy> NUMAPolicy = new("NUMAPolicy", Kinds.NumaPolicy,
        def: (NumaPolicy)(-1), since: 243, honour: Honour.Not);
    public static readonly Directive<CpuMask> NUMAMask = new("NUMAMask", Kinds.NumaNodes, since: 243, honour: Honour.Not);
    public static readonly Directive<ulong> CapabilityBoundingSet = new("CapabilityBoundingSet", Kinds.BoundingSet,
        def: FlagWords.AllCapabilities, since: 198, honour: Honour.Not);
    public static readonly Directive<bool> NoNewPrivileges = new("NoNewPrivileges", Kinds.Bool, since: 239, honour: Honour.Not);
    public static readonly Directive<ByteText[]> SystemCallArchitectures = new("SystemCallArchitectures", Kinds.SystemCallArchitectures,
        since: 209, honour: Honour.Not);
    public static readonly Directive<ulong> TimerSlackNSec = new("TimerSlackNSec", Kinds.Nsec,
        def: 50_000, bus: "TimerSlackNSec", use: BusUse.Shown, since: 198);
    public static readonly Directive<bool> ProtectSystem = new("ProtectSystem", Kinds.Bool, use: BusUse.Shown, since: 256, honour: Honour.Not);
    public static readonly Directive<ByteText> RestrictFileSystemAccess = new("RestrictFileSystemAccess", Kinds.PlainText,
        use: BusUse.Shown, since: 261, honour: Honour.Not);
    public static readonly Directive<Usec> MinimumUptimeSec = new("MinimumUptimeSec", Kinds.Usec, use: BusUse.Shown, since: 261, honour: Honour.Not);
    public static readonly Directive<uint> EventLoopRateLimitBurst = new("EventLoopRateLimitBurst", Kinds.Unsigned, since: 261, honour: Honour.Not);
    public static readonly Directive<Usec> EventLoopRateLimitIntervalSec = new("EventLoopRateLimitIntervalSec", Kinds.Usec,
        since: 261, honour: Honour.Not);
    public static readonly Directive<ByteText> JoinControllers = new("JoinControllers", Kinds.PlainText, honour: Honour.Obsolete);

    public static readonly Directive<Usec> RuntimeWatchdogSec = new("RuntimeWatchdogSec", Kinds.Watchdog,
        bus: "RuntimeWatchdogUSec", use: BusUse.Shown, since: 198);
    public static readonly Directive<Usec> RuntimeWatchdogPreSec = new("RuntimeWatchdogPreSec", Kinds.Watchdog,
        bus: "RuntimeWatchdogPreUSec", use: BusUse.Shown, since: 251, honour: Honour.Not);
    public static readonly Directive<ByteText> RuntimeWatchdogPreGovernor = new("RuntimeWatchdogPreGovernor", Kinds.PlainText,
        bus: "RuntimeWatchdogPreGovernor", use: BusUse.Shown, since: 251, honour: Honour.Not);
    public static readonly Directive<Usec> RebootWatchdogSec = new("RebootWatchdogSec", Kinds.Watchdog,
        def: new(10 * Usec.PerMinute), bus: "RebootWatchdogUSec", use: BusUse.Shown, since: 198);
    public static readonly Directive<Usec> ShutdownWatchdogSec = new("ShutdownWatchdogSec", Kinds.Watchdog,
        bus: "ShutdownWatchdogUSec", use: BusUse.Hidden, honour: Honour.Obsolete, into: RebootWatchdogSec);
    public static readonly Directive<Usec> KExecWatchdogSec = new("KExecWatchdogSec", Kinds.Watchdog,
        bus: "KExecWatchdogUSec", use: BusUse.Shown, since: 198);
    public static readonly Directive<ByteText> WatchdogDevice = new("WatchdogDevice", Kinds.Path,
        bus: "WatchdogDevice", use: BusUse.Shown, since: 236);

    public static readonly Directive<Usec> DefaultTimerAccuracySec = new("DefaultTimerAccuracySec", Kinds.Usec,
        def: new(Usec.PerMinute), bus: "DefaultTimerAccuracyUSec", use: BusUse.Shown, since: 212);
    public static readonly Directive<Usec> DefaultTimeoutStartSec = new("DefaultTimeoutStartSec", Kinds.UsecZeroIsInfinity,
        def: new(90 * Usec.PerSec), bus: "DefaultTimeoutStartUSec", use: BusUse.Shown, since: 209);
    public static readonly Directive<Usec> DefaultTimeoutStopSec = new("DefaultTimeoutStopSec", Kinds.UsecZeroIsInfinity,
        def: new(90 * Usec.PerSec), bus: "DefaultTimeoutStopUSec", use: BusUse.Shown, since: 209);
    public static readonly Directive<Usec> DefaultTimeoutAbortSec = new("DefaultTimeoutAbortSec", Kinds.AbortUsec,
        bus: "DefaultTimeoutAbortUSec", use: BusUse.Shown, since: 209, like: DefaultTimeoutStopSec);
    public static readonly Directive<Usec> DefaultDeviceTimeoutSec = new("DefaultDeviceTimeoutSec", Kinds.UsecZeroIsInfinity,
        def: new(90 * Usec.PerSec), bus: "DefaultDeviceTimeoutUSec", use: BusUse.Shown, since: 252);
    public static readonly Directive<Usec> DefaultRestartSec = new("DefaultRestartSec", Kinds.Usec,
        def: new(100_000), bus: "DefaultRestartUSec", use: BusUse.Shown, since: 209);
    public static readonly Directive<Usec> DefaultStartLimitIntervalSec = new("DefaultStartLimitIntervalSec", Kinds.Usec,
        def: new(10 * Usec.PerSec), bus: "DefaultStartLimitIntervalUSec", use: BusUse.Shown, since: 209);
    public static readonly Directive<Usec> DefaultStartLimitInterval = new("DefaultStartLimitInterval", Kinds.Usec,
        bus: "DefaultStartLimitInterval", use: BusUse.Hidden, honour: Honour.Obsolete, into: DefaultStartLimitIntervalSec);
    public static readonly Directive<uint> DefaultStartLimitBurst = new("DefaultStartLimitBurst", Kinds.Unsigned,
        def: 5, bus: "DefaultStartLimitBurst", use: BusUse.Shown, since: 209);
    public static readonly Directive<Usec> ReloadLimitIntervalSec = new("ReloadLimitIntervalSec", Kinds.Usec, since: 253, honour: Honour.Not);
    public static readonly Directive<uint> ReloadLimitBurst = new("ReloadLimitBurst", Kinds.Unsigned, since: 253, honour: Honour.Not);
    public static readonly Directive<ByteText[]> DefaultEnvironment = new("DefaultEnvironment", Kinds.Environment, since: 205);
    public static readonly Directive<ByteText[]> ManagerEnvironment = new("ManagerEnvironment", Kinds.Environment, since: 248);
    public static readonly Directive<ExecOutputSpec> DefaultStandardOutput = new("DefaultStandardOutput", Kinds.Output,
        def: new(ExecOutput.Journal), bus: "DefaultStandardOutput", use: BusUse.Shown, since: 198);
    public static readonly Directive<ExecOutputSpec> DefaultStandardError = new("DefaultStandardError", Kinds.Output,
        def: new(ExecOutput.Inherit), bus: "DefaultStandardError", use: BusUse.Shown, since: 198);
    public static readonly Directive<OomPolicy> DefaultOOMPolicy = new("DefaultOOMPolicy", Kinds.OomPolicy,
        def: OomPolicy.Stop, bus: "DefaultOOMPolicy", use: BusUse.Shown, since: 243);
    public static readonly Directive<int> DefaultOOMScoreAdjust = new("DefaultOOMScoreAdjust", Kinds.OomScoreAdjust,
        bus: "DefaultOOMScoreAdjust", use: BusUse.Shown, since: 250);
    public static readonly Directive<ByteText> DefaultSmackProcessLabel = new("DefaultSmackProcessLabel", Kinds.PlainText,
        since: 252, honour: Honour.Not);
    public static readonly Directive<bool> DefaultRestrictSUIDSGID = new("DefaultRestrictSUIDSGID", Kinds.Bool, since: 258, honour: Honour.Not);

    public static readonly Directive<bool> DefaultCPUAccounting = new("DefaultCPUAccounting", Kinds.Bool,
        def: true, bus: "DefaultCPUAccounting", use: BusUse.Shown, since: 211);
    public static readonly Directive<bool> DefaultIOAccounting = new("DefaultIOAccounting", Kinds.Bool,
        bus: "DefaultIOAccounting", use: BusUse.Shown, since: 211);
    public static readonly Directive<bool> DefaultIPAccounting = new("DefaultIPAccounting", Kinds.Bool,
        bus: "DefaultIPAccounting", use: BusUse.Shown, since: 211);
    public static readonly Directive<bool> DefaultBlockIOAccounting = new("DefaultBlockIOAccounting", Kinds.Bool,
        bus: "DefaultBlockIOAccounting", use: BusUse.Shown);
    public static readonly Directive<bool> DefaultMemoryAccounting = new("DefaultMemoryAccounting", Kinds.Bool,
        def: true, bus: "DefaultMemoryAccounting", use: BusUse.Shown, since: 211);
    public static readonly Directive<bool> DefaultTasksAccounting = new("DefaultTasksAccounting", Kinds.Bool,
        def: true, bus: "DefaultTasksAccounting", use: BusUse.Shown, since: 211);
    public static readonly Directive<Amount> DefaultTasksMax = new("DefaultTasksMax", Kinds.Tasks,
        def: new((15UL << 32) / 100, true), bus: "DefaultTasksMax", use: BusUse.Shown, since: 228);
    public static readonly Directive<PressureWatch> DefaultMemoryPressureWatch = new("DefaultMemoryPressureWatch", Kinds.PressureWatch,
        def: PressureWatch.Auto, bus: "DefaultMemoryPressureWatch", use: BusUse.Shown, since: 254);
    public static readonly Directive<Usec> DefaultMemoryPressureThresholdSec = new("DefaultMemoryPressureThresholdSec", Kinds.Usec,
        def: new(200_000), bus: "DefaultMemoryPressureThresholdUSec", use: BusUse.Shown, since: 254);
    public static readonly Directive<bool> DefaultMemoryZSwapWriteback = new("DefaultMemoryZSwapWriteback", Kinds.Bool,
        def: true, since: 261, honour: Honour.Not);
    public static readonly Directive<PressureWatch> DefaultCPUPressureWatch = new("DefaultCPUPressureWatch", Kinds.PressureWatch,
        def: PressureWatch.Auto, use: BusUse.Shown, since: 261, honour: Honour.Not);
    public static readonly Directive<Usec> DefaultCPUPressureThresholdSec = new("DefaultCPUPressureThresholdSec", Kinds.Usec,
        def: new(200_000), use: BusUse.Shown, since: 261, honour: Honour.Not);
    public static readonly Directive<PressureWatch> DefaultIOPressureWatch = new("DefaultIOPressureWatch", Kinds.PressureWatch,
        def: PressureWatch.Auto, use: BusUse.Shown, since: 261, honour: Honour.Not);
    public static readonly Directive<Usec> DefaultIOPressureThresholdSec = new("DefaultIOPressureThresholdSec", Kinds.Usec,
        def: new(200_000), use: BusUse.Shown, since: 261, honour: Honour.Not);
    public static readonly Directive<Rlimit> DefaultLimitCPU = new("DefaultLimitCPU", Kinds.LimitSec,
        def: Rlimit.None, bus: "DefaultLimitCPU", use: BusUse.Shown, since: 198);
    public static readonly Directive<Rlimit> DefaultLimitCPUSoft = new(null, Kinds.LimitSoft,
        bus: "DefaultLimitCPUSoft", use: BusUse.Shown, into: DefaultLimitCPU);
    public static readonly Directive<Rlimit> DefaultLimitFSIZE = new("DefaultLimitFSIZE", Kinds.LimitBytes,
        def: Rlimit.None, bus: "DefaultLimitFSIZE", use: BusUse.Shown, since: 198);
    public static readonly Directive<Rlimit> DefaultLimitFSIZESoft = new(null, Kinds.LimitSoft,
        bus: "DefaultLimitFSIZESoft", use: BusUse.Shown, into: DefaultLimitFSIZE);
    public static readonly Directive<Rlimit> DefaultLimitDATA = new("DefaultLimitDATA", Kinds.LimitBytes,
        def: Rlimit.None, bus: "DefaultLimitDATA", use: BusUse.Shown, since: 198);
    public static readonly Directive<Rlimit> DefaultLimitDATASoft = new(null, Kinds.LimitSoft,
        bus: "DefaultLimitDATASoft", use: BusUse.Shown, into: DefaultLimitDATA);
    public static readonly Directive<Rlimit> DefaultLimitSTACK = new("DefaultLimitSTACK", Kinds.LimitBytes,
        def: Rlimit.None, bus: "DefaultLimitSTACK", use: BusUse.Shown, since: 198);
    public static readonly Directive<Rlimit> DefaultLimitSTACKSoft = new(null, Kinds.LimitSoft,
        bus: "DefaultLimitSTACKSoft", use: BusUse.Shown, into: DefaultLimitSTACK);
    public static readonly Directive<Rlimit> DefaultLimitCORE = new("DefaultLimitCORE", Kinds.LimitBytes,
        def: Rlimit.None, bus: "DefaultLimitCORE", use: BusUse.Shown, since: 198);
    public static readonly Directive<Rlimit> DefaultLimitCORESoft = new(null, Kinds.LimitSoft,
        bus: "DefaultLimitCORESoft", use: BusUse.Shown, into: DefaultLimitCORE);
    public static readonly Directive<Rlimit> DefaultLimitRSS = new("DefaultLimitRSS", Kinds.LimitBytes,
        def: Rlimit.None, bus: "DefaultLimitRSS", use: BusUse.Shown, since: 198);
    public static readonly Directive<Rlimit> DefaultLimitRSSSoft = new(null, Kinds.LimitSoft,
        bus: "DefaultLimitRSSSoft", use: BusUse.Shown, into: DefaultLimitRSS);
    public static readonly Directive<Rlimit> DefaultLimitNOFILE = new("DefaultLimitNOFILE", Kinds.Limit,
        def: Rlimit.None, bus: "DefaultLimitNOFILE", use: BusUse.Shown, since: 198);
    public static readonly Directive<Rlimit> DefaultLimitNOFILESoft = new(null, Kinds.LimitSoft,
        bus: "DefaultLimitNOFILESoft", use: BusUse.Shown, into: DefaultLimitNOFILE);
    public static readonly Directive<Rlimit> DefaultLimitAS = new("DefaultLimitAS", Kinds.LimitBytes,
        def: Rlimit.None, bus: "DefaultLimitAS", use: BusUse.Shown, since: 198);
    public static readonly Directive<Rlimit> DefaultLimitASSoft = new(null, Kinds.LimitSoft,
        bus: "DefaultLimitASSoft", use: BusUse.Shown, into: DefaultLimitAS);
    public static readonly Directive<Rlimit> DefaultLimitNPROC = new("DefaultLimitNPROC", Kinds.Limit,
        def: Rlimit.None, bus: "DefaultLimitNPROC", use: BusUse.Shown, since: 198);
    public static readonly Directive<Rlimit> DefaultLimitNPROCSoft = new(null, Kinds.LimitSoft,
        bus: "DefaultLimitNPROCSoft", use: BusUse.Shown, into: DefaultLimitNPROC);
    public static readonly Directive<Rlimit> DefaultLimitMEMLOCK = new("DefaultLimitMEMLOCK", Kinds.LimitBytes,
        def: Rlimit.None, bus: "DefaultLimitMEMLOCK", use: BusUse.Shown, since: 198);
    public static readonly Directive<Rlimit> DefaultLimitMEMLOCKSoft = new(null, Kinds.LimitSoft,
        bus: "DefaultLimitMEMLOCKSoft", use: BusUse.Shown, into: DefaultLimitMEMLOCK);
    public static readonly Directive<Rlimit> DefaultLimitLOCKS = new("DefaultLimitLOCKS", Kinds.Limit,
        def: Rlimit.None, bus: "DefaultLimitLOCKS", use: BusUse.Shown, since: 198);
    public static readonly Directive<Rlimit> DefaultLimitLOCKSSoft = new(null, Kinds.LimitSoft,
        bus: "DefaultLimitLOCKSSoft", use: BusUse.Shown, into: DefaultLimitLOCKS);
    public static readonly Directive<Rlimit> DefaultLimitSIGPENDING = new("DefaultLimitSIGPENDING", Kinds.Limit,
        def: Rlimit.None, bus: "DefaultLimitSIGPENDING", use: BusUse.Shown, since: 198);
    public static readonly Directive<Rlimit> DefaultLimitSIGPENDINGSoft = new(null, Kinds.LimitSoft,
        bus: "DefaultLimitSIGPENDINGSoft", use: BusUse.Shown, into: DefaultLimitSIGPENDING);
    public static readonly Directive<Rlimit> DefaultLimitMSGQUEUE = new("DefaultLimitMSGQUEUE", Kinds.LimitBytes,
        def: Rlimit.None, bus: "DefaultLimitMSGQUEUE", use: BusUse.Shown, since: 198);
    public static readonly Directive<Rlimit> DefaultLimitMSGQUEUESoft = new(null, Kinds.LimitSoft,
        bus: "DefaultLimitMSGQUEUESoft", use: BusUse.Shown, into: DefaultLimitMSGQUEUE);
    public static readonly Directive<Rlimit> DefaultLimitNICE = new("DefaultLimitNICE", Kinds.LimitNice,
        def: Rlimit.None, bus: "DefaultLimitNICE", use: BusUse.Shown, since: 198);
    public static readonly Directive<Rlimit> DefaultLimitNICESoft = new(null, Kinds.LimitSoft,
        bus: "DefaultLimitNICESoft", use: BusUse.Shown, into: DefaultLimitNICE);
    public static readonly Directive<Rlimit> DefaultLimitRTPRIO = new("DefaultLimitRTPRIO", Kinds.Limit,
        def: Rlimit.None, bus: "DefaultLimitRTPRIO", use: BusUse.Shown, since: 198);
    public static readonly Directive<Rlimit> DefaultLimitRTPRIOSoft = new(null, Kinds.LimitSoft,
        bus: "DefaultLimitRTPRIOSoft", use: BusUse.Shown, into: DefaultLimitRTPRIO);
    public static readonly Directive<Rlimit> DefaultLimitRTTIME = new("DefaultLimitRTTIME", Kinds.LimitUsec,
        def: Rlimit.None, bus: "DefaultLimitRTTIME", use: BusUse.Shown, since: 198);
    public static readonly Directive<Rlimit> DefaultLimitRTTIMESoft = new(null, Kinds.LimitSoft,
        bus: "DefaultLimitRTTIMESoft", use: BusUse.Shown, into: DefaultLimitRTTIME);

    public static readonly DirectiveTable Table = new("Manager", DirectiveIds.Manager,
    [
        LogLevel, LogTarget, LogColor, LogLocation, LogTime, DumpCore, CrashChangeVT, CrashChVT, CrashShell, CrashReboot, CrashAction,
        CtrlAltDelBurstAction, ShowStatus, StatusUnitFormat, CPUAffinity, NUMAPolicy, NUMAMask, CapabilityBoundingSet, NoNewPrivileges,
        SystemCallArchitectures, TimerSlackNSec, ProtectSystem, RestrictFileSystemAccess, MinimumUptimeSec, EventLoopRateLimitBurst,
        EventLoopRateLimitIntervalSec, JoinControllers, RuntimeWatchdogSec, RuntimeWatchdogPreSec, RuntimeWatchdogPreGovernor,
        RebootWatchdogSec, ShutdownWatchdogSec, KExecWatchdogSec, WatchdogDevice, DefaultTimerAccuracySec, DefaultTimeoutStartSec,
        DefaultTimeoutStopSec, DefaultTimeoutAbortSec, DefaultDeviceTimeoutSec, DefaultRestartSec, DefaultStartLimitIntervalSec,
        DefaultStartLimitInterval, DefaultStartLimitBurst, ReloadLimitIntervalSec, ReloadLimitBurst, DefaultEnvironment, ManagerEnvironment,
        DefaultStandardOutput, DefaultStandardError, DefaultOOMPolicy, DefaultOOMScoreAdjust, DefaultSmackProcessLabel,
        DefaultRestrictSUIDSGID, DefaultCPUAccounting, DefaultIOAccounting, DefaultIPAccounting, DefaultBlockIOAccounting,
        DefaultMemoryAccounting, DefaultTasksAccounting, DefaultTasksMax, DefaultMemoryPressureWatch, DefaultMemoryPressureThresholdSec,
        DefaultMemoryZSwapWriteback, DefaultCPUPressureWatch, DefaultCPUPressureThresholdSec, DefaultIOPressureWatch,
        DefaultIOPressureThresholdSec, DefaultLimitCPU, DefaultLimitCPUSoft, DefaultLimitFSIZE, DefaultLimitFSIZESoft, DefaultLimitDATA,
        DefaultLimitDATASoft, DefaultLimitSTACK, DefaultLimitSTACKSoft, DefaultLimitCORE, DefaultLimitCORESoft, DefaultLimitRSS,
        DefaultLimitRSSSoft, DefaultLimitNOFILE, DefaultLimitNOFILESoft, DefaultLimitAS, DefaultLimitASSoft, DefaultLimitNPROC,
        DefaultLimitNPROCSoft, DefaultLimitMEMLOCK, DefaultLimitMEMLOCKSoft, DefaultLimitLOCKS, DefaultLimitLOCKSSoft,
        DefaultLimitSIGPENDING, DefaultLimitSIGPENDINGSoft, DefaultLimitMSGQUEUE, DefaultLimitMSGQUEUESoft, DefaultLimitNICE,
        DefaultLimitNICESoft, DefaultLimitRTPRIO, DefaultLimitRTPRIOSoft, DefaultLimitRTTIME, DefaultLimitRTTIMESoft,
    ]);

    public static readonly DirectiveSection Section = new("Manager", Table);
}
