using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Service;

/// <summary>[Service]: what only services may say. man 5 systemd.service.</summary>
public static partial class ServiceDirectives
{
    public static readonly Directive<ServiceType> Type = new("Type", ServiceKinds.Types, bus: "Type");
    public static readonly Directive<ServiceExitType> ExitType = new("ExitType", ServiceKinds.ExitTypes, bus: "ExitType", since: 250);
    public static readonly Directive<ServiceRestart> Restart = new("Restart", ServiceKinds.Restarts, bus: "Restart");
    public static readonly Directive<ServiceRestartMode> RestartMode = new("RestartMode", ServiceKinds.RestartModes,
        bus: "RestartMode", since: 254);
    public static readonly Directive<ByteText> PIDFile = new("PIDFile", Kinds.RunPath, bus: "PIDFile");
    public static readonly Directive<NotifyAccess> NotifyAccess = new("NotifyAccess", ServiceKinds.NotifyAccesses, bus: "NotifyAccess");
    public static readonly Directive<ByteText> BusName = new("BusName", Kinds.BusName, bus: "BusName");
    public static readonly Directive<ExecCommandSpec[]> ExecCondition = new("ExecCondition", Kinds.Commands,
        bus: "ExecCondition", use: BusUse.Shown | BusUse.Set | BusUse.Runtime, since: 243);
    public static readonly Directive<ExecCommandSpec[]> ExecConditionEx = new(null, Kinds.CommandsEx,
        bus: "ExecConditionEx", use: BusUse.Shown | BusUse.Set | BusUse.Runtime, into: ExecCondition);
    public static readonly Directive<ExecCommandSpec[]> ExecStartPre = new("ExecStartPre", Kinds.Commands,
        bus: "ExecStartPre", use: BusUse.Shown | BusUse.Set | BusUse.Runtime);
    public static readonly Directive<ExecCommandSpec[]> ExecStartPreEx = new(null, Kinds.CommandsEx,
        bus: "ExecStartPreEx", use: BusUse.Shown | BusUse.Set | BusUse.Runtime, into: ExecStartPre);
    public static readonly Directive<ExecCommandSpec[]> ExecStart = new("ExecStart", Kinds.Commands,
        bus: "ExecStart", use: BusUse.Shown | BusUse.Set | BusUse.Runtime);
    public static readonly Directive<ExecCommandSpec[]> ExecStartEx = new(null, Kinds.CommandsEx,
        bus: "ExecStartEx", use: BusUse.Shown | BusUse.Set | BusUse.Runtime, into: ExecStart);
    public static readonly Directive<ExecCommandSpec[]> ExecStartPost = new("ExecStartPost", Kinds.Commands,
        bus: "ExecStartPost", use: BusUse.Shown | BusUse.Set | BusUse.Runtime);
    public static readonly Directive<ExecCommandSpec[]> ExecStartPostEx = new(null, Kinds.CommandsEx,
        bus: "ExecStartPostEx", use: BusUse.Shown | BusUse.Set | BusUse.Runtime, into: ExecStartPost);
    public static readonly Directive<ExecCommandSpec[]> ExecReload = new("ExecReload", Kinds.Commands,
        bus: "ExecReload", use: BusUse.Shown | BusUse.Set | BusUse.Runtime);
    public static readonly Directive<ExecCommandSpec[]> ExecReloadEx = new(null, Kinds.CommandsEx,
        bus: "ExecReloadEx", use: BusUse.Shown | BusUse.Set | BusUse.Runtime, into: ExecReload);
    public static readonly Directive<ExecCommandSpec[]> ExecStop = new("ExecStop", Kinds.Commands,
        bus: "ExecStop", use: BusUse.Shown | BusUse.Set | BusUse.Runtime);
    public static readonly Directive<ExecCommandSpec[]> ExecStopEx = new(null, Kinds.CommandsEx,
        bus: "ExecStopEx", use: BusUse.Shown | BusUse.Set | BusUse.Runtime, into: ExecStop);
    public static readonly Directive<ExecCommandSpec[]> ExecStopPost = new("ExecStopPost", Kinds.Commands,
        bus: "ExecStopPost", use: BusUse.Shown | BusUse.Set | BusUse.Runtime);
    public static readonly Directive<ExecCommandSpec[]> ExecStopPostEx = new(null, Kinds.CommandsEx,
        bus: "ExecStopPostEx", use: BusUse.Shown | BusUse.Set | BusUse.Runtime, into: ExecStopPost);

