using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>[Unit]: what every unit may say. man 5 systemd.unit.</summary>
public static partial class UnitDirectives
{
    public static readonly Directive<ByteText> Description = new("Description", Kinds.Text,
        bus: "Description", use: BusUse.Shown | BusUse.Set | BusUse.Live, since: 201);
    public static readonly Directive<ByteText[]> Documentation = new("Documentation", Kinds.Uris, bus: "Documentation", since: 201);
    public static readonly Directive<ByteText> SourcePath = new("SourcePath", Kinds.Path, bus: "SourcePath", since: 201);

    // Dependencies: what the graph shows on the bus is more than what the file says, so the unit writes the properties.
    public static readonly Directive<UnitName[]> Requires = new("Requires", Kinds.UnitNames,
        bus: "Requires", use: BusUse.Set | BusUse.Runtime, since: 201);
    public static readonly Directive<UnitName[]> Requisite = new("Requisite", Kinds.UnitNames,
        bus: "Requisite", use: BusUse.Set | BusUse.Runtime, since: 201);
    public static readonly Directive<UnitName[]> Wants = new("Wants", Kinds.UnitNames, bus: "Wants", use: BusUse.Set | BusUse.Runtime, since: 201);
    public static readonly Directive<UnitName[]> BindsTo = new("BindsTo", Kinds.UnitNames,
        bus: "BindsTo", use: BusUse.Set | BusUse.Runtime, since: 201);
    public static readonly Directive<UnitName[]> Upholds = new("Upholds", Kinds.UnitNames,
        bus: "Upholds", use: BusUse.Set | BusUse.Runtime, since: 249);
    public static readonly Directive<UnitName[]> Conflicts = new("Conflicts", Kinds.UnitNames,
        bus: "Conflicts", use: BusUse.Set | BusUse.Runtime, since: 201);
    public static readonly Directive<UnitName[]> Before = new("Before", Kinds.UnitNames, bus: "Before", use: BusUse.Set | BusUse.Runtime, since: 201);
    public static readonly Directive<UnitName[]> After = new("After", Kinds.UnitNames, bus: "After", use: BusUse.Set | BusUse.Runtime, since: 201);
    public static readonly Directive<UnitName[]> OnSuccess = new("OnSuccess", Kinds.UnitNames,
        bus: "OnSuccess", use: BusUse.Set | BusUse.Runtime, since: 249);
    public static readonly Directive<UnitName[]> OnFailure = new("OnFailure", Kinds.UnitNames,
        bus: "OnFailure", use: BusUse.Set | BusUse.Runtime, since: 201);
    public static readonly Directive<UnitName[]> PropagatesReloadTo = new("PropagatesReloadTo", Kinds.UnitNames,
        bus: "PropagatesReloadTo", use: BusUse.Set | BusUse.Runtime, since: 201);
    public static readonly Directive<UnitName[]> ReloadPropagatedFrom = new("ReloadPropagatedFrom", Kinds.UnitNames,
        bus: "ReloadPropagatedFrom", use: BusUse.Set | BusUse.Runtime, since: 201);
    public static readonly Directive<UnitName[]> PropagatesStopTo = new("PropagatesStopTo", Kinds.UnitNames,
        bus: "PropagatesStopTo", use: BusUse.Set | BusUse.Runtime, since: 249);
    public static readonly Directive<UnitName[]> StopPropagatedFrom = new("StopPropagatedFrom", Kinds.UnitNames,
        bus: "StopPropagatedFrom", use: BusUse.Set | BusUse.Runtime, since: 249);
    public static readonly Directive<UnitName[]> PartOf = new("PartOf", Kinds.UnitNames, bus: "PartOf", use: BusUse.Set | BusUse.Runtime, since: 201);
    public static readonly Directive<UnitName[]> JoinsNamespaceOf = new("JoinsNamespaceOf", Kinds.UnitNames,
        bus: "JoinsNamespaceOf", use: BusUse.Set | BusUse.Runtime, since: 209);
    public static readonly Directive<UnitName[]> BindTo = new("BindTo", Kinds.UnitNames, honour: Honour.Obsolete, into: BindsTo);
    public static readonly Directive<UnitName[]> PropagateReloadTo = new("PropagateReloadTo", Kinds.UnitNames,
        honour: Honour.Obsolete, into: PropagatesReloadTo);
    public static readonly Directive<UnitName[]> PropagateReloadFrom = new("PropagateReloadFrom", Kinds.UnitNames,
        honour: Honour.Obsolete, into: ReloadPropagatedFrom);
    public static readonly Directive<UnitName[]> RequiresOverridable = new("RequiresOverridable", Kinds.UnitNamesRequires,
        bus: "RequiresOverridable", use: BusUse.Set, honour: Honour.Obsolete, into: Requires);
    public static readonly Directive<UnitName[]> RequisiteOverridable = new("RequisiteOverridable", Kinds.UnitNamesRequisite,
        bus: "RequisiteOverridable", use: BusUse.Set, honour: Honour.Obsolete, into: Requisite);
    public static readonly Directive<ByteText[]> RequiresMountsFor = new("RequiresMountsFor", Kinds.MountedPaths,
        bus: "RequiresMountsFor", use: BusUse.Set | BusUse.Runtime, since: 201);
    public static readonly Directive<ByteText[]> WantsMountsFor = new("WantsMountsFor", Kinds.MountedPaths,
        bus: "WantsMountsFor", use: BusUse.Set | BusUse.Runtime, since: 256);

