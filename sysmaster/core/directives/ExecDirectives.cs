using SysMaster.Core.Logging;
using SysMaster.Linux;

namespace SysMaster.Core.Directives;

/// <summary>How processes are set up: [Service], [Socket], [Mount], [Swap]. man 5 systemd.exec.</summary>
public static partial class ExecDirectives
{
    public static readonly Directive<WorkDir> WorkingDirectory = new("WorkingDirectory", Kinds.WorkDir, bus: "WorkingDirectory");
    public static readonly Directive<ByteText> RootDirectory = new("RootDirectory", Kinds.PathFatal, bus: "RootDirectory");
    public static readonly Directive<ByteText> RootImage = new("RootImage", Kinds.PathFatal, bus: "RootImage", since: 233, honour: Honour.Not);
    public static readonly Directive<TextPair[]> RootImageOptions = new("RootImageOptions", Kinds.ImageOptions,
        bus: "RootImageOptions", since: 247, honour: Honour.Not);
    public static readonly Directive<ByteText> RootImagePolicy = new("RootImagePolicy", Kinds.PlainText,
        bus: "RootImagePolicy", since: 254, honour: Honour.Not);
    public static readonly Directive<bool> RootEphemeral = new("RootEphemeral", Kinds.Bool, bus: "RootEphemeral", since: 254, honour: Honour.Not);
    public static readonly Directive<ByteText> RootMStack = new("RootMStack", Kinds.Path, since: 260, honour: Honour.Not);
    public static readonly Directive<HashOrPath> RootHash = new("RootHash", Kinds.RootHash, bus: "RootHash", since: 246, honour: Honour.Not);
    public static readonly Directive<HashOrPath> RootHashPath = new(null, Kinds.HashPath, bus: "RootHashPath", into: RootHash);
    public static readonly Directive<HashOrPath> RootHashSignature = new("RootHashSignature", Kinds.RootHashSignature,
        bus: "RootHashSignature", since: 246, honour: Honour.Not);
    public static readonly Directive<HashOrPath> RootHashSignaturePath = new(null, Kinds.HashPath,
        bus: "RootHashSignaturePath", into: RootHashSignature);
    public static readonly Directive<ByteText> RootVerity = new("RootVerity", Kinds.PathFatal, bus: "RootVerity", since: 246, honour: Honour.Not);
    public static readonly Directive<ByteText[]> ExtensionDirectories = new("ExtensionDirectories", Kinds.PrefixedPaths,
        bus: "ExtensionDirectories", since: 251);
    public static readonly Directive<ImageMount[]> ExtensionImages = new("ExtensionImages", Kinds.ExtensionImages,
        bus: "ExtensionImages", since: 248, honour: Honour.Not);
    public static readonly Directive<ByteText> ExtensionImagePolicy = new("ExtensionImagePolicy", Kinds.PlainText,
        bus: "ExtensionImagePolicy", since: 254, honour: Honour.Not);
    public static readonly Directive<ImageMount[]> MountImages = new("MountImages", Kinds.MountImages,
        bus: "MountImages", since: 247, honour: Honour.Not);
    public static readonly Directive<ByteText> MountImagePolicy = new("MountImagePolicy", Kinds.PlainText,
        bus: "MountImagePolicy", since: 254, honour: Honour.Not);

    public static readonly Directive<ByteText> User = new("User", Kinds.User, bus: "User");
    public static readonly Directive<ByteText> Group = new("Group", Kinds.User, bus: "Group");
    public static readonly Directive<ByteText[]> SupplementaryGroups = new("SupplementaryGroups", Kinds.Users, bus: "SupplementaryGroups");
    public static readonly Directive<bool> DynamicUser = new("DynamicUser", Kinds.BoolFatal, bus: "DynamicUser", since: 232);
    public static readonly Directive<bool?> SetLoginEnvironment = new("SetLoginEnvironment", Kinds.Tristate, bus: "SetLoginEnvironment", since: 255);
    public static readonly Directive<ByteText> PAMName = new("PAMName", Kinds.Text, bus: "PAMName");

