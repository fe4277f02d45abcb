using SysMaster.Core.Logging;
using SysMaster.Core.Status;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>The kinds of values that directives share. Named by what they accept.</summary>
public static class Kinds
{
    /// <summary>What newer versions say of any value that is none: "Failed to parse KEY=VALUE, ignoring: Invalid argument".</summary>
    private const string FailedToParse = "Failed to parse {0}=", Invalid = ", ignoring: Invalid argument";

    public static readonly Kind<bool> Bool = new BoolKind();
    public static readonly Kind<bool> BoolFatal = new BoolKind(fatal: true);
    public static readonly Kind<bool> BoolOrEmpty = new BoolKind(emptyResets: true);
    public static readonly Kind<bool?> Tristate = new TristateKind();
    public static readonly Kind<uint> Unsigned = new UIntKind();
    public static readonly Kind<uint> TtySize = new UIntKind(emptyResets: true, busSignature: "q");
    public static readonly Kind<int> Int = new IntKind();
    public static readonly Kind<int> ExitCode = new IntKind(0, 255, "Failed to parse exit status '", "', ignoring: {1}", emptyResets: true,
        answer: "Exit status must be in range 0…255 or negative.", negativeUnsets: true);
    public static readonly Kind<int> Nice = new IntKind(-20, 19, "Failed to parse nice priority '", "', ignoring: {1}", "Nice priority out of range, ignoring: ", emptyResets: true, answer: "Invalid Nice value: {1}");
    public static readonly Kind<int> OomScoreAdjust = new IntKind(-1000, 1000, "Failed to parse the OOM score adjust value '", "', ignoring: {1}",
        "OOM score adjust value out of range, ignoring: ", emptyResets: true, answer: "OOM score adjust value out of range");
    public static readonly Kind<int> IoPriority = new IntKind(0, 7, "Failed to parse IO priority, ignoring: ", emptyResets: true, answer: "Invalid IO scheduling priority: {1}");
    public static readonly Kind<int> CpuPriority = new IntKind(1, 99, "Failed to parse CPU scheduling priority, ignoring: ", outOfRange: "CPU scheduling priority is out of range, ignoring: ", answer: "Invalid CPU scheduling priority: {1}");
    public static readonly Kind<long> Long = new LongKind();
    public static readonly Kind<uint> Mode = new ModeKind();
    public static readonly Kind<ulong> Size = new SizeKind();
    public static readonly Kind<Usec> Usec = new UsecKind();
    public static readonly Kind<Usec> PressureThreshold = new UsecKind(FailedToParse, after: Invalid);
    public static readonly Kind<Usec> UsecNotInfinity = new UsecKind(infinityResets: true);
    public static readonly Kind<Usec> UsecZeroIsInfinity = new UsecKind("Failed to parse {0}= parameter, ignoring: ", zeroIsInfinity: true);
    public static readonly Kind<Usec> StopUsec = new UsecKind("Failed to parse time value, ignoring: ", zeroIsInfinity: true);
    public static readonly Kind<Usec> AbortUsec = new UsecKind("Failed to parse {0}= setting, ignoring: ", emptyResets: true);
    public static readonly Kind<Usec> JobUsec = new UsecKind("Failed to parse {0}= parameter, ignoring: ", zeroIsInfinity: true);
    public static readonly Kind<Usec> UsecOrInfinity = new UsecKind("Failed to parse sec_def_infinity value, ignoring: ", emptyIsInfinity: true);
    public static readonly Kind<Usec> Watchdog = new WatchdogKind();
    public static readonly Kind<ulong> Nsec = new NsecKind();
    public static readonly Kind<int> Signal = new SignalKind();
    public static readonly Kind<int> ErrorNumber = new ErrnoKind();

