using System.Collections.Immutable;
using System.Text;
using SysMaster.Core;
using SysMaster.DBus.Wire;

namespace SysMaster.DBus.Systemd1;

/// <summary>The part of an interface that tells of a unit's control group as it is now.</summary>
internal static class CgroupBus
{
    public static readonly Getter<UnitObject>[] Getters =
    [
        new("Slice", "s", static (o, w) => w.WriteString(o.Unit.Slice?.Id.Text ?? "")),
        new("ControlGroup", "s", static (o, w) => w.WriteString(UnitCgroups.PathOf(o.Unit))),
        new("ControlGroupId", "t", static (o, w) => w.WriteUInt64(CgroupReader.Id(o.Unit))),
        new("MemoryCurrent", "t", static (o, w) => w.WriteUInt64(CgroupReader.Memory(o.Unit))),
        new("MemoryAvailable", "t", static (o, w) => w.WriteUInt64(CgroupReader.MemoryAvailable(o.Unit))),
        new("CPUUsageNSec", "t", static (o, w) => w.WriteUInt64(CgroupReader.CpuNsec(o.Unit))),
        new("EffectiveCPUs", "ay", static (o, w) => WriteSet(o.Unit, "cpuset.cpus.effective", w)),
        new("EffectiveMemoryNodes", "ay", static (o, w) => WriteSet(o.Unit, "cpuset.mems.effective", w)),
        new("TasksCurrent", "t", static (o, w) => w.WriteUInt64(CgroupReader.Tasks(o.Unit))),
        new("IPIngressBytes", "t", static (_, w) => w.WriteUInt64(CgroupReader.Unknown)),
        new("IPIngressPackets", "t", static (_, w) => w.WriteUInt64(CgroupReader.Unknown)),
        new("IPEgressBytes", "t", static (_, w) => w.WriteUInt64(CgroupReader.Unknown)),
        new("IPEgressPackets", "t", static (_, w) => w.WriteUInt64(CgroupReader.Unknown)),
        new("IOReadBytes", "t", static (o, w) => w.WriteUInt64(CgroupReader.Io(o.Unit)?.ReadBytes ?? CgroupReader.Unknown)),
        new("IOReadOperations", "t", static (o, w) => w.WriteUInt64(CgroupReader.Io(o.Unit)?.ReadOperations ?? CgroupReader.Unknown)),
        new("IOWriteBytes", "t", static (o, w) => w.WriteUInt64(CgroupReader.Io(o.Unit)?.WriteBytes ?? CgroupReader.Unknown)),
        new("IOWriteOperations", "t", static (o, w) => w.WriteUInt64(CgroupReader.Io(o.Unit)?.WriteOperations ?? CgroupReader.Unknown)),
    ];

    /// <summary>Of the settings, those that need more than the unit's own row.</summary>
    public static readonly Getter<UnitObject>[] Settings = [];

    public static readonly ImmutableArray<BusMethod<UnitObject>> Methods =
    [
        new("GetProcesses", "", "a(sus)", "processes", Access.Anyone, static (o, call) => UnitProcesses.Write(o.Unit, call)),
        new("AttachProcesses", "sau", "", "subcgroup pids", Access.Anyone, static (o, call) => UnitProcesses.Attach(o.Front, o.Unit, call, call.Reader)),
    ];

    // The kernel's "0-3,5" as a mask.
    private static void WriteSet(Unit unit, string attribute, MessageWriter w)
    {
        byte[]? content = CgroupReader.Attribute(unit, attribute);
        if (content is not null && UnitFiles.CpuSet.TryParse(content.AsSpan().Trim("\n "u8), out UnitFiles.CpuSet set)) { w.WriteBytes(set.ToBytes()); }
        else { w.WriteBytes(default); }
    }
}