    public static readonly Directive<ExecCommandSpec[]> ExecReloadPost = new("ExecReloadPost", Kinds.Commands, since: 259, honour: Honour.Not);
    public static readonly Directive<Usec> RestartSec = new("RestartSec", Kinds.Usec, def: new(100_000), bus: "RestartUSec");
    public static readonly Directive<uint> RestartSteps = new("RestartSteps", Kinds.Unsigned, bus: "RestartSteps", since: 254);
    public static readonly Directive<Usec> RestartMaxDelaySec = new("RestartMaxDelaySec", Kinds.Usec,
        def: Usec.Infinity, bus: "RestartMaxDelayUSec", since: 254);
    public static readonly Directive<Usec> RestartRandomizedDelaySec = new("RestartRandomizedDelaySec", Kinds.Usec, since: 262, honour: Honour.Not);
    public static readonly Directive<Usec> TimeoutStartSec = new("TimeoutStartSec", Kinds.UsecZeroIsInfinity,
        def: new(90 * Usec.PerSec), bus: "TimeoutStartUSec", since: 188);
    public static readonly Directive<Usec> TimeoutStopSec = new("TimeoutStopSec", Kinds.StopUsec,
        def: new(90 * Usec.PerSec), bus: "TimeoutStopUSec", since: 188);
    public static readonly Directive<Usec> TimeoutSec = new("TimeoutSec", Kinds.UsecZeroIsInfinity, into: TimeoutStartSec, also: TimeoutStopSec);
    public static readonly Directive<Usec> TimeoutAbortSec = new("TimeoutAbortSec", Kinds.AbortUsec,
        bus: "TimeoutAbortUSec", since: 243, like: TimeoutStopSec);
    public static readonly Directive<ServiceTimeoutFailureMode> TimeoutStartFailureMode = new("TimeoutStartFailureMode", ServiceKinds.FailureModes,
        bus: "TimeoutStartFailureMode", since: 246);
    public static readonly Directive<ServiceTimeoutFailureMode> TimeoutStopFailureMode = new("TimeoutStopFailureMode", ServiceKinds.FailureModes,
        bus: "TimeoutStopFailureMode", since: 246);
    public static readonly Directive<Usec> RuntimeMaxSec = new("RuntimeMaxSec", Kinds.Usec, def: Usec.Infinity, bus: "RuntimeMaxUSec", since: 229);
    public static readonly Directive<Usec> RuntimeRandomizedExtraSec = new("RuntimeRandomizedExtraSec", Kinds.Usec,
        bus: "RuntimeRandomizedExtraUSec", since: 250);
    public static readonly Directive<Usec> WatchdogSec = new("WatchdogSec", Kinds.Usec, def: Usec.Infinity, bus: "WatchdogUSec");
    public static readonly Directive<bool> RootDirectoryStartOnly = new("RootDirectoryStartOnly", Kinds.Bool, bus: "RootDirectoryStartOnly");
    public static readonly Directive<bool> RemainAfterExit = new("RemainAfterExit", Kinds.Bool, bus: "RemainAfterExit");
    public static readonly Directive<bool> GuessMainPID = new("GuessMainPID", Kinds.Bool, def: true, bus: "GuessMainPID");
    public static readonly Directive<bool> PermissionsStartOnly = new("PermissionsStartOnly", Kinds.Bool,
        bus: "PermissionsStartOnly", use: BusUse.Hidden | BusUse.Set, honour: Honour.Obsolete);
    public static readonly Directive<ExitStatusList> SuccessExitStatus = new("SuccessExitStatus", Kinds.ExitStatuses,
        bus: "SuccessExitStatus", since: 189);
    public static readonly Directive<ExitStatusList> RestartPreventExitStatus = new("RestartPreventExitStatus", Kinds.ExitStatuses,
        bus: "RestartPreventExitStatus", since: 189);
    public static readonly Directive<ExitStatusList> RestartForceExitStatus = new("RestartForceExitStatus", Kinds.ExitStatuses,
        bus: "RestartForceExitStatus", since: 215);
    public static readonly Directive<bool> NonBlocking = new("NonBlocking", Kinds.Bool, into: ExecDirectives.NonBlocking);
    public static readonly Directive<UnitName[]> Sockets = new("Sockets", Kinds.SocketNames);
    public static readonly Directive<uint> FileDescriptorStoreMax = new("FileDescriptorStoreMax", Kinds.Unsigned,
        bus: "FileDescriptorStoreMax", since: 219);
    public static readonly Directive<ExecPreserveMode> FileDescriptorStorePreserve = new("FileDescriptorStorePreserve", Kinds.FdPreserveMode,
        def: ExecPreserveMode.Restart, bus: "FileDescriptorStorePreserve", since: 254);
    public static readonly Directive<OpenFileSpec[]> OpenFile = new("OpenFile", Kinds.OpenFiles, bus: "OpenFile", since: 253);
    public static readonly Directive<ByteText> LUOSession = new("LUOSession", Kinds.PlainText, since: 262, honour: Honour.Not);
    public static readonly Directive<ByteText> RefreshOnReload = new("RefreshOnReload", Kinds.PlainText, since: 260, honour: Honour.Not);
    public static readonly Directive<int> ReloadSignal = new("ReloadSignal", Kinds.Signal, def: 1, bus: "ReloadSignal", since: 253);
    public static readonly Directive<ByteText> USBFunctionDescriptors = new("USBFunctionDescriptors", Kinds.Path,
        bus: "USBFunctionDescriptors", since: 227, honour: Honour.Not);
    public static readonly Directive<ByteText> USBFunctionStrings = new("USBFunctionStrings", Kinds.Path,
        bus: "USBFunctionStrings", since: 227, honour: Honour.Not);
    public static readonly Directive<OomPolicy> OOMPolicy = new("OOMPolicy", Kinds.OomPolicy, def: OomPolicy.Stop, bus: "OOMPolicy", since: 243);