    public static readonly Kind<ByteText> Text = new TextKind();
    public static readonly Kind<ByteText> PlainText = new TextKind(specifiers: false);
    public static readonly Kind<ByteText> Path = new TextKind(TextRule.Path);
    public static readonly Kind<ByteText> PathFatal = new TextKind(TextRule.Path, fatal: true);
    public static readonly Kind<ByteText> RunPath = new TextKind(TextRule.RunPath);
    public static readonly Kind<ByteText> User = new TextKind(TextRule.User, "Invalid user/group name or numeric ID: ", fatal: true);
    public static readonly Kind<ByteText> BusName = new TextKind(TextRule.BusName, "Invalid bus name, ignoring: ", emptyResets: false);
    public static readonly Kind<ByteText> Interface = new TextKind(TextRule.Interface, "Invalid interface name, ignoring: ", specifiers: false);
    public static readonly Kind<ByteText> FdName = new TextKind(TextRule.FdName, "Invalid file descriptor name, ignoring: ");
    public static readonly Kind<ByteText> LogNamespace = new TextKind(TextRule.Instance, "Specified log namespace name is not valid, ignoring: ", answer: "Log namespace name not valid");
    public static readonly Kind<ByteText> CgroupName = new TextKind(TextRule.FileName, "Invalid control group name, ignoring: ", specifiers: false);
    public static readonly Kind<ByteText> Personality = new TextKind(TextRule.Personality, "Failed to parse personality, ignoring: ", specifiers: false);
    public static readonly Kind<IgnorableText> Label = new LabelKind();
    public static readonly Kind<IgnorableText> LabelAsText = new LabelKind(setAsText: true);
    public static readonly Kind<WorkDir> WorkDir = new WorkDirKind();

    public static readonly Kind<UnitName[]> UnitNames = new UnitNameListKind();
    public static readonly Kind<UnitName[]> UnitNamesRequires = new UnitNameListKind(notice:
        "Unit dependency type RequiresOverridable= is obsolete, replacing by Requires=, please update your unit file");
    public static readonly Kind<UnitName[]> UnitNamesRequisite = new UnitNameListKind(notice:
        "Unit dependency type RequisiteOverridable= is obsolete, replacing by Requisite=, please update your unit file");
    public static readonly Kind<UnitName[]> SocketNames = new UnitNameListKind(UnitKind.Socket);
    public static readonly Kind<ByteText[]> InstallNames = new TextListKind(specifiers: false, unique: true);
    public static readonly Kind<UnitName> Slice = new UnitRefKind(UnitKind.Slice, "Failed to load slice unit ", ", ignoring: Unit name {1} is not valid.",
        otherType: "Failed to assign slice {1} to unit {2}, ignoring: Invalid argument");
    public static readonly Kind<UnitName> ServiceName = new UnitRefKind(UnitKind.Service, "Failed to load unit ", ", ignoring: Unit name {1} is not valid.",
        suffixFirst: "Unit must be of type service, ignoring: ");
    public static readonly Kind<UnitName> TriggeredName = new TriggeredUnitKind();

    public static readonly Kind<ByteText[]> Texts = new TextListKind();
    public static readonly Kind<OpenFileSpec[]> OpenFiles = new OpenFileKind();
    public static readonly Kind<ByteText[]> PlainTexts = new TextListKind(specifiers: false);
    public static readonly Kind<ByteText[]> Users = new TextListKind(TextRule.User, "Invalid user/group name or numeric ID: ", fatal: true);
    public static readonly Kind<ByteText[]> Uris = new UriListKind();
    public static readonly Kind<ByteText[]> LinkPaths = new PathListKind(prefixes: false, refusal: "Symlink path is not absolute: {1}");
    public static readonly Kind<ByteText[]> FilterPaths = new PathListKind(prefixes: false, form: SetForm.Whole, refusal: "{0}= expects a normalized absolute path.");
    public static readonly Kind<ByteText[]> MountedPaths = new PathListKind(prefixes: false, form: SetForm.LineEach,
        refusal: "Path specified in {0} is not absolute: {1}", unnormal: "Path specified in {0} is not normalized: {1}");
    public static readonly Kind<ByteText[]> PrefixedPaths = new PathListKind(form: SetForm.Words);
    public static readonly Kind<ByteText[]> SearchPath = new PathListKind(prefixes: false, separator: (byte)':');
    public static readonly Kind<ByteText[]> Environment = new EnvironmentKind();
    public static readonly Kind<ByteText[]> PassEnvironment = new EnvironmentNameKind(assignments: false);
    public static readonly Kind<ByteText[]> UnsetEnvironment = new EnvironmentNameKind(assignments: true);
    public static readonly Kind<OptionalPath[]> EnvironmentFiles = new EnvironmentFileKind();
    public static readonly Kind<ExecCommandSpec[]> Commands = new ExecCommandKind();
    public static readonly Kind<ExecCommandSpec[]> CommandsEx = new ExecCommandExKind();
    public static readonly Kind<ExitStatusList> ExitStatuses = new ExitStatusKind();