    public static readonly Directive<int> Nice = new("Nice", Kinds.Nice, bus: "Nice");
    public static readonly Directive<int> OOMScoreAdjust = new("OOMScoreAdjust", Kinds.OomScoreAdjust, bus: "OOMScoreAdjust");
    public static readonly Directive<ulong> CoredumpFilter = new("CoredumpFilter", Kinds.CoredumpFilter,
        def: CoredumpFilterKind.Default, bus: "CoredumpFilter", since: 246);
    public static readonly Directive<IoClass> IOSchedulingClass = new("IOSchedulingClass", Kinds.IoClass,
        def: IoClass.BestEffort, bus: "IOSchedulingClass");
    public static readonly Directive<int> IOSchedulingPriority = new("IOSchedulingPriority", Kinds.IoPriority, def: 4, bus: "IOSchedulingPriority");
    public static readonly Directive<SchedPolicy> CPUSchedulingPolicy = new("CPUSchedulingPolicy", Kinds.SchedPolicy, bus: "CPUSchedulingPolicy");
    public static readonly Directive<int> CPUSchedulingPriority = new("CPUSchedulingPriority", Kinds.CpuPriority, bus: "CPUSchedulingPriority");
    public static readonly Directive<bool> CPUSchedulingResetOnFork = new("CPUSchedulingResetOnFork", Kinds.Bool, bus: "CPUSchedulingResetOnFork");
    public static readonly Directive<CpuMask> CPUAffinity = new("CPUAffinity", Kinds.Affinity, bus: "CPUAffinity");
    public static readonly Directive<CpuMask> CPUAffinityFromNUMA = new(null, Kinds.AffinityFromNuma, bus: "CPUAffinityFromNUMA", into: CPUAffinity);
    public static readonly Directive<NumaPolicy> NUMAPolicy = new("NUMAPolicy", Kinds.NumaPolicy,
        def: (NumaPolicy)(-1), bus: "NUMAPolicy", since: 243);
    public static readonly Directive<CpuMask> NUMAMask = new("NUMAMask", Kinds.NumaNodes, bus: "NUMAMask", since: 243);
    public static readonly Directive<uint> UMask = new("UMask", Kinds.Mode, def: 0x12, bus: "UMask");
    public static readonly Directive<ulong> TimerSlackNSec = new("TimerSlackNSec", Kinds.Nsec, def: 50_000, bus: "TimerSlackNSec");
    public static readonly Directive<bool?> MemoryKSM = new("MemoryKSM", Kinds.Tristate, bus: "MemoryKSM", since: 254);
    public static readonly Directive<ByteText> MemoryTHP = new("MemoryTHP", Kinds.PlainText, since: 260, honour: Honour.Not);

    public static readonly Directive<ByteText[]> Environment = new("Environment", Kinds.Environment, bus: "Environment");
    public static readonly Directive<OptionalPath[]> EnvironmentFile = new("EnvironmentFile", Kinds.EnvironmentFiles, bus: "EnvironmentFiles");
    public static readonly Directive<ByteText[]> PassEnvironment = new("PassEnvironment", Kinds.PassEnvironment, bus: "PassEnvironment", since: 228);
    public static readonly Directive<ByteText[]> UnsetEnvironment = new("UnsetEnvironment", Kinds.UnsetEnvironment,
        bus: "UnsetEnvironment", since: 235);

    public static readonly Directive<ExecInputSpec> StandardInput = new("StandardInput", Kinds.Input, bus: "StandardInput");
    public static readonly Directive<ExecInputSpec> StandardInputFileDescriptorName = new(null, Kinds.InputFdName,
        bus: "StandardInputFileDescriptorName", into: StandardInput);
    public static readonly Directive<ExecInputSpec> StandardInputFile = new(null, Kinds.InputFile,
        bus: "StandardInputFile", use: BusUse.Set, into: StandardInput);
    public static readonly Directive<ExecOutputSpec> StandardOutput = new("StandardOutput", Kinds.Output,
        def: new(ExecOutput.Journal), bus: "StandardOutput");
    public static readonly Directive<ExecOutputSpec> StandardOutputFileDescriptorName = new(null, Kinds.StdoutFdName,
        bus: "StandardOutputFileDescriptorName", into: StandardOutput);
    public static readonly Directive<ExecOutputSpec> StandardOutputFile = new(null, Kinds.OutputFile,
        bus: "StandardOutputFile", use: BusUse.Set, into: StandardOutput);
    public static readonly Directive<ExecOutputSpec> StandardOutputFileToAppend = new(null, Kinds.OutputAppend,
        bus: "StandardOutputFileToAppend", use: BusUse.Set, into: StandardOutput);
    public static readonly Directive<ExecOutputSpec> StandardOutputFileToTruncate = new(null, Kinds.OutputTruncate,
        bus: "StandardOutputFileToTruncate", use: BusUse.Set, into: StandardOutput);
    public static readonly Directive<ExecOutputSpec> StandardError = new("StandardError", Kinds.Output,
        def: new(ExecOutput.Inherit), bus: "StandardError");
    public static readonly Directive<ExecOutputSpec> StandardErrorFileDescriptorName = new(null, Kinds.StderrFdName,
        bus: "StandardErrorFileDescriptorName", into: StandardError);
    public static readonly Directive<ExecOutputSpec> StandardErrorFile = new(null, Kinds.OutputFile,
        bus: "StandardErrorFile", use: BusUse.Set, into: StandardError);
    public static readonly Directive<ExecOutputSpec> StandardErrorFileToAppend = new(null, Kinds.OutputAppend,
        bus: "StandardErrorFileToAppend", use: BusUse.Set, into: StandardError);
    public static readonly Directive<ExecOutputSpec> StandardErrorFileToTruncate = new(null, Kinds.OutputTruncate,
        bus: "StandardErrorFileToTruncate", use: BusUse.Set, into: StandardError);
    public static readonly Directive<byte[]> StandardInputData = new("StandardInputData", Kinds.InputData, bus: "StandardInputData", since: 236);
    public static readonly Directive<byte[]> StandardInputText = new("StandardInputText", Kinds.InputText, since: 236, into: StandardInputData);
    public static readonly Directive<ByteText> TTYPath = new("TTYPath", Kinds.Path, bus: "TTYPath");
    public static readonly Directive<bool> TTYReset = new("TTYReset", Kinds.Bool, bus: "TTYReset");
    public static readonly Directive<bool> TTYVHangup = new("TTYVHangup", Kinds.Bool, bus: "TTYVHangup");
    public static readonly Directive<bool> TTYVTDisallocate = new("TTYVTDisallocate", Kinds.Bool, bus: "TTYVTDisallocate");
    public static readonly Directive<uint> TTYRows = new("TTYRows", Kinds.TtySize, def: uint.MaxValue, bus: "TTYRows", since: 250);
    public static readonly Directive<uint> TTYColumns = new("TTYColumns", Kinds.TtySize, def: uint.MaxValue, bus: "TTYColumns", since: 250);
    public static readonly Directive<bool> NonBlocking = new(null, Kinds.Bool, bus: "NonBlocking");