    public static readonly Directive<bool> StopWhenUnneeded = new("StopWhenUnneeded", Kinds.Bool, bus: "StopWhenUnneeded", since: 201);
    public static readonly Directive<bool> RefuseManualStart = new("RefuseManualStart", Kinds.Bool, bus: "RefuseManualStart", since: 201);
    public static readonly Directive<bool> RefuseManualStop = new("RefuseManualStop", Kinds.Bool, bus: "RefuseManualStop", since: 201);
    public static readonly Directive<bool> AllowIsolate = new("AllowIsolate", Kinds.Bool, bus: "AllowIsolate", since: 201);
    public static readonly Directive<bool> DefaultDependencies = new("DefaultDependencies", Kinds.Bool,
        def: true, bus: "DefaultDependencies", since: 201);
    public static readonly Directive<bool> SurviveFinalKillSignal = new("SurviveFinalKillSignal", Kinds.Bool, bus: "SurviveFinalKillSignal", since: 255);
    public static readonly Directive<JobMode> OnSuccessJobMode = new("OnSuccessJobMode", Kinds.JobMode,
        def: JobMode.Fail, bus: "OnSuccessJobMode", since: 209);
    public static readonly Directive<JobMode> OnFailureJobMode = new("OnFailureJobMode", Kinds.JobMode,
        def: JobMode.Replace, bus: "OnFailureJobMode", since: 209);
    public static readonly Directive<JobMode> OnFailureIsolate = new("OnFailureIsolate", Kinds.IsolateMode,
        honour: Honour.Obsolete, into: OnFailureJobMode);
    public static readonly Directive<JobMode> OnSuccesJobMode = new(null, Kinds.JobMode,
        bus: "OnSuccesJobMode", use: BusUse.Hidden, into: OnSuccessJobMode);
    public static readonly Directive<bool> IgnoreOnIsolate = new("IgnoreOnIsolate", Kinds.Bool, bus: "IgnoreOnIsolate", since: 201);
    public static readonly Directive<Usec> JobTimeoutSec = new("JobTimeoutSec", Kinds.JobUsec, def: Usec.Infinity, bus: "JobTimeoutUSec", use: BusUse.Shown, since: 201);
    public static readonly Directive<Usec> JobRunningTimeoutSec = new("JobRunningTimeoutSec", Kinds.JobUsec,
        def: Usec.Infinity, bus: "JobRunningTimeoutUSec", since: 201);
    public static readonly Directive<EmergencyAction> JobTimeoutAction = new("JobTimeoutAction", Kinds.EmergencyAction,
        bus: "JobTimeoutAction", since: 240);
    public static readonly Directive<ByteText> JobTimeoutRebootArgument = new("JobTimeoutRebootArgument", Kinds.Text,
        bus: "JobTimeoutRebootArgument", since: 240);
    public static readonly Directive<Usec> StartLimitIntervalSec = new("StartLimitIntervalSec", Kinds.Usec,
        def: new(10 * Usec.PerSec), bus: "StartLimitIntervalUSec", since: 229);
    public static readonly Directive<Usec> StartLimitInterval = new("StartLimitInterval", Kinds.Usec,
        bus: "StartLimitInterval", use: BusUse.Hidden, honour: Honour.Obsolete, into: StartLimitIntervalSec);
    public static readonly Directive<Usec> StartLimitIntervalSecOld = new(null, Kinds.Usec,
        bus: "StartLimitIntervalSec", use: BusUse.Hidden, into: StartLimitIntervalSec);
    public static readonly Directive<uint> StartLimitBurst = new("StartLimitBurst", Kinds.Unsigned, def: 5, bus: "StartLimitBurst", since: 229);
    public static readonly Directive<EmergencyAction> StartLimitAction = new("StartLimitAction", Kinds.EmergencyAction,
        bus: "StartLimitAction", since: 229);
    public static readonly Directive<EmergencyAction> FailureAction = new("FailureAction", Kinds.EmergencyAction, bus: "FailureAction", since: 236);
    public static readonly Directive<EmergencyAction> SuccessAction = new("SuccessAction", Kinds.EmergencyAction, bus: "SuccessAction", since: 236);
    public static readonly Directive<int> FailureActionExitStatus = new("FailureActionExitStatus", Kinds.ExitCode,
        def: -1, bus: "FailureActionExitStatus", since: 240);
    public static readonly Directive<int> SuccessActionExitStatus = new("SuccessActionExitStatus", Kinds.ExitCode,
        def: -1, bus: "SuccessActionExitStatus", since: 240);
    public static readonly Directive<ByteText> RebootArgument = new("RebootArgument", Kinds.Text, bus: "RebootArgument", since: 229);
    public static readonly Directive<CollectMode> CollectMode = new("CollectMode", Kinds.CollectMode, bus: "CollectMode", since: 236);