    public static readonly Kind<ExecInputSpec> Input = new ExecInputKind();
    public static readonly Kind<ExecInputSpec> InputFdName = new ExecInputViewKind(ExecInput.Fd);
    public static readonly Kind<ExecInputSpec> InputFile = new ExecInputViewKind(ExecInput.File);
    public static readonly Kind<ExecOutputSpec> Output = new ExecOutputKind();
    public static readonly Kind<ExecOutputSpec> StdoutFdName = new ExecOutputViewKind(ExecOutput.Fd, "stdout");
    public static readonly Kind<ExecOutputSpec> StderrFdName = new ExecOutputViewKind(ExecOutput.Fd, "stderr");
    public static readonly Kind<ExecOutputSpec> OutputFile = new ExecOutputViewKind(ExecOutput.File, "");
    public static readonly Kind<ExecOutputSpec> OutputAppend = new ExecOutputViewKind(ExecOutput.Append, "");
    public static readonly Kind<ExecOutputSpec> OutputTruncate = new ExecOutputViewKind(ExecOutput.Truncate, "");
    public static readonly Kind<byte[]> InputData = new StdinDataKind(asText: false);
    public static readonly Kind<byte[]> InputText = new StdinDataKind(asText: true);
    public static readonly Kind<int> SyslogPriority = new SyslogPriorityKind(SyslogPart.Both);
    public static readonly Kind<int> SyslogLevel = new SyslogPriorityKind(SyslogPart.Level);
    public static readonly Kind<int> SyslogFacility = new SyslogPriorityKind(SyslogPart.Facility);
    public static readonly Kind<ByteText[]> LogPatterns = new LogPatternKind();
    public static readonly Kind<ByteText[]> LogFields = new LogFieldKind();

    public static readonly Kind<Rlimit> Limit = new RlimitKind();
    public static readonly Kind<Rlimit> LimitBytes = new RlimitKind(RlimitUnit.Bytes);
    public static readonly Kind<Rlimit> LimitSec = new RlimitKind(RlimitUnit.Sec);
    public static readonly Kind<Rlimit> LimitUsec = new RlimitKind(RlimitUnit.Usec);
    public static readonly Kind<Rlimit> LimitNice = new RlimitKind(RlimitUnit.Nice);
    public static readonly Kind<Rlimit> LimitSoft = new SoftLimitKind();

    public static readonly Kind<CpuMask> Cpus = new CpuSetKind();
    public static readonly Kind<CpuMask> Affinity = new CpuSetKind(numa: true);
    public static readonly Kind<CpuMask> NumaNodes = new CpuSetKind(all: true, also: "Failed to parse NUMA node mask, ignoring: ");
    public static readonly Kind<CpuMask> AffinityFromNuma = new FromNumaKind();
    public static readonly Kind<ulong> BoundingSet = new FlagWordsKind(FlagWords.Capabilities, "t", "", inverts: true,
        whole: FlagWords.AllCapabilities, emptyIs: 0, initial: FlagWords.AllCapabilities);
    public static readonly Kind<ulong> AmbientSet = new FlagWordsKind(FlagWords.Capabilities, "t", "", inverts: true,
        whole: FlagWords.AllCapabilities, emptyIs: 0, initial: 0);
    public static readonly Kind<ulong> SecureBits = new FlagWordsKind(FlagWords.SecureBits, "i", "", whole: 63, initial: 0);
    public static readonly Kind<ulong> Namespaces = new FlagWordsKind(FlagWords.Namespaces, "t", "Failed to parse namespace type string, ignoring: ", inverts: true,
        FlagWords.NamespaceBits, booleans: true, whole: FlagWords.AllNamespaces, initial: FlagWords.AllNamespaces);
    public static readonly Kind<ulong> MountFlags = new MountFlagsKind();
    public static readonly Kind<ulong> CoredumpFilter = new CoredumpFilterKind();
    public static readonly Kind<FilterList> SystemCalls = new FilterKind(FilterRuleText.SystemCalls);
    public static readonly Kind<FilterList> SystemCallsOnly = new FilterKind(FilterRuleText.SystemCallsOnly);
    public static readonly Kind<FilterList> AddressFamilyFilter = new FilterKind(FilterRuleText.AddressFamilies);
    public static readonly Kind<FilterList> FileSystemFilter = new FilterKind(FilterRuleText.FileSystems);
    public static readonly Kind<FilterList> InterfaceFilter = new FilterKind(FilterRuleText.Interfaces);
    public static readonly Kind<ByteText[]> SystemCallArchitectures = new SyscallArchKind();