    public static readonly Directive<ByteText> SyslogIdentifier = new("SyslogIdentifier", Kinds.Text, bus: "SyslogIdentifier");
    // 30: daemon.info
    public static readonly Directive<int> SyslogPriority = new(null, Kinds.SyslogPriority, def: 30, bus: "SyslogPriority", use: BusUse.Shown);
    public static readonly Directive<int> SyslogFacility = new("SyslogFacility", Kinds.SyslogFacility, bus: "SyslogFacility", into: SyslogPriority);
    public static readonly Directive<int> SyslogLevel = new("SyslogLevel", Kinds.SyslogLevel, bus: "SyslogLevel", into: SyslogPriority);
    public static readonly Directive<bool> SyslogLevelPrefix = new("SyslogLevelPrefix", Kinds.Bool, def: true, bus: "SyslogLevelPrefix");
    public static readonly Directive<LogLevel> LogLevelMax = new("LogLevelMax", Kinds.LogLevel,
        def: (LogLevel)(-1), bus: "LogLevelMax", since: 236);
    public static readonly Directive<Usec> LogRateLimitIntervalSec = new("LogRateLimitIntervalSec", Kinds.Usec,
        bus: "LogRateLimitIntervalUSec", since: 240);
    public static readonly Directive<uint> LogRateLimitBurst = new("LogRateLimitBurst", Kinds.Unsigned,
        bus: "LogRateLimitBurst", since: 240);
    public static readonly Directive<ByteText[]> LogExtraFields = new("LogExtraFields", Kinds.LogFields,
        bus: "LogExtraFields", since: 236);
    public static readonly Directive<ByteText> LogNamespace = new("LogNamespace", Kinds.LogNamespace,
        bus: "LogNamespace", since: 245);
    public static readonly Directive<ByteText[]> LogFilterPatterns = new("LogFilterPatterns", Kinds.LogPatterns, bus: "LogFilterPatterns", since: 253);

