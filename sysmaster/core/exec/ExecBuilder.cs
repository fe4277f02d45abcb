using System.Globalization;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.Spawn.Exec;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>From a unit's settings to one resolved request for the executor. Split by subject: process (here), Stdio, Sandbox, Files.</summary>
internal static partial class ExecBuilder
{
    private static readonly (Directive<Rlimit> Row, int Resource)[] s_limits =
    [
        (ExecDirectives.LimitCPU, 0), (ExecDirectives.LimitFSIZE, 1), (ExecDirectives.LimitDATA, 2), (ExecDirectives.LimitSTACK, 3),
        (ExecDirectives.LimitCORE, 4), (ExecDirectives.LimitRSS, 5), (ExecDirectives.LimitNPROC, 6), (ExecDirectives.LimitNOFILE, 7),
        (ExecDirectives.LimitMEMLOCK, 8), (ExecDirectives.LimitAS, 9), (ExecDirectives.LimitLOCKS, 10), (ExecDirectives.LimitSIGPENDING, 11),
        (ExecDirectives.LimitMSGQUEUE, 12), (ExecDirectives.LimitNICE, 13), (ExecDirectives.LimitRTPRIO, 14), (ExecDirectives.LimitRTTIME, 15),
    ];

    /// <returns>What cannot be resolved: an environment file that is not there, no socket for the standard streams.</returns>
    public static Result<ExecRequest> Build(Manager manager, SpawnContext spawn)
    {
        Unit unit = spawn.Unit;
        SettingsBag set = unit.Settings;
        ExecCommandSpec command = spawn.Command;
        var request = new ExecRequest
        {
            Unit = new ByteText(unit.Id.Text),
            Path = command.Path,
            Argv = command.Argv,
            Flags = FlagsOf(spawn),
            InvocationId = new ByteText(unit.InvocationId.ToString()),
            SearchPath = set.Get(ExecDirectives.ExecSearchPath),
            UnsetEnvironment = set.Get(ExecDirectives.UnsetEnvironment),
            User = set.Get(ExecDirectives.User),
            Group = set.Get(ExecDirectives.Group),
            SupplementaryGroups = set.Get(ExecDirectives.SupplementaryGroups),
            PamName = spawn.IsControl && set.Get(ExecDirectives.PAMName).IsEmpty ? default : set.Get(ExecDirectives.PAMName),
            Umask = set.Get(ExecDirectives.UMask),
            IgnoreSigpipe = set.Get(ExecDirectives.IgnoreSIGPIPE),
            SecureBits = (uint)set.Get(ExecDirectives.SecureBits),
            AmbientCapabilities = set.Get(ExecDirectives.AmbientCapabilities),
            NoNewPrivileges = set.Get(ExecDirectives.NoNewPrivileges),
            Keyring = manager.IsSystem ? (ExecKeyring)(int)set.Get(ExecDirectives.KeyringMode) : ExecKeyring.Inherit,
            UtmpIdentifier = set.Get(ExecDirectives.UtmpIdentifier),
            UtmpMode = (Spawn.Exec.ExecUtmpMode)(int)set.Get(ExecDirectives.UtmpMode),
            WatchdogUsec = spawn.WatchdogUsec.Value,
        };
        request.DynamicUser = set.Get(ExecDirectives.DynamicUser);
        if (unit.Runtime?.User is { } dynamic)
        {
            request.DynamicUid = dynamic.Id;
            request.DynamicGid = unit.Runtime.Group?.Id ?? (request.Group == request.User ? dynamic.Id : ExecRequest.NoId);
        }
        request.LoginEnvironment = set.Get(ExecDirectives.SetLoginEnvironment) ?? (!request.User.IsEmpty || set.Get(ExecDirectives.DynamicUser) || !manager.IsSystem);
        if (request.SearchPath.Length == 0) { request.SearchPath = s_defaultPath; }
        if (set.IsSet(ExecDirectives.CapabilityBoundingSet)) { request.CapabilityBoundingSet = set.Get(ExecDirectives.CapabilityBoundingSet); }
        WorkDir work = set.Get(ExecDirectives.WorkingDirectory);
        request.WorkingDirectory = work.Path;
        request.WorkingDirectoryHome = work.IsHome;
        request.WorkingDirectoryMissingOk = work.MayBeMissing;
        AddScheduling(set, request);
        AddLimits(manager, set, request);
        AddLabels(set, request);
        AddPressure(manager, unit, request);
        Errno error = AddStdio(manager, spawn, request);
        if (error.Failed) { return error; }
        AddFiles(manager, spawn, request);
        if (spawn.ApplySandbox) { error = AddSandbox(manager, spawn, request); }
        if (!error.Failed) { error = AddEnvironment(manager, spawn, request); }
        return error.Failed ? error : request;
    }

