using System.Globalization;
using SysMaster.Core.Directives;
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

    public static ExecRequest Build(Manager manager, SpawnContext spawn)
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
        if (request.SearchPath.Length == 0) { request.SearchPath = s_defaultPath; }
        if (set.IsSet(ExecDirectives.CapabilityBoundingSet)) { request.CapabilityBoundingSet = set.Get(ExecDirectives.CapabilityBoundingSet); }
        WorkDir work = set.Get(ExecDirectives.WorkingDirectory);
        request.WorkingDirectory = work.Path;
        request.WorkingDirectoryHome = work.IsHome;
        request.WorkingDirectoryMissingOk = work.MayBeMissing;
        AddScheduling(set, request);
        AddLimits(manager, set, request);
        AddLabels(set, request);
        AddStdio(manager, spawn, request);
        AddFiles(manager, spawn, request);
        if (spawn.ApplySandbox) { AddSandbox(manager, unit, request); }
        AddEnvironment(manager, spawn, request);
        return request;
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
        return flags;
    }

    private static void AddScheduling(SettingsBag set, ExecRequest request)
    {
        if (set.IsSet(ExecDirectives.Nice)) { request.Nice = set.Get(ExecDirectives.Nice); }
        // The manager's own score is far down; a service never inherits it.
        request.OomScoreAdjust = set.Get(ExecDirectives.OOMScoreAdjust);
        if (set.IsSet(ExecDirectives.CoredumpFilter)) { request.CoredumpFilter = set.Get(ExecDirectives.CoredumpFilter); }
        if (set.IsSet(ExecDirectives.CPUSchedulingPolicy))
        {
            request.CpuPolicy = (int)set.Get(ExecDirectives.CPUSchedulingPolicy);
            request.CpuPriority = set.Get(ExecDirectives.CPUSchedulingPriority);
        }
        request.CpuResetOnFork = set.Get(ExecDirectives.CPUSchedulingResetOnFork);
        if (set.IsSet(ExecDirectives.CPUAffinity)) { request.CpuAffinity = set.Get(ExecDirectives.CPUAffinity).Bits.ToArray(); }
        if (set.IsSet(ExecDirectives.IOSchedulingClass) || set.IsSet(ExecDirectives.IOSchedulingPriority))
        {
            int ioClass = set.IsSet(ExecDirectives.IOSchedulingClass) ? (int)set.Get(ExecDirectives.IOSchedulingClass) : (int)IoClass.BestEffort;
            request.IoPriority = (ioClass << 13) | set.Get(ExecDirectives.IOSchedulingPriority);
        }
        if (set.IsSet(ExecDirectives.TimerSlackNSec)) { request.TimerSlackNsec = set.Get(ExecDirectives.TimerSlackNSec); }
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

    /// <summary>Manager's block, what the manager sets, PassEnvironment=, Environment=, EnvironmentFile=; later wins. systemd.exec(5).</summary>
    private static void AddEnvironment(Manager manager, SpawnContext spawn, ExecRequest request)
    {
        Unit unit = spawn.Unit;
        var block = new List<ByteText>(manager.EnvironmentBlock);
        block.AddRange(spawn.Variables);
        if (spawn.NotifySocket) { block.Add(new ByteText($"NOTIFY_SOCKET={manager.NotifyPath}")); }
        if (!unit.InvocationId.IsNull) { block.Add(new ByteText($"INVOCATION_ID={unit.InvocationId}")); }
        if (!manager.IsSystem) { block.Add(new ByteText($"MANAGERPID={LibC.getppid().ToString(CultureInfo.InvariantCulture)}")); }
        request.BaseEnvironment = [.. block];
        block.Clear();
        foreach (ByteText name in unit.Get(ExecDirectives.PassEnvironment))
        {
            if (manager.OwnVariable(name.Span) is { } value) { block.Add(value); }
        }
        block.AddRange(unit.Get(ExecDirectives.Environment));
        foreach (OptionalPath file in unit.Get(ExecDirectives.EnvironmentFile)) { EnvironmentFiles.Read(unit, file, block); }
        request.Environment = [.. block];
    }
}