    public static readonly Directive<ulong> SecureBits = new("SecureBits", Kinds.SecureBits, bus: "SecureBits");
    public static readonly Directive<ulong> CapabilityBoundingSet = new("CapabilityBoundingSet", Kinds.BoundingSet,
        def: FlagWords.AllCapabilities, bus: "CapabilityBoundingSet");
    public static readonly Directive<ulong> AmbientCapabilities = new("AmbientCapabilities", Kinds.AmbientSet,
        bus: "AmbientCapabilities", since: 229);
    public static readonly Directive<bool> NoNewPrivileges = new("NoNewPrivileges", Kinds.Bool, bus: "NoNewPrivileges", since: 187);
    public static readonly Directive<ExecKeyringMode> KeyringMode = new("KeyringMode", Kinds.KeyringMode,
        def: ExecKeyringMode.Private, bus: "KeyringMode", since: 235);
    public static readonly Directive<ProtectProc> ProtectProc = new("ProtectProc", Kinds.ProtectProc, bus: "ProtectProc", since: 247);
    public static readonly Directive<ProcSubset> ProcSubset = new("ProcSubset", Kinds.ProcSubset, bus: "ProcSubset", since: 247);
    public static readonly Directive<FilterList> SystemCallFilter = new("SystemCallFilter", Kinds.SystemCalls, bus: "SystemCallFilter", since: 187);
    public static readonly Directive<ByteText[]> SystemCallArchitectures = new("SystemCallArchitectures", Kinds.SystemCallArchitectures,
        bus: "SystemCallArchitectures", since: 209);
    public static readonly Directive<int> SystemCallErrorNumber = new("SystemCallErrorNumber", Kinds.ErrorNumber,
        def: FilterRule.Kill, bus: "SystemCallErrorNumber", since: 209);
    public static readonly Directive<FilterList> SystemCallLog = new("SystemCallLog", Kinds.SystemCallsOnly,
        bus: "SystemCallLog", since: 247);
    public static readonly Directive<bool> MemoryDenyWriteExecute = new("MemoryDenyWriteExecute", Kinds.Bool,
        bus: "MemoryDenyWriteExecute", since: 231);
    public static readonly Directive<ulong> RestrictNamespaces = new("RestrictNamespaces", Kinds.Namespaces,
        def: FlagWords.AllNamespaces, bus: "RestrictNamespaces", since: 233);
    public static readonly Directive<ulong> DelegateNamespaces = new("DelegateNamespaces", Kinds.Namespaces, def: 0, since: 258, honour: Honour.Not);
    public static readonly Directive<bool> RestrictRealtime = new("RestrictRealtime", Kinds.Bool, bus: "RestrictRealtime", since: 231);
    public static readonly Directive<bool> RestrictSUIDSGID = new("RestrictSUIDSGID", Kinds.Bool, bus: "RestrictSUIDSGID", since: 242);
    public static readonly Directive<FilterList> RestrictAddressFamilies = new("RestrictAddressFamilies", Kinds.AddressFamilyFilter,
        bus: "RestrictAddressFamilies", since: 211);
    public static readonly Directive<bool> LockPersonality = new("LockPersonality", Kinds.Bool, bus: "LockPersonality", since: 235);
    public static readonly Directive<FilterList> RestrictFileSystems = new("RestrictFileSystems", Kinds.FileSystemFilter,
        bus: "RestrictFileSystems", since: 250, honour: Honour.Not);
    public static readonly Directive<ByteText> Personality = new("Personality", Kinds.Personality,
        bus: "Personality", since: 209);
    public static readonly Directive<ByteText> PrivateBPF = new("PrivateBPF", Kinds.PlainText, since: 258, honour: Honour.Not);
    public static readonly Directive<ByteText> BPFDelegateCommands = new("BPFDelegateCommands", Kinds.PlainText, since: 258, honour: Honour.Not);
    public static readonly Directive<ByteText> BPFDelegateMaps = new("BPFDelegateMaps", Kinds.PlainText, since: 258, honour: Honour.Not);
    public static readonly Directive<ByteText> BPFDelegatePrograms = new("BPFDelegatePrograms", Kinds.PlainText, since: 258, honour: Honour.Not);
    public static readonly Directive<ByteText> BPFDelegateAttachments = new("BPFDelegateAttachments", Kinds.PlainText,
        since: 258, honour: Honour.Not);