    private static readonly ByteText[] s_defaultPath =
        ["/usr/local/sbin"u8, "/usr/local/bin"u8, "/usr/sbin"u8, "/usr/bin"u8, "/sbin"u8, "/bin"u8];

    private static ExecFlags FlagsOf(SpawnContext spawn)
    {
        ExecCommandFlags given = spawn.Command.Flags;
        ExecFlags flags = ExecFlags.WriteCredentials;
        if ((given & ExecCommandFlags.IgnoreFailure) != 0) { flags |= ExecFlags.IgnoreFailure; }
        if ((given & ExecCommandFlags.FullyPrivileged) != 0) { flags |= ExecFlags.FullyPrivileged; }
        if ((given & ExecCommandFlags.NoSetUid) != 0) { flags |= ExecFlags.NoSetuid; }
        if ((given & ExecCommandFlags.AmbientMagic) != 0) { flags |= ExecFlags.AmbientMagic; }
        if ((given & ExecCommandFlags.NoEnvironmentExpand) == 0) { flags |= ExecFlags.ExpandArguments; }
        if (spawn.IsControl) { flags |= ExecFlags.Control; }
        if (spawn.SameProcessGroup) { flags |= ExecFlags.SameProcessGroup; }
        if (spawn.IsPrivileged) { flags |= ExecFlags.FullyPrivileged; }
        if (spawn.KeepsRoot) { flags |= ExecFlags.NoRoot; }
        return flags;
    }

    private static void AddScheduling(SettingsBag set, ExecRequest request)
    {
        if (set.IsSet(ExecDirectives.Nice)) { request.Nice = set.Get(ExecDirectives.Nice); }
        // The manager's own score is far down; a service never inherits it.
        request.OomScoreAdjust = set.Get(ExecDirectives.OOMScoreAdjust);
        if (set.IsSet(ExecDirectives.CoredumpFilter)) { request.CoredumpFilter = set.Get(ExecDirectives.CoredumpFilter); }
        if (set.IsSet(ExecDirectives.CPUSchedulingPolicy) || set.IsSet(ExecDirectives.CPUSchedulingPriority) || set.IsSet(ExecDirectives.CPUSchedulingResetOnFork))
        {
            request.CpuPolicy = (int)set.Get(ExecDirectives.CPUSchedulingPolicy);
            request.CpuPriority = set.Get(ExecDirectives.CPUSchedulingPriority);
        }
        request.CpuResetOnFork = set.Get(ExecDirectives.CPUSchedulingResetOnFork);
        CpuMask cpus = set.Get(ExecDirectives.CPUAffinity);
        if (!cpus.IsEmpty) { request.CpuAffinity = cpus.Bits.ToArray(); }
        if (set.IsSet(ExecDirectives.IOSchedulingClass) || set.IsSet(ExecDirectives.IOSchedulingPriority))
        {
            int ioClass = set.IsSet(ExecDirectives.IOSchedulingClass) ? (int)set.Get(ExecDirectives.IOSchedulingClass) : (int)IoClass.BestEffort;
            request.IoPriority = (ioClass << 13) | set.Get(ExecDirectives.IOSchedulingPriority);
        }
        AddNuma(set, request);
        ByteText personality = set.Get(ExecDirectives.Personality);
        if (!personality.IsEmpty) { request.Personality = personality.Span.SequenceEqual("x86"u8) || personality.Span.SequenceEqual("arm"u8) ? PER_LINUX32 : 0; }
        request.MemoryMerge = set.Get(ExecDirectives.MemoryKSM);
        if (set.IsSet(ExecDirectives.TimerSlackNSec)) { request.TimerSlackNsec = set.Get(ExecDirectives.TimerSlackNSec); }
    }

