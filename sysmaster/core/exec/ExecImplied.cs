using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>
/// What execution settings imply of other settings: a protection takes the capabilities away that would get around it, a private /dev
/// closes the device list. Put into the unit's own settings when it is loaded, so that the executor, the bus and `show` see one truth.
/// systemd.exec(5).
/// </summary>
internal static class ExecImplied
{
    private static readonly (Directive<bool> Row, ulong Capabilities)[] s_capabilities =
    [
        (ExecDirectives.PrivateDevices, Bit(LibC.CAP_MKNOD) | Bit(LibC.CAP_SYS_RAWIO)),
        (ExecDirectives.ProtectKernelModules, Bit(LibC.CAP_SYS_MODULE)),
        (ExecDirectives.ProtectKernelLogs, Bit(LibC.CAP_SYSLOG)),
        (ExecDirectives.ProtectClock, Bit(LibC.CAP_SYS_TIME) | Bit(LibC.CAP_WAKE_ALARM)),
    ];

    private static readonly TextPair s_clock = new("char-rtc"u8, "r"u8);

    private static readonly Directive<ExecDirectory[]>[] s_directories =
    [
        ExecDirectives.RuntimeDirectory, ExecDirectives.StateDirectory, ExecDirectives.CacheDirectory, ExecDirectives.LogsDirectory,
        ExecDirectives.ConfigurationDirectory,
    ];

    public static void Apply(Unit unit)
    {
        SettingsBag set = unit.Settings;
        if (set.Count == 0) { return; }
        if (set.Get(ExecDirectives.DynamicUser)) { ApplyDynamicUser(unit, set); }
        ulong dropped = 0;
        foreach ((Directive<bool> row, ulong capabilities) in s_capabilities)
        {
            if (set.Get(row)) { dropped |= capabilities; }
        }
        if (dropped != 0) { set.Set(ExecDirectives.CapabilityBoundingSet, set.Get(ExecDirectives.CapabilityBoundingSet) & ~dropped, Origin.Implied); }
        if (set.Get(ExecDirectives.PrivateDevices) && set.Get(CgroupDirectives.DevicePolicy) == DevicePolicy.Auto)
        {
            set.Set(CgroupDirectives.DevicePolicy, DevicePolicy.Closed, Origin.Implied);
        }
        // A first entry of the list would close it to all other devices.
        if (set.Get(ExecDirectives.ProtectClock) && (set.Get(CgroupDirectives.DevicePolicy) != DevicePolicy.Auto || set.Get(CgroupDirectives.DeviceAllow).Length > 0)) { set.Set(CgroupDirectives.DeviceAllow, [.. set.Get(CgroupDirectives.DeviceAllow), s_clock], Origin.Implied); }
        bool hasRoot = !set.Get(ExecDirectives.RootDirectory).IsEmpty || !set.Get(ExecDirectives.RootImage).IsEmpty;
        if (!set.IsSet(ExecDirectives.MountAPIVFS) && hasRoot) { set.Set(ExecDirectives.MountAPIVFS, true, Origin.Implied); }
        if (!set.IsSet(ExecDirectives.NUMAPolicy) && !set.Get(ExecDirectives.NUMAMask).IsEmpty) { set.Set(ExecDirectives.NUMAPolicy, NumaPolicy.Preferred, Origin.Implied); }
        // Of commands that run beside a socket or a mount, nobody says what they read.
        if (unit.Id.Kind == UnitKind.Service && set.Get(ExecDirectives.StandardInput).From == ExecInput.Null && set.Get(ExecDirectives.StandardInputData).Length > 0)
        {
            set.Set(ExecDirectives.StandardInput, new ExecInputSpec(ExecInput.Data), Origin.Implied);
        }
        // Nobody writes to what is only read from: then "inherit" is as good as nothing said.
        if (unit.Id.Kind == UnitKind.Service && set.IsSet(ExecDirectives.StandardOutput) && set.Get(ExecDirectives.StandardOutput).To == ExecOutput.Inherit
            && set.Get(ExecDirectives.StandardInput).From is ExecInput.Null or ExecInput.Data or ExecInput.File)
        {
            set.Set(ExecDirectives.StandardOutput, unit.Manager.DefaultOutput, Origin.Implied);
        }
        if (set.IsSet(ExecDirectives.CPUSchedulingPolicy)) { FitPriority(set); }
        foreach (Directive<ExecDirectory[]> row in s_directories) { ParentsFirst(set, row); }
    }