    public static readonly Kind<BindMount[]> BindMounts = new BindMountKind();
    public static readonly Kind<TextPair[]> TemporaryFileSystems = new PairKind(PairRule.PathAndOptions);
    public static readonly Kind<TextPair[]> ImageOptions = new PairKind(PairRule.PartitionAndOptions);
    public static readonly Kind<TextPair[]> LoadCredentials = new PairKind(PairRule.IdAndPath);
    public static readonly Kind<TextPair[]> BpfPrograms = new PairKind(PairRule.AttachAndPath);
    public static readonly Kind<TextPair[]> Devices = new PairKind(PairRule.DeviceAndPermissions);
    public static readonly Kind<ImageMount[]> MountImages = new ImageMountKind(extension: false);
    public static readonly Kind<ImageMount[]> ExtensionImages = new ImageMountKind(extension: true);
    public static readonly Kind<ExecDirectory[]> Directories = new ExecDirectoryKind();
    public static readonly Kind<ExecDirectory[]> DirectoriesPlain = new ExecDirectoryKind(links: false);
    public static readonly Kind<ExecDirectory[]> DirectoryLinks = new ExecDirectoryLinkKind();
    public static readonly Kind<ByteText[]> CredentialGlobs = new CredentialGlobKind();
    public static readonly Kind<Credential[]> Credentials = new CredentialKind(encrypted: false);
    public static readonly Kind<Credential[]> CredentialsEncrypted = new CredentialKind(encrypted: true);
    public static readonly Kind<HashOrPath> RootHash = new HashKind(base64: false);
    public static readonly Kind<HashOrPath> RootHashSignature = new HashKind(base64: true);
    public static readonly Kind<HashOrPath> HashPath = new HashPathKind();

    public static readonly Kind<ulong> CpuWeight = new WeightKind(1, 10_000, "Invalid CPU weight, ignoring: ", hasIdle: true);
    public static readonly Kind<ulong> IoWeight = new WeightKind(1, 10_000, "Invalid weight, ignoring: ");
    public static readonly Kind<ulong> CpuShares = new WeightKind(2, 262_144, "Invalid CPU shares, ignoring: ",
        notice: "Unit uses {0}=; please use CPUWeight= instead. Support for {0}= will be removed soon.");
    public static readonly Kind<ulong> BlockIoWeight = new WeightKind(10, 1_000, "Invalid block IO weight, ignoring: ");
    public static readonly Kind<Usec> CpuQuota = new CpuQuotaKind();
    public static readonly Kind<Amount> Memory = new AmountKind();
    public static readonly Kind<Amount> MemoryAboveZero = new AmountKind(zero: false);
    public static readonly Kind<Amount> MemoryV1 = new AmountKind(zero: false, notice: "Unit uses {0}=; please use MemoryMax= instead. Support for {0}= will be removed soon.");
    public static readonly Kind<Amount> Tasks = new AmountKind(ofTasks: true, zero: false);
    public static readonly Kind<Amount> Scale = new ScaleKind();
    public static readonly Kind<Amount> ScaleAboveZero = new ScaleKind(zero: false);
    public static readonly Kind<Amount> TasksScale = new ScaleKind(zero: false, all: false);
    public static readonly Kind<uint> Pressure = new ManagedOomKind<uint>(new PressureKind());
    public static readonly Kind<DeviceAmount[]> DeviceWeights = new DeviceAmountKind(DeviceAmountUnit.Weight);
    public static readonly Kind<DeviceAmount[]> DeviceBlockWeights = new DeviceAmountKind(DeviceAmountUnit.BlockWeight);
    public static readonly Kind<DeviceAmount[]> DeviceBandwidths = new DeviceAmountKind(DeviceAmountUnit.Bandwidth);
    public static readonly Kind<DeviceAmount[]> DeviceBlockBandwidths = new DeviceAmountKind(DeviceAmountUnit.BlockBandwidth);
    public static readonly Kind<DeviceAmount[]> DeviceLatencies = new DeviceAmountKind(DeviceAmountUnit.Latency);
    public static readonly Kind<IpPrefix[]> IpPrefixes = new IpPrefixKind();
    public static readonly Kind<SocketBindRule[]> SocketBinds = new SocketBindKind();
    public static readonly Kind<Delegation> Delegate = new DelegateKind();
    public static readonly Kind<Delegation> DelegateControllers = new DelegateControllersKind();
    public static readonly Kind<Controllers> DisableControllers = new ControllersKind();
    public static readonly Kind<ConditionSpec[]> Conditions = new ConditionKind(asserts: false);
    public static readonly Kind<ConditionSpec[]> Asserts = new ConditionKind(asserts: true);