    /// <summary>personality(2): what a 32-bit program of the same family expects.</summary>
    private const ulong PER_LINUX32 = 8;

    /// <summary>CPUAffinity=numa is the processors of NUMAMask=; a policy without nodes of its own takes none along.</summary>
    private static void AddNuma(SettingsBag set, ExecRequest request)
    {
        CpuMask nodes = set.Get(ExecDirectives.NUMAMask);
        if (set.Get(ExecDirectives.CPUAffinity).FromNuma) { request.CpuAffinity = NumaNodes.CpusOf(nodes); }
        if (!set.IsSet(ExecDirectives.NUMAPolicy)) { return; }
        NumaPolicy policy = set.Get(ExecDirectives.NUMAPolicy);
        request.NumaPolicy = (int)policy;
        if (policy is not (NumaPolicy.Default or NumaPolicy.Local)) { request.NumaMask = nodes.Bits.ToArray(); }
    }

    private static void AddLimits(Manager manager, SettingsBag set, ExecRequest request)
    {
        var limits = new List<ExecLimit>();
        foreach ((Directive<Rlimit> row, int resource) in s_limits)
        {
            if (set.IsSet(row))
            {
                Rlimit limit = set.Get(row);
                limits.Add(new ExecLimit(resource, limit.Soft, limit.Hard));
            }
            else if (manager.DefaultLimit(resource) is { } byDefault) { limits.Add(byDefault); }
        }
        request.Limits = [.. limits];
    }

    private static void AddLabels(SettingsBag set, ExecRequest request)
    {
        IgnorableText selinux = set.Get(ExecDirectives.SELinuxContext), apparmor = set.Get(ExecDirectives.AppArmorProfile), smack = set.Get(ExecDirectives.SmackProcessLabel);
        (request.SelinuxContext, request.SelinuxContextIgnore) = (selinux.Text, selinux.Ignore);
        (request.AppArmorProfile, request.AppArmorProfileIgnore) = (apparmor.Text, apparmor.Ignore);
        (request.SmackLabel, request.SmackLabelIgnore) = (smack.Text, smack.Ignore);
    }

    /// <summary>MemoryPressureWatch=: where the process hears that memory runs short, and how much of that is too much.</summary>
    private static void AddPressure(Manager manager, Unit unit, ExecRequest request)
    {
        if (!manager.Cgroups.TellsPressure) { return; }
        SettingsBag set = unit.Settings, byDefault = manager.Settings;
        PressureWatch watch = set.IsSet(CgroupDirectives.MemoryPressureWatch)
            ? set.Get(CgroupDirectives.MemoryPressureWatch) : byDefault.Get(ManagerDirectives.DefaultMemoryPressureWatch);
        if (watch == PressureWatch.Off) { request.MemoryPressurePath = "/dev/null"u8; }
        if (watch != PressureWatch.On && (watch != PressureWatch.Auto || !manager.Cgroups.CountsMemory || !CgroupAttributes.CountsMemory(unit))) { return; }
        Usec threshold = set.IsSet(CgroupDirectives.MemoryPressureThresholdSec)
            ? set.Get(CgroupDirectives.MemoryPressureThresholdSec) : byDefault.Get(ManagerDirectives.DefaultMemoryPressureThresholdSec);
        request.MemoryPressurePath = new ByteText($"{manager.Cgroups.DirectoryOf(unit)}/memory.pressure");
        request.MemoryPressureThreshold = threshold.IsInfinity ? ByDefaultPressure : Math.Clamp(threshold.Value, 1, ExecRequest.MemoryPressureWindow);
    }

    /// <summary>µs of stall.</summary>
    private const ulong ByDefaultPressure = 200_000;