    public static readonly Directive<Rlimit> LimitCPU = new("LimitCPU", Kinds.LimitSec, def: Rlimit.None, bus: "LimitCPU");
    public static readonly Directive<Rlimit> LimitCPUSoft = new(null, Kinds.LimitSoft, bus: "LimitCPUSoft", into: LimitCPU);
    public static readonly Directive<Rlimit> LimitFSIZE = new("LimitFSIZE", Kinds.LimitBytes, def: Rlimit.None, bus: "LimitFSIZE");
    public static readonly Directive<Rlimit> LimitFSIZESoft = new(null, Kinds.LimitSoft, bus: "LimitFSIZESoft", into: LimitFSIZE);
    public static readonly Directive<Rlimit> LimitDATA = new("LimitDATA", Kinds.LimitBytes, def: Rlimit.None, bus: "LimitDATA");
    public static readonly Directive<Rlimit> LimitDATASoft = new(null, Kinds.LimitSoft, bus: "LimitDATASoft", into: LimitDATA);
    public static readonly Directive<Rlimit> LimitSTACK = new("LimitSTACK", Kinds.LimitBytes, def: Rlimit.None, bus: "LimitSTACK");
    public static readonly Directive<Rlimit> LimitSTACKSoft = new(null, Kinds.LimitSoft, bus: "LimitSTACKSoft", into: LimitSTACK);
    public static readonly Directive<Rlimit> LimitCORE = new("LimitCORE", Kinds.LimitBytes, def: Rlimit.None, bus: "LimitCORE");
    public static readonly Directive<Rlimit> LimitCORESoft = new(null, Kinds.LimitSoft, bus: "LimitCORESoft", into: LimitCORE);
    public static readonly Directive<Rlimit> LimitRSS = new("LimitRSS", Kinds.LimitBytes, def: Rlimit.None, bus: "LimitRSS");
    public static readonly Directive<Rlimit> LimitRSSSoft = new(null, Kinds.LimitSoft, bus: "LimitRSSSoft", into: LimitRSS);
    public static readonly Directive<Rlimit> LimitNOFILE = new("LimitNOFILE", Kinds.Limit, def: Rlimit.None, bus: "LimitNOFILE");
    public static readonly Directive<Rlimit> LimitNOFILESoft = new(null, Kinds.LimitSoft, bus: "LimitNOFILESoft", into: LimitNOFILE);
    public static readonly Directive<Rlimit> LimitAS = new("LimitAS", Kinds.LimitBytes, def: Rlimit.None, bus: "LimitAS");
    public static readonly Directive<Rlimit> LimitASSoft = new(null, Kinds.LimitSoft, bus: "LimitASSoft", into: LimitAS);
    public static readonly Directive<Rlimit> LimitNPROC = new("LimitNPROC", Kinds.Limit, def: Rlimit.None, bus: "LimitNPROC");
    public static readonly Directive<Rlimit> LimitNPROCSoft = new(null, Kinds.LimitSoft, bus: "LimitNPROCSoft", into: LimitNPROC);
    public static readonly Directive<Rlimit> LimitMEMLOCK = new("LimitMEMLOCK", Kinds.LimitBytes, def: Rlimit.None, bus: "LimitMEMLOCK");
    public static readonly Directive<Rlimit> LimitMEMLOCKSoft = new(null, Kinds.LimitSoft, bus: "LimitMEMLOCKSoft", into: LimitMEMLOCK);
    public static readonly Directive<Rlimit> LimitLOCKS = new("LimitLOCKS", Kinds.Limit, def: Rlimit.None, bus: "LimitLOCKS");
    public static readonly Directive<Rlimit> LimitLOCKSSoft = new(null, Kinds.LimitSoft, bus: "LimitLOCKSSoft", into: LimitLOCKS);
    public static readonly Directive<Rlimit> LimitSIGPENDING = new("LimitSIGPENDING", Kinds.Limit, def: Rlimit.None, bus: "LimitSIGPENDING");
    public static readonly Directive<Rlimit> LimitSIGPENDINGSoft = new(null, Kinds.LimitSoft, bus: "LimitSIGPENDINGSoft", into: LimitSIGPENDING);
    public static readonly Directive<Rlimit> LimitMSGQUEUE = new("LimitMSGQUEUE", Kinds.LimitBytes, def: Rlimit.None, bus: "LimitMSGQUEUE");
    public static readonly Directive<Rlimit> LimitMSGQUEUESoft = new(null, Kinds.LimitSoft, bus: "LimitMSGQUEUESoft", into: LimitMSGQUEUE);
    public static readonly Directive<Rlimit> LimitNICE = new("LimitNICE", Kinds.LimitNice, def: Rlimit.None, bus: "LimitNICE");
    public static readonly Directive<Rlimit> LimitNICESoft = new(null, Kinds.LimitSoft, bus: "LimitNICESoft", into: LimitNICE);
    public static readonly Directive<Rlimit> LimitRTPRIO = new("LimitRTPRIO", Kinds.Limit, def: Rlimit.None, bus: "LimitRTPRIO");
    public static readonly Directive<Rlimit> LimitRTPRIOSoft = new(null, Kinds.LimitSoft, bus: "LimitRTPRIOSoft", into: LimitRTPRIO);
    public static readonly Directive<Rlimit> LimitRTTIME = new("LimitRTTIME", Kinds.LimitUsec, def: Rlimit.None, bus: "LimitRTTIME");
    public static readonly Directive<Rlimit> LimitRTTIMESoft = new(null, Kinds.LimitSoft, bus: "LimitRTTIMESoft", into: LimitRTTIME);