    /// <summary>A policy takes the priority that was there into its range; one that is named after it is left to the kernel.</summary>
    private static void FitPriority(SettingsBag set)
    {
        Origin policy = set.OriginOf(ExecDirectives.CPUSchedulingPolicy), given = set.OriginOf(ExecDirectives.CPUSchedulingPriority);
        if (given.IsFile && policy.IsFile && (given.File, given.Line).CompareTo((policy.File, policy.Line)) > 0) { return; }
        bool isRealTime = set.Get(ExecDirectives.CPUSchedulingPolicy) is SchedPolicy.Fifo or SchedPolicy.Rr;
        int priority = set.Get(ExecDirectives.CPUSchedulingPriority);
        int fits = isRealTime ? Math.Clamp(priority, 1, 99) : 0;
        if (fits != priority) { set.Set(ExecDirectives.CPUSchedulingPriority, fits, Origin.Implied); }
    }

    /// <summary>The number may be somebody else's tomorrow: nothing of its may stay behind.</summary>
    private static void ApplyDynamicUser(Unit unit, SettingsBag set)
    {
        if (set.Get(ExecDirectives.User).IsEmpty) { set.Set(ExecDirectives.User, NameFor(unit.Id), Origin.Implied); }
        if (set.Get(ExecDirectives.Group).IsEmpty) { set.Set(ExecDirectives.Group, set.Get(ExecDirectives.User), Origin.Implied); }
        set.Set(ExecDirectives.PrivateTmp, true, Origin.Implied);
        set.Set(ExecDirectives.RemoveIPC, true, Origin.Implied);
        set.Set(ExecDirectives.ProtectSystem, ProtectSystem.Strict, Origin.Implied);
        if (set.Get(ExecDirectives.ProtectHome) == ProtectHome.No) { set.Set(ExecDirectives.ProtectHome, ProtectHome.ReadOnly, Origin.Implied); }
        set.Set(ExecDirectives.NoNewPrivileges, true, Origin.Implied);
        set.Set(ExecDirectives.RestrictSUIDSGID, true, Origin.Implied);
    }

    /// <summary>The unit's prefix where it can be a user's name, else a hash of the unit's name.</summary>
    private static ByteText NameFor(UnitName unit)
    {
        string prefix = unit.Prefix.ToString();
        bool valid = prefix.Length is > 0 and <= 31 && (char.IsAsciiLetter(prefix[0]) || prefix[0] == '_');
        foreach (char c in prefix) { valid &= char.IsAsciiLetterOrDigit(c) || c is '_' or '-'; }
        return new ByteText(valid ? prefix : $"_du{SipHash.Of(System.Text.Encoding.ASCII.GetBytes(unit.Text)):x16}");
    }

    /// <summary>In the order of their paths: a directory is made before those below it.</summary>
    private static void ParentsFirst(SettingsBag set, Directive<ExecDirectory[]> row)
    {
        if (!set.IsSet(row) || set.Get(row) is not { Length: > 1 } directories) { return; }
        ExecDirectory[] sorted = [.. directories];
        Array.Sort(sorted, static (a, b) => a.Path.Span.SequenceCompareTo(b.Path.Span));
        set.Set(row, sorted, set.OriginOf(row));
    }

    private static ulong Bit(int capability) => 1UL << capability;
}