    /// <summary>TERM=, where a stream is a terminal or one is named: that of PID 1 for the console, else what the kind of terminal is.</summary>
    private static ByteText? TerminalVariable(Manager manager, SettingsBag set)
    {
        ByteText path = set.Get(ExecDirectives.TTYPath);
        bool uses = set.Get(ExecDirectives.StandardInput).From is ExecInput.Tty or ExecInput.TtyForce or ExecInput.TtyFail
            || UsesTerminal(set.Get(ExecDirectives.StandardOutput).To) || UsesTerminal(set.Get(ExecDirectives.StandardError).To);
        if (!uses && path.IsEmpty) { return null; }
        if (path.IsEmpty) { path = "/dev/console"u8; }
        bool isConsole = path.Span.SequenceEqual("/dev/console"u8);
        if (isConsole && manager.IsSystem && manager.OwnVariable("TERM"u8) is { } own) { return own; }
        if (isConsole) { path = ActiveConsole(); }
        ReadOnlySpan<byte> name = path.StartsWith("/dev/"u8) ? path.Span[5..] : path.Span;
        bool isVirtual = name.StartsWith("tty"u8) && name.Length > 3 && name[3..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
        return isVirtual ? "TERM=linux"u8 : "TERM=vt220"u8;
    }

    private static bool UsesTerminal(ExecOutput to) => to is ExecOutput.Tty or ExecOutput.KmsgAndConsole or ExecOutput.JournalAndConsole;

    /// <summary>The last of what /dev/console stands for.</summary>
    private static ByteText ActiveConsole()
    {
        Result<byte[]> active = Sys.ReadFile("/sys/class/tty/console/active"u8, 256);
        if (active.Failed) { return default; }
        ReadOnlySpan<byte> names = active.Value.AsSpan().Trim("\n "u8);
        return names[(names.LastIndexOf((byte)' ') + 1)..];
    }

    /// <summary>Manager's block, what the manager sets, PassEnvironment=, Environment=, EnvironmentFile=; later wins. systemd.exec(5).</summary>
    private static Errno AddEnvironment(Manager manager, SpawnContext spawn, ExecRequest request)
    {
        Unit unit = spawn.Unit;
        var block = new List<ByteText>(manager.EnvironmentBlock);
        block.AddRange(spawn.Variables);
        block.AddRange(unit.Activation);
        ByteText[] search = unit.Get(ExecDirectives.ExecSearchPath);
        if (search.Length > 0) { block.Add(new ByteText($"PATH={string.Join(':', search.Select(static p => p.ToString()))}")); }
        if (TerminalVariable(manager, unit.Settings) is { } terminal) { block.Add(terminal); }
        if (spawn.NotifySocket) { block.Add(new ByteText($"NOTIFY_SOCKET={manager.NotifyPath}")); }
        // The bus must not ask us for names, by nss-systemd, while we wait for the bus.
        if (manager.IsSystem && unit.HasName(SpecialUnits.DbusService)) { block.Add("SYSTEMD_NSS_DYNAMIC_BYPASS=1"u8); }
        if (!unit.InvocationId.IsNull) { block.Add(new ByteText($"INVOCATION_ID={unit.InvocationId}")); }
        ByteText space = unit.Get(ExecDirectives.LogNamespace);
        if (!space.IsEmpty) { block.Add(new ByteText($"LOG_NAMESPACE={space.ToString()}")); }
        if (!manager.IsSystem) { block.Add(new ByteText($"MANAGERPID={LibC.getppid().ToString(CultureInfo.InvariantCulture)}")); }
        request.BaseEnvironment = [.. block];
        block.Clear();
        foreach (ByteText name in unit.Get(ExecDirectives.PassEnvironment))
        {
            if (manager.OwnVariable(name.Span) is { } value) { block.Add(value); }
        }
        block.AddRange(unit.Get(ExecDirectives.Environment));
        foreach (OptionalPath file in unit.Get(ExecDirectives.EnvironmentFile))
        {
            Errno error = EnvironmentFiles.Read(unit, file, block);
            if (error.Failed)
            {
                Log.Error(unit, $"Failed to load environment files: {error.ToString()}");
                return error;
            }
        }
        request.Environment = [.. block];
        return Errno.None;
    }
}