    public static readonly Directive<ByteText[]> ReadWritePaths = new("ReadWritePaths", Kinds.PrefixedPaths, bus: "ReadWritePaths", since: 231);
    public static readonly Directive<ByteText[]> ReadOnlyPaths = new("ReadOnlyPaths", Kinds.PrefixedPaths, bus: "ReadOnlyPaths", since: 231);
    public static readonly Directive<ByteText[]> InaccessiblePaths = new("InaccessiblePaths", Kinds.PrefixedPaths,
        bus: "InaccessiblePaths", since: 231);
    public static readonly Directive<ByteText[]> ReadWriteDirectories = new("ReadWriteDirectories", Kinds.PrefixedPaths,
        bus: "ReadWriteDirectories", use: BusUse.Hidden | BusUse.Set, honour: Honour.Obsolete, into: ReadWritePaths);
    public static readonly Directive<ByteText[]> ReadOnlyDirectories = new("ReadOnlyDirectories", Kinds.PrefixedPaths,
        bus: "ReadOnlyDirectories", use: BusUse.Hidden | BusUse.Set, honour: Honour.Obsolete, into: ReadOnlyPaths);
    public static readonly Directive<ByteText[]> InaccessibleDirectories = new("InaccessibleDirectories", Kinds.PrefixedPaths,
        bus: "InaccessibleDirectories", use: BusUse.Hidden | BusUse.Set, honour: Honour.Obsolete, into: InaccessiblePaths);
    public static readonly Directive<ByteText[]> ExecPaths = new("ExecPaths", Kinds.PrefixedPaths, bus: "ExecPaths", since: 231);
    public static readonly Directive<ByteText[]> NoExecPaths = new("NoExecPaths", Kinds.PrefixedPaths,
        bus: "NoExecPaths", since: 231);
    public static readonly Directive<ByteText[]> ExecSearchPath = new("ExecSearchPath", Kinds.SearchPath, bus: "ExecSearchPath", since: 250);
    public static readonly Directive<BindMount[]> BindPaths = new("BindPaths", Kinds.BindMounts, bus: "BindPaths", since: 233);
    public static readonly Directive<BindMount[]> BindReadOnlyPaths = new("BindReadOnlyPaths", Kinds.BindMounts,
        bus: "BindReadOnlyPaths", since: 233);
    public static readonly Directive<bool> BindLogSockets = new("BindLogSockets", Kinds.Bool, since: 257, honour: Honour.Not);
    public static readonly Directive<TextPair[]> TemporaryFileSystem = new("TemporaryFileSystem", Kinds.TemporaryFileSystems,
        bus: "TemporaryFileSystem", since: 238);
    public static readonly Directive<bool> PrivateTmp = new("PrivateTmp", Kinds.Bool, bus: "PrivateTmp");
    public static readonly Directive<bool> PrivateDevices = new("PrivateDevices", Kinds.Bool, bus: "PrivateDevices", since: 209);
    public static readonly Directive<bool> ProtectKernelTunables = new("ProtectKernelTunables", Kinds.Bool, bus: "ProtectKernelTunables", since: 232);
    public static readonly Directive<bool> ProtectKernelModules = new("ProtectKernelModules", Kinds.Bool, bus: "ProtectKernelModules", since: 232);
    public static readonly Directive<bool> ProtectKernelLogs = new("ProtectKernelLogs", Kinds.Bool, bus: "ProtectKernelLogs", since: 244);
    public static readonly Directive<bool> ProtectClock = new("ProtectClock", Kinds.Bool, bus: "ProtectClock", since: 245);
    public static readonly Directive<bool> ProtectControlGroups = new("ProtectControlGroups", Kinds.Bool, bus: "ProtectControlGroups", since: 232);
    public static readonly Directive<bool> ProtectHostname = new("ProtectHostname", Kinds.Bool, bus: "ProtectHostname", since: 242);
    public static readonly Directive<bool> PrivateNetwork = new("PrivateNetwork", Kinds.Bool, bus: "PrivateNetwork");
    public static readonly Directive<bool> PrivateUsers = new("PrivateUsers", Kinds.Bool, bus: "PrivateUsers", since: 232);
    public static readonly Directive<bool> PrivateMounts = new("PrivateMounts", Kinds.Bool, bus: "PrivateMounts", since: 239);
    public static readonly Directive<bool> PrivateIPC = new("PrivateIPC", Kinds.Bool, bus: "PrivateIPC", since: 248);
    public static readonly Directive<ByteText> PrivatePIDs = new("PrivatePIDs", Kinds.PlainText, since: 257, honour: Honour.Not);
    public static readonly Directive<ByteText> NetworkNamespacePath = new("NetworkNamespacePath", Kinds.Path,
        bus: "NetworkNamespacePath", since: 242);
    public static readonly Directive<ByteText> IPCNamespacePath = new("IPCNamespacePath", Kinds.Path,
        bus: "IPCNamespacePath", since: 248);
    public static readonly Directive<ByteText> UserNamespacePath = new("UserNamespacePath", Kinds.Path, since: 259, honour: Honour.Not);
    public static readonly Directive<ProtectSystem> ProtectSystem = new("ProtectSystem", Kinds.ProtectSystem, bus: "ProtectSystem", since: 214);
    public static readonly Directive<ProtectHome> ProtectHome = new("ProtectHome", Kinds.ProtectHome, bus: "ProtectHome", since: 214);
    public static readonly Directive<ulong> MountFlags = new("MountFlags", Kinds.MountFlags, bus: "MountFlags");
    public static readonly Directive<bool> MountAPIVFS = new("MountAPIVFS", Kinds.BoolOrEmpty, bus: "MountAPIVFS", since: 233);