    // Conditions and asserts: one list each, filled by a row per type.
    public static readonly Directive<ConditionSpec[]> Conditions = new(null, Kinds.Conditions,
        bus: "Conditions", use: BusUse.Shown | BusUse.Set | BusUse.Runtime);
    public static readonly Directive<ConditionSpec[]> Asserts = new(null, Kinds.Asserts,
        bus: "Asserts", use: BusUse.Shown | BusUse.Set | BusUse.Runtime);
    public static readonly Directive<ConditionSpec[]> ConditionPathExists = new("ConditionPathExists", ConditionKinds.OfPathExists,
        since: 244, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionPathExistsGlob = new("ConditionPathExistsGlob", ConditionKinds.OfPathExistsGlob,
        since: 244, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionPathIsDirectory = new("ConditionPathIsDirectory", ConditionKinds.OfPathIsDirectory,
        since: 244, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionPathIsSymbolicLink = new("ConditionPathIsSymbolicLink", ConditionKinds.OfPathIsSymbolicLink,
        since: 244, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionPathIsMountPoint = new("ConditionPathIsMountPoint", ConditionKinds.OfPathIsMountPoint,
        since: 244, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionPathIsReadWrite = new("ConditionPathIsReadWrite", ConditionKinds.OfPathIsReadWrite,
        since: 244, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionPathIsEncrypted = new("ConditionPathIsEncrypted", ConditionKinds.OfPathIsEncrypted,
        since: 246, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionDirectoryNotEmpty = new("ConditionDirectoryNotEmpty", ConditionKinds.OfDirectoryNotEmpty,
        since: 244, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionFileNotEmpty = new("ConditionFileNotEmpty", ConditionKinds.OfFileNotEmpty,
        since: 244, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionFileIsExecutable = new("ConditionFileIsExecutable", ConditionKinds.OfFileIsExecutable,
        since: 244, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionNeedsUpdate = new("ConditionNeedsUpdate", ConditionKinds.OfNeedsUpdate,
        since: 244, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionFirstBoot = new("ConditionFirstBoot", ConditionKinds.OfFirstBoot,
        since: 244, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionArchitecture = new("ConditionArchitecture", ConditionKinds.OfArchitecture,
        since: 201, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionFirmware = new("ConditionFirmware", ConditionKinds.OfFirmware,
        since: 249, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionVirtualization = new("ConditionVirtualization", ConditionKinds.OfVirtualization,
        since: 244, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionHost = new("ConditionHost", ConditionKinds.OfHost, since: 244, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionKernelCommandLine = new("ConditionKernelCommandLine", ConditionKinds.OfKernelCommandLine,
        since: 244, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionKernelVersion = new("ConditionKernelVersion", ConditionKinds.OfKernelVersion,
        since: 244, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionCredential = new("ConditionCredential", ConditionKinds.OfCredential,
        since: 252, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionSecurity = new("ConditionSecurity", ConditionKinds.OfSecurity,
        since: 244, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionCapability = new("ConditionCapability", ConditionKinds.OfCapability,
        since: 244, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionACPower = new("ConditionACPower", ConditionKinds.OfACPower,
        since: 244, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionMemory = new("ConditionMemory", ConditionKinds.OfMemory, since: 244, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionCPUFeature = new("ConditionCPUFeature", ConditionKinds.OfCPUFeature,
        since: 248, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionCPUs = new("ConditionCPUs", ConditionKinds.OfCPUs, since: 244, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionEnvironment = new("ConditionEnvironment", ConditionKinds.OfEnvironment,
        since: 246, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionUser = new("ConditionUser", ConditionKinds.OfUser, since: 244, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionGroup = new("ConditionGroup", ConditionKinds.OfGroup, since: 244, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionControlGroupController = new("ConditionControlGroupController", ConditionKinds.OfControlGroupController,
        since: 244, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionOSRelease = new("ConditionOSRelease", ConditionKinds.OfOSRelease,
        since: 249, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionMemoryPressure = new("ConditionMemoryPressure", ConditionKinds.OfMemoryPressure,
        since: 250, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionCPUPressure = new("ConditionCPUPressure", ConditionKinds.OfCPUPressure,
        since: 250, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionIOPressure = new("ConditionIOPressure", ConditionKinds.OfIOPressure,
        since: 250, into: Conditions);
    public static readonly Directive<ConditionSpec[]> AssertPathExists = new("AssertPathExists", ConditionKinds.OfPathExists,
        since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertPathExistsGlob = new("AssertPathExistsGlob", ConditionKinds.OfPathExistsGlob,
        since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertPathIsDirectory = new("AssertPathIsDirectory", ConditionKinds.OfPathIsDirectory,
        since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertPathIsSymbolicLink = new("AssertPathIsSymbolicLink", ConditionKinds.OfPathIsSymbolicLink,
        since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertPathIsMountPoint = new("AssertPathIsMountPoint", ConditionKinds.OfPathIsMountPoint,
        since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertPathIsReadWrite = new("AssertPathIsReadWrite", ConditionKinds.OfPathIsReadWrite,
        since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertPathIsEncrypted = new("AssertPathIsEncrypted", ConditionKinds.OfPathIsEncrypted,
        since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertDirectoryNotEmpty = new("AssertDirectoryNotEmpty", ConditionKinds.OfDirectoryNotEmpty,
        since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertFileNotEmpty = new("AssertFileNotEmpty", ConditionKinds.OfFileNotEmpty,
        since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertFileIsExecutable = new("AssertFileIsExecutable", ConditionKinds.OfFileIsExecutable,
        since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertNeedsUpdate = new("AssertNeedsUpdate", ConditionKinds.OfNeedsUpdate,
        since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertFirstBoot = new("AssertFirstBoot", ConditionKinds.OfFirstBoot, since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertArchitecture = new("AssertArchitecture", ConditionKinds.OfArchitecture,
        since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertVirtualization = new("AssertVirtualization", ConditionKinds.OfVirtualization,
        since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertHost = new("AssertHost", ConditionKinds.OfHost, since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertKernelCommandLine = new("AssertKernelCommandLine", ConditionKinds.OfKernelCommandLine,
        since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertKernelVersion = new("AssertKernelVersion", ConditionKinds.OfKernelVersion,
        since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertCredential = new("AssertCredential", ConditionKinds.OfCredential,
        since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertSecurity = new("AssertSecurity", ConditionKinds.OfSecurity, since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertCapability = new("AssertCapability", ConditionKinds.OfCapability,
        since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertACPower = new("AssertACPower", ConditionKinds.OfACPower, since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertMemory = new("AssertMemory", ConditionKinds.OfMemory, since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertCPUFeature = new("AssertCPUFeature", ConditionKinds.OfCPUFeature,
        since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertCPUs = new("AssertCPUs", ConditionKinds.OfCPUs, since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertEnvironment = new("AssertEnvironment", ConditionKinds.OfEnvironment,
        since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertUser = new("AssertUser", ConditionKinds.OfUser, since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertGroup = new("AssertGroup", ConditionKinds.OfGroup, since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertControlGroupController = new("AssertControlGroupController", ConditionKinds.OfControlGroupController,
        since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertOSRelease = new("AssertOSRelease", ConditionKinds.OfOSRelease, since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertMemoryPressure = new("AssertMemoryPressure", ConditionKinds.OfMemoryPressure,
        since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertCPUPressure = new("AssertCPUPressure", ConditionKinds.OfCPUPressure,
        since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertIOPressure = new("AssertIOPressure", ConditionKinds.OfIOPressure,
        since: 218, into: Asserts);
    public static readonly Directive<ConditionSpec[]> ConditionPathIsSocket = new("ConditionPathIsSocket", ConditionKinds.OfPathIsSocket,
        since: 260, honour: Honour.Not, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionFraction = new("ConditionFraction", ConditionKinds.OfFraction,
        since: 261, honour: Honour.Not, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionVersion = new("ConditionVersion", ConditionKinds.OfVersion,
        since: 258, honour: Honour.Not, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionMachineTag = new("ConditionMachineTag", ConditionKinds.OfMachineTag,
        since: 261, honour: Honour.Not, into: Conditions);
    public static readonly Directive<ConditionSpec[]> ConditionKernelModuleLoaded = new("ConditionKernelModuleLoaded", ConditionKinds.OfKernelModuleLoaded,
        since: 258, honour: Honour.Not, into: Conditions);
    public static readonly Directive<ConditionSpec[]> AssertPathIsSocket = new("AssertPathIsSocket", ConditionKinds.OfPathIsSocket,
        since: 262, honour: Honour.Not, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertFraction = new("AssertFraction", ConditionKinds.OfFraction,
        since: 262, honour: Honour.Not, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertVersion = new("AssertVersion", ConditionKinds.OfVersion,
        since: 262, honour: Honour.Not, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertMachineTag = new("AssertMachineTag", ConditionKinds.OfMachineTag,
        since: 262, honour: Honour.Not, into: Asserts);
    public static readonly Directive<ConditionSpec[]> AssertKernelModuleLoaded = new("AssertKernelModuleLoaded", ConditionKinds.OfKernelModuleLoaded,
        since: 262, honour: Honour.Not, into: Asserts);

    public static readonly DirectiveTable Table = new("Unit", DirectiveIds.Unit,
    [
        Description, Documentation, SourcePath, Requires, Requisite, Wants, BindsTo, Upholds, Conflicts, Before, After, OnSuccess,
        OnFailure, PropagatesReloadTo, ReloadPropagatedFrom, PropagatesStopTo, StopPropagatedFrom, PartOf, JoinsNamespaceOf, BindTo,
        PropagateReloadTo, PropagateReloadFrom, RequiresOverridable, RequisiteOverridable, RequiresMountsFor, WantsMountsFor,
        StopWhenUnneeded, RefuseManualStart, RefuseManualStop, AllowIsolate, DefaultDependencies, SurviveFinalKillSignal, OnSuccessJobMode,
        OnFailureJobMode, OnFailureIsolate, OnSuccesJobMode, IgnoreOnIsolate, JobTimeoutSec, JobRunningTimeoutSec, JobTimeoutAction,
        JobTimeoutRebootArgument, StartLimitIntervalSec, StartLimitInterval, StartLimitIntervalSecOld, StartLimitBurst, StartLimitAction,
        FailureAction, SuccessAction, FailureActionExitStatus, SuccessActionExitStatus, RebootArgument, CollectMode, Conditions, Asserts,
        ConditionPathExists, ConditionPathExistsGlob, ConditionPathIsDirectory, ConditionPathIsSymbolicLink, ConditionPathIsMountPoint,
        ConditionPathIsReadWrite, ConditionPathIsEncrypted, ConditionDirectoryNotEmpty, ConditionFileNotEmpty, ConditionFileIsExecutable,
        ConditionNeedsUpdate, ConditionFirstBoot, ConditionArchitecture, ConditionFirmware, ConditionVirtualization, ConditionHost,
        ConditionKernelCommandLine, ConditionKernelVersion, ConditionCredential, ConditionSecurity, ConditionCapability, ConditionACPower,
        ConditionMemory, ConditionCPUFeature, ConditionCPUs, ConditionEnvironment, ConditionUser, ConditionGroup,
        ConditionControlGroupController, ConditionOSRelease, ConditionMemoryPressure, ConditionCPUPressure, ConditionIOPressure,
        AssertPathExists, AssertPathExistsGlob, AssertPathIsDirectory, AssertPathIsSymbolicLink, AssertPathIsMountPoint,
        AssertPathIsReadWrite, AssertPathIsEncrypted, AssertDirectoryNotEmpty, AssertFileNotEmpty, AssertFileIsExecutable,
        AssertNeedsUpdate, AssertFirstBoot, AssertArchitecture, AssertVirtualization, AssertHost, AssertKernelCommandLine,
        AssertKernelVersion, AssertCredential, AssertSecurity, AssertCapability, AssertACPower, AssertMemory, AssertCPUFeature, AssertCPUs,
        AssertEnvironment, AssertUser, AssertGroup, AssertControlGroupController, AssertOSRelease, AssertMemoryPressure, AssertCPUPressure,
        AssertIOPressure, ConditionPathIsSocket, ConditionFraction, ConditionVersion, ConditionMachineTag, ConditionKernelModuleLoaded,
        AssertPathIsSocket, AssertFraction, AssertVersion, AssertMachineTag, AssertKernelModuleLoaded,
    ]);
}
