using System.Buffers.Text;
using SysMaster.Cgroups;
using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.DBus.Systemd1;

/// <summary>What the kernel says of a unit's control group now. Unknown is all ones, as `systemctl show` has "[not set]".</summary>
internal static class CgroupReader
{
    public static ulong Ip(Unit unit, bool egress, bool bytes) => unit.Manager.Cgroups.IpCounter(unit, egress, bytes) ?? Unknown;

    public const ulong Unknown = ulong.MaxValue;

    /// <summary>A slice only with all that lies in it: mounts and sockets are not frozen.</summary>
    public static bool CanFreeze(Unit unit)
    {
        if (!unit.Manager.Cgroups.IsTrackedInV2 || unit.Type.Kind is not (UnitKind.Service or UnitKind.Scope or UnitKind.Slice)) { return false; }
        if (unit.Type.Kind != UnitKind.Slice) { return true; }
        foreach (Unit member in unit.Others(Dep.SliceOf))
        {
            if (!CanFreeze(member)) { return false; }
        }
        return true;
    }

    public static ulong Memory(Unit unit) => Read(unit, CgroupStats.Memory);

    public static ulong Tasks(Unit unit) => Read(unit, CgroupStats.Tasks);

    /// <summary>Of the last run, once that is over.</summary>
    public static ulong CpuNsec(Unit unit) => unit.Cgroup is not null ? Read(unit, CgroupStats.CpuNsec) : unit.Timestamps.CpuNsec is > 0 and var last ? last : Unknown;

    /// <summary>Unknown where the accounting is off, although the kernel may count for another unit's sake.</summary>
    public static IoReading? Io(Unit unit)
    {
        if (!unit.Get(CgroupDirectives.IOAccounting) || UnitCgroups.GroupOf(unit) is not { } group || unit.Manager.Cgroups.Tree is not { } tree) { return null; }
        Result<IoReading> reading = CgroupStats.Io(tree, group);
        return reading.Failed ? null : reading.Value;
    }

    /// <summary>What may still be taken before a limit of the unit or of a slice above it is met; unknown where none is set.</summary>
    public static ulong MemoryAvailable(Unit unit)
    {
        ulong least = Unknown;
        for (Unit? u = unit; u is not null; u = u.Slice)
        {
            ulong limit = Math.Min(Number(u, "memory.max"), Number(u, "memory.high"));
            if (limit == Unknown) { continue; }
            ulong current = Memory(u);
            if (current != Unknown) { least = Math.Min(least, current < limit ? limit - current : 0); }
        }
        return least;
    }

    /// <summary>The kernel's identity of the group: its inode. Zero while there is none.</summary>
    public static ulong Id(Unit unit)
    {
        if (unit.Cgroup is null) { return 0; }
        Result<FileStat> stat = Sys.Stat(new ByteText(unit.Manager.Cgroups.DirectoryOf(unit)));
        return stat.Failed ? 0 : stat.Value.Inode;
    }

    /// <summary>A file of the group; null where there is none.</summary>
    public static byte[]? Attribute(Unit unit, string name)
    {
        if (unit.Cgroup is null || !unit.Manager.Cgroups.IsUsable) { return null; }
        Result<byte[]> content = Sys.ReadFile(new ByteText($"{unit.Manager.Cgroups.DirectoryOf(unit)}/{name}"), 65536);
        return content.Failed ? null : content.Value;
    }

    /// <summary>A number that the kernel counts for the group, as "memory.peak"; which it does not on every kernel.</summary>
    public static ulong Counted(Unit unit, string attribute) => Number(unit, attribute);

    private static ulong Number(Unit unit, string attribute)
        => Attribute(unit, attribute) is { } content && Utf8Parser.TryParse(content, out ulong value, out _) ? value : Unknown;

    private static ulong Read(Unit unit, Func<CgroupTree, ByteText, Result<ulong>> what)
    {
        if (UnitCgroups.GroupOf(unit) is not { } group || unit.Manager.Cgroups.Tree is not { } tree) { return Unknown; }
        Result<ulong> value = what(tree, group);
        return value.Failed ? Unknown : value.Value;
    }
}