    public static readonly Directive<ExecPreserveMode> RuntimeDirectoryPreserve = new("RuntimeDirectoryPreserve", Kinds.PreserveMode,
        bus: "RuntimeDirectoryPreserve", since: 235);
    public static readonly Directive<uint> RuntimeDirectoryMode = new("RuntimeDirectoryMode", Kinds.Mode,
        def: 0x1ED, bus: "RuntimeDirectoryMode", since: 234);
    public static readonly Directive<ExecDirectory[]> RuntimeDirectory = new("RuntimeDirectory", Kinds.Directories,
        bus: "RuntimeDirectory", since: 211);
    public static readonly Directive<ExecDirectory[]> RuntimeDirectorySymlink = new(null, Kinds.DirectoryLinks,
        bus: "RuntimeDirectorySymlink", into: RuntimeDirectory);
    public static readonly Directive<uint> StateDirectoryMode = new("StateDirectoryMode", Kinds.Mode,
        def: 0x1ED, bus: "StateDirectoryMode", since: 234);
    public static readonly Directive<ExecDirectory[]> StateDirectory = new("StateDirectory", Kinds.Directories, bus: "StateDirectory", since: 211);
    public static readonly Directive<ExecDirectory[]> StateDirectorySymlink = new(null, Kinds.DirectoryLinks,
        bus: "StateDirectorySymlink", into: StateDirectory);
    public static readonly Directive<uint> CacheDirectoryMode = new("CacheDirectoryMode", Kinds.Mode,
        def: 0x1ED, bus: "CacheDirectoryMode", since: 234);
    public static readonly Directive<ExecDirectory[]> CacheDirectory = new("CacheDirectory", Kinds.Directories, bus: "CacheDirectory", since: 211);
    public static readonly Directive<ExecDirectory[]> CacheDirectorySymlink = new(null, Kinds.DirectoryLinks,
        bus: "CacheDirectorySymlink", into: CacheDirectory);
    public static readonly Directive<uint> LogsDirectoryMode = new("LogsDirectoryMode", Kinds.Mode, def: 0x1ED, bus: "LogsDirectoryMode", since: 234);
    public static readonly Directive<ExecDirectory[]> LogsDirectory = new("LogsDirectory", Kinds.Directories, bus: "LogsDirectory", since: 211);
    public static readonly Directive<ExecDirectory[]> LogsDirectorySymlink = new(null, Kinds.DirectoryLinks,
        bus: "LogsDirectorySymlink", into: LogsDirectory);
    public static readonly Directive<uint> ConfigurationDirectoryMode = new("ConfigurationDirectoryMode", Kinds.Mode,
        def: 0x1ED, bus: "ConfigurationDirectoryMode", since: 234);
    public static readonly Directive<ExecDirectory[]> ConfigurationDirectory = new("ConfigurationDirectory", Kinds.DirectoriesPlain,
        bus: "ConfigurationDirectory", since: 211);

    public static readonly Directive<bool> StateDirectoryAccounting = new("StateDirectoryAccounting", Kinds.Bool, since: 258, honour: Honour.Not);
    public static readonly Directive<ByteText> StateDirectoryQuota = new("StateDirectoryQuota", Kinds.PlainText, since: 258, honour: Honour.Not);
    public static readonly Directive<bool> CacheDirectoryAccounting = new("CacheDirectoryAccounting", Kinds.Bool, since: 258, honour: Honour.Not);
    public static readonly Directive<ByteText> CacheDirectoryQuota = new("CacheDirectoryQuota", Kinds.PlainText, since: 258, honour: Honour.Not);
    public static readonly Directive<bool> LogsDirectoryAccounting = new("LogsDirectoryAccounting", Kinds.Bool, since: 258, honour: Honour.Not);
    public static readonly Directive<ByteText> LogsDirectoryQuota = new("LogsDirectoryQuota", Kinds.PlainText, since: 258, honour: Honour.Not);
    public static readonly Directive<Usec> TimeoutCleanSec = new("TimeoutCleanSec", Kinds.Usec,
        def: Usec.Infinity, bus: "TimeoutCleanUSec", use: BusUse.Shown, since: 244);

    public static readonly Directive<Credential[]> SetCredential = new("SetCredential", Kinds.Credentials, bus: "SetCredential", since: 247);
    public static readonly Directive<Credential[]> SetCredentialEncrypted = new("SetCredentialEncrypted", Kinds.CredentialsEncrypted,
        bus: "SetCredentialEncrypted", since: 247);
    public static readonly Directive<TextPair[]> LoadCredential = new("LoadCredential", Kinds.LoadCredentials, bus: "LoadCredential", since: 247);
    public static readonly Directive<TextPair[]> LoadCredentialEncrypted = new("LoadCredentialEncrypted", Kinds.LoadCredentials,
        bus: "LoadCredentialEncrypted", since: 247);
    public static readonly Directive<ByteText[]> ImportCredential = new("ImportCredential", Kinds.CredentialGlobs,
        bus: "ImportCredential", since: 254);

    public static readonly Directive<bool> IgnoreSIGPIPE = new("IgnoreSIGPIPE", Kinds.Bool, def: true, bus: "IgnoreSIGPIPE");
    public static readonly Directive<bool> RemoveIPC = new("RemoveIPC", Kinds.Bool, bus: "RemoveIPC", since: 232);
    public static readonly Directive<ByteText> UtmpIdentifier = new("UtmpIdentifier", Kinds.Text, bus: "UtmpIdentifier");
    public static readonly Directive<ExecUtmpMode> UtmpMode = new("UtmpMode", Kinds.UtmpMode, bus: "UtmpMode", since: 225);
    public static readonly Directive<IgnorableText> SELinuxContext = new("SELinuxContext", Kinds.LabelAsText,
        bus: "SELinuxContext", since: 209);
    public static readonly Directive<IgnorableText> AppArmorProfile = new("AppArmorProfile", Kinds.Label,
        bus: "AppArmorProfile", since: 210);
    public static readonly Directive<IgnorableText> SmackProcessLabel = new("SmackProcessLabel", Kinds.Label,
        bus: "SmackProcessLabel", since: 218);