    // Moved to [Unit] long ago.
    public static readonly Directive<Usec> StartLimitInterval = new("StartLimitInterval", Kinds.Usec,
        bus: "StartLimitInterval", use: BusUse.Hidden, honour: Honour.Obsolete, into: UnitDirectives.StartLimitIntervalSec);
    public static readonly Directive<uint> StartLimitBurst = new("StartLimitBurst", Kinds.Unsigned,
        bus: "StartLimitBurst", use: BusUse.Hidden, since: 229, honour: Honour.Obsolete, into: UnitDirectives.StartLimitBurst);
    public static readonly Directive<EmergencyAction> StartLimitAction = new("StartLimitAction", Kinds.EmergencyAction,
        bus: "StartLimitAction", use: BusUse.Hidden, since: 229, honour: Honour.Obsolete, into: UnitDirectives.StartLimitAction);
    public static readonly Directive<EmergencyAction> FailureAction = new("FailureAction", Kinds.EmergencyAction,
        bus: "FailureAction", use: BusUse.Hidden, since: 236, honour: Honour.Obsolete, into: UnitDirectives.FailureAction);
    public static readonly Directive<ByteText> RebootArgument = new("RebootArgument", Kinds.Text,
        bus: "RebootArgument", use: BusUse.Hidden, since: 229, honour: Honour.Obsolete, into: UnitDirectives.RebootArgument);

    public static readonly DirectiveTable Table = new("Service", DirectiveIds.Type,
    [
        Type, ExitType, Restart, RestartMode, PIDFile, NotifyAccess, BusName, ExecCondition, ExecConditionEx, ExecStartPre, ExecStartPreEx,
        ExecStart, ExecStartEx, ExecStartPost, ExecStartPostEx, ExecReload, ExecReloadEx, ExecStop, ExecStopEx, ExecStopPost,
        ExecStopPostEx, ExecReloadPost, RestartSec, RestartSteps, RestartMaxDelaySec, RestartRandomizedDelaySec, TimeoutStartSec,
        TimeoutStopSec, TimeoutSec, TimeoutAbortSec, TimeoutStartFailureMode, TimeoutStopFailureMode, RuntimeMaxSec,
        RuntimeRandomizedExtraSec, WatchdogSec, RootDirectoryStartOnly, RemainAfterExit, GuessMainPID, PermissionsStartOnly,
        SuccessExitStatus, RestartPreventExitStatus, RestartForceExitStatus, NonBlocking, Sockets, FileDescriptorStoreMax,
        FileDescriptorStorePreserve, OpenFile, LUOSession, RefreshOnReload, ReloadSignal, USBFunctionDescriptors, USBFunctionStrings,
        OOMPolicy, StartLimitInterval, StartLimitBurst, StartLimitAction, FailureAction, RebootArgument,
    ]);

    public static readonly DirectiveSet Set = new(new("Unit", UnitDirectives.Table),
        new("Service", Table, ExecDirectives.Table, KillDirectives.Table, CgroupDirectives.Table),
        new("Install", InstallDirectives.Table));
}
