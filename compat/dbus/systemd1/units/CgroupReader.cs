using System.Buffers.Text;
using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.DBus.Systemd1;

/// <summary>What the kernel says of a unit's control group now. Unknown is all ones, as `systemctl show` has "[not set]".</summary>
internal static class CgroupReader
{
    public const ulong Unknown = ulong.MaxValue;

    public static bool CanFreeze(Unit unit) => unit.Type.Has(UnitCaps.HasCgroup) && unit.Manager.Cgroups.IsUsable
        && unit.Type.Kind is UnitKind.Service or UnitKind.Scope or UnitKind.Slice;

    /// <summary>One number: "memory.current", "pids.current".</summary>
    public static ulong Number(Unit unit, string attribute)
    {
        byte[]? content = unit.Manager.Cgroups.ReadAttribute(unit, attribute);
        return content is not null && Utf8Parser.TryParse(content, out ulong value, out _) ? value : Unknown;
    }

    /// <summary>A line "key value" of a flat file: "cpu.stat", "usage_usec".</summary>
    public static ulong Keyed(Unit unit, string attribute, ReadOnlySpan<byte> key)
    {
        ReadOnlySpan<byte> rest = unit.Manager.Cgroups.ReadAttribute(unit, attribute);
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (line.Length > key.Length && line.StartsWith(key) && line[key.Length] == (byte)' '
                && Utf8Parser.TryParse(line[(key.Length + 1)..], out ulong value, out _))
            {
                return value;
            }
        }
        return Unknown;
    }

    /// <summary>The sum of one field of io.stat over all devices; unknown where the controller is off.</summary>
    public static ulong Io(Unit unit, ReadOnlySpan<byte> field)
    {
        if (!unit.Get(CgroupDirectives.IOAccounting)) { return Unknown; }
        byte[]? content = unit.Manager.Cgroups.ReadAttribute(unit, "io.stat");
        if (content is null) { return Unknown; }
        ulong sum = 0;
        ReadOnlySpan<byte> rest = content;
        for (int at = rest.IndexOf(field); at >= 0; at = rest.IndexOf(field))
        {
            rest = rest[(at + field.Length)..];
            if (Utf8Parser.TryParse(rest, out ulong value, out _)) { sum += value; }
        }
        return sum;
    }

    public static ulong CpuNsec(Unit unit)
    {
        if (unit.Cgroup is null) { return Unknown; }
        ulong usec = Keyed(unit, "cpu.stat", "usage_usec"u8);
        return usec == Unknown ? Unknown : usec * 1000;
    }

    /// <summary>What may still be taken before a limit of the unit or of a slice above it is met; unknown where none is set.</summary>
    public static ulong MemoryAvailable(Unit unit)
    {
        ulong least = Unknown;
        for (Unit? u = unit; u is not null; u = u.Slice)
        {
            ulong limit = Math.Min(Number(u, "memory.max"), Number(u, "memory.high"));
            if (limit == Unknown) { continue; }
            ulong current = Number(u, "memory.current");
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
}