    public static readonly Kind<JobMode> JobMode = new EnumKind<JobMode>("Failed to parse job mode, ignoring: ", 
    [
        "fail", "replace", "replace-irreversibly", "isolate", "flush", "ignore-dependencies", "ignore-requirements", "triggering",
        "restart-dependencies",
    ]);
    public static readonly Kind<JobMode> IsolateMode = new OnFailureIsolateKind();
    public static readonly Kind<EmergencyAction> EmergencyAction = new EnumKind<EmergencyAction>("Failed to parse {0}=, ignoring: ", 
    [
        "none", "reboot", "reboot-force", "reboot-immediate", "poweroff", "poweroff-force", "poweroff-immediate", "exit", "exit-force",
        "soft-reboot", "soft-reboot-force", "kexec", "kexec-force", "halt", "halt-force", "halt-immediate",
    ]);
    public static readonly Kind<CollectMode> CollectMode = new EnumKind<CollectMode>("Failed to parse garbage collection mode, ignoring: ", ["inactive", "inactive-or-failed"]);
    public static readonly Kind<KillMode> KillMode = new EnumKind<KillMode>("Failed to parse kill mode specification, ignoring: ", ["control-group", "process", "mixed", "none"], emptyResets: true,
        caution: ("none", "Unit uses KillMode=none. This is unsafe, as it disables systemd's process lifecycle management for the service. Please update the service to "
            + "use a safer KillMode=, such as 'mixed' or 'control-group'. Support for KillMode=none is deprecated and will eventually be removed."));
    public static readonly Kind<ExecKeyringMode> KeyringMode = new EnumKind<ExecKeyringMode>("Failed to parse keyring mode, ignoring: ", ["inherit", "private", "shared"]);
    public static readonly Kind<ExecUtmpMode> UtmpMode = new EnumKind<ExecUtmpMode>("Failed to parse utmp mode, ignoring: ", ["init", "login", "user"]);
    public static readonly Kind<ExecPreserveMode> PreserveMode = new EnumKind<ExecPreserveMode>("Failed to parse runtime directory preserve mode, ignoring: ", ["no", "yes", "restart"], yes: 1, no: 0);
    public static readonly Kind<ExecPreserveMode> FdPreserveMode = new EnumKind<ExecPreserveMode>(FailedToParse, ["no", "yes", "restart"], yes: 1, no: 0, after: Invalid);
    public static readonly Kind<ProtectSystem> ProtectSystem = new EnumKind<ProtectSystem>("Failed to parse protect system value, ignoring: ", ["no", "yes", "full", "strict"], yes: 1, no: 0);
    public static readonly Kind<ProtectHome> ProtectHome = new EnumKind<ProtectHome>("Failed to parse protect home value, ignoring: ", ["no", "yes", "read-only", "tmpfs"], yes: 1, no: 0);
    public static readonly Kind<ProtectProc> ProtectProc = new EnumKind<ProtectProc>("Failed to parse /proc/ protection mode, ignoring: ", ["default", "noaccess", "invisible", "ptraceable"]);
    public static readonly Kind<ProcSubset> ProcSubset = new EnumKind<ProcSubset>("Failed to parse /proc/ subset mode, ignoring: ", ["all", "pid"]);
    public static readonly Kind<IoClass> IoClass = new EnumKind<IoClass>("Failed to parse IO scheduling class, ignoring: ", ["", "realtime", "best-effort", "idle"], number: true, emptyResets: true, aliases: ["none", "best-effort", "0", "best-effort"], numbers: true, answer: "Invalid IO scheduling class: {1}");
    public static readonly Kind<SchedPolicy> SchedPolicy = new EnumKind<SchedPolicy>("Failed to parse CPU scheduling policy, ignoring: ", ["other", "fifo", "rr", "batch", "", "idle"], number: true, emptyResets: true, numbers: true, answer: "Invalid CPU scheduling policy: {1}");
    public static readonly Kind<NumaPolicy> NumaPolicy = new EnumKind<NumaPolicy>("Invalid NUMA policy type, ignoring: ", ["default", "preferred", "bind", "interleave", "local"], number: true, emptyResets: true, answer: "Invalid NUMAPolicy value: {1}");
    public static readonly Kind<DevicePolicy> DevicePolicy = new EnumKind<DevicePolicy>("Failed to parse device policy, ignoring: ", ["auto", "closed", "strict"], answer: "Failed to set unit properties: Invalid argument");
    public static readonly Kind<ManagedOomMode> ManagedOomMode = new ManagedOomKind<ManagedOomMode>(new EnumKind<ManagedOomMode>("Invalid syntax, ignoring: ", ["auto", "kill"], emptyResets: true, answer: "Failed to set unit properties: Invalid argument"));
    public static readonly Kind<ManagedOomPreference> ManagedOomPreference = new EnumKind<ManagedOomPreference>("Failed to parse ManagedOOMPreference=, ignoring: ", ["none", "avoid", "omit"], answer: "Failed to set unit properties: Invalid argument");
    public static readonly Kind<OomPolicy> OomPolicy = new EnumKind<OomPolicy>("Failed to parse OOM policy, ignoring: ", ["continue", "stop", "kill"]);
    public static readonly Kind<PressureWatch> PressureWatch = new EnumKind<PressureWatch>(FailedToParse, ["off", "auto", "on", "skip"], yes: 2, no: 0, after: Invalid);
    public static readonly Kind<LogLevel> LogLevel = new EnumKind<LogLevel>("Failed to parse log level, ignoring: ", ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"], number: true, numbers: true, setAsNumber: true);
    public static readonly Kind<LogLevel> LogLevelWord = new EnumKind<LogLevel>("Failed to parse log level, ignoring: ", ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"], numbers: true);
    public static readonly Kind<LogTarget> LogTarget = new EnumKind<LogTarget>("Failed to parse log target, ignoring: ", 
    [
        "console", "console-prefixed", "kmsg", "journal", "journal-or-kmsg", "syslog", "syslog-or-kmsg", "auto", "null",
    ]);
    public static readonly Kind<ShowStatus> ShowStatus = new EnumKind<ShowStatus>("Failed to parse show status setting, ignoring: ", ["no", "error", "auto", "temporary", "yes"], yes: 4, no: 0);
    public static readonly Kind<StatusUnitFormat> StatusUnitFormat = new EnumKind<StatusUnitFormat>("Failed to parse status unit format, ignoring: ", ["combined", "description", "name"]);
    public static readonly Kind<CrashAction> CrashAction = new EnumKind<CrashAction>("Failed to parse crash action, ignoring: ", ["freeze", "reboot", "poweroff"]);

    // With their own type: other kinds ask them for words.
    public static readonly EnumKind<ConditionType> ConditionTypes = new EnumKind<ConditionType>("Invalid condition type: ", 
    [
        "Architecture", "Firmware", "Virtualization", "Host", "KernelCommandLine", "KernelVersion", "Credential", "Security", "Capability",
        "ACPower", "NeedsUpdate", "FirstBoot", "PathExists", "PathExistsGlob", "PathIsDirectory", "PathIsSymbolicLink", "PathIsMountPoint",
        "PathIsReadWrite", "PathIsEncrypted", "DirectoryNotEmpty", "FileNotEmpty", "FileIsExecutable", "User", "Group",
        "ControlGroupController", "CPUs", "Memory", "Environment", "CPUFeature", "OSRelease", "MemoryPressure", "CPUPressure", "IOPressure",
        "PathIsSocket", "Fraction", "Version", "MachineTag", "KernelModuleLoaded",
    ]);
    public static readonly EnumKind<ExecInput> ExecInputs = new EnumKind<ExecInput>("Failed to parse input specifier, ignoring: ", ["null", "tty", "tty-force", "tty-fail", "socket", "fd", "data", "file"]);
    public static readonly EnumKind<ExecOutput> ExecOutputs = new EnumKind<ExecOutput>("Failed to parse output specifier, ignoring: ", 
    [
        "inherit", "null", "tty", "kmsg", "kmsg+console", "journal", "journal+console", "socket", "fd", "file", "append", "truncate",
    ]);
    public static readonly EnumKind<LogLevel> LogLevels = new EnumKind<LogLevel>("Failed to parse log level, ignoring: ", ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"], number: true);
    public static readonly EnumKind<LogFacility> LogFacilities = new EnumKind<LogFacility>("Failed to parse log facility, ignoring: ", 
    [
        "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp", "", "", "", "", "local0",
        "local1", "local2", "local3", "local4", "local5", "local6", "local7",
    ], number: true);
}