    public static readonly DirectiveTable Table = new("Exec", DirectiveIds.Exec,
    [
        WorkingDirectory, RootDirectory, RootImage, RootImageOptions, RootImagePolicy, RootEphemeral, RootMStack, RootHash, RootHashPath,
        RootHashSignature, RootHashSignaturePath, RootVerity, ExtensionDirectories, ExtensionImages, ExtensionImagePolicy, MountImages,
        MountImagePolicy, User, Group, SupplementaryGroups, DynamicUser, SetLoginEnvironment, PAMName, Nice, OOMScoreAdjust, CoredumpFilter,
        IOSchedulingClass, IOSchedulingPriority, CPUSchedulingPolicy, CPUSchedulingPriority, CPUSchedulingResetOnFork, CPUAffinity,
        CPUAffinityFromNUMA, NUMAPolicy, NUMAMask, UMask, TimerSlackNSec, MemoryKSM, MemoryTHP, Environment, EnvironmentFile,
        PassEnvironment, UnsetEnvironment, StandardInput, StandardInputFileDescriptorName, StandardInputFile, StandardOutput,
        StandardOutputFileDescriptorName, StandardOutputFile, StandardOutputFileToAppend, StandardOutputFileToTruncate, StandardError,
        StandardErrorFileDescriptorName, StandardErrorFile, StandardErrorFileToAppend, StandardErrorFileToTruncate, StandardInputData,
        StandardInputText, TTYPath, TTYReset, TTYVHangup, TTYVTDisallocate, TTYRows, TTYColumns, NonBlocking, SyslogIdentifier,
        SyslogPriority, SyslogFacility, SyslogLevel, SyslogLevelPrefix, LogLevelMax, LogRateLimitIntervalSec, LogRateLimitBurst,
        LogExtraFields, LogNamespace, LogFilterPatterns, SecureBits, CapabilityBoundingSet, AmbientCapabilities, NoNewPrivileges,
        KeyringMode, ProtectProc, ProcSubset, SystemCallFilter, SystemCallArchitectures, SystemCallErrorNumber, SystemCallLog,
        MemoryDenyWriteExecute, RestrictNamespaces, DelegateNamespaces, RestrictRealtime, RestrictSUIDSGID, RestrictAddressFamilies,
        LockPersonality, RestrictFileSystems, Personality, PrivateBPF, BPFDelegateCommands, BPFDelegateMaps, BPFDelegatePrograms,
        BPFDelegateAttachments, LimitCPU, LimitCPUSoft, LimitFSIZE, LimitFSIZESoft, LimitDATA, LimitDATASoft, LimitSTACK, LimitSTACKSoft,
        LimitCORE, LimitCORESoft, LimitRSS, LimitRSSSoft, LimitNOFILE, LimitNOFILESoft, LimitAS, LimitASSoft, LimitNPROC, LimitNPROCSoft,
        LimitMEMLOCK, LimitMEMLOCKSoft, LimitLOCKS, LimitLOCKSSoft, LimitSIGPENDING, LimitSIGPENDINGSoft, LimitMSGQUEUE, LimitMSGQUEUESoft,
        LimitNICE, LimitNICESoft, LimitRTPRIO, LimitRTPRIOSoft, LimitRTTIME, LimitRTTIMESoft, ReadWritePaths, ReadOnlyPaths,
        InaccessiblePaths, ReadWriteDirectories, ReadOnlyDirectories, InaccessibleDirectories, ExecPaths, NoExecPaths, ExecSearchPath,
        BindPaths, BindReadOnlyPaths, BindLogSockets, TemporaryFileSystem, PrivateTmp, PrivateDevices, ProtectKernelTunables,
        ProtectKernelModules, ProtectKernelLogs, ProtectClock, ProtectControlGroups, ProtectHostname, PrivateNetwork, PrivateUsers,
        PrivateMounts, PrivateIPC, PrivatePIDs, NetworkNamespacePath, IPCNamespacePath, UserNamespacePath, ProtectSystem, ProtectHome,
        MountFlags, MountAPIVFS, RuntimeDirectoryPreserve, RuntimeDirectoryMode, RuntimeDirectory, RuntimeDirectorySymlink,
        StateDirectoryMode, StateDirectory, StateDirectorySymlink, CacheDirectoryMode, CacheDirectory, CacheDirectorySymlink,
        LogsDirectoryMode, LogsDirectory, LogsDirectorySymlink, ConfigurationDirectoryMode, ConfigurationDirectory,
        StateDirectoryAccounting, StateDirectoryQuota, CacheDirectoryAccounting, CacheDirectoryQuota, LogsDirectoryAccounting,
        LogsDirectoryQuota, TimeoutCleanSec, SetCredential, SetCredentialEncrypted, LoadCredential, LoadCredentialEncrypted,
        ImportCredential, IgnoreSIGPIPE, RemoveIPC, UtmpIdentifier, UtmpMode, SELinuxContext, AppArmorProfile, SmackProcessLabel,
    ]);
}
