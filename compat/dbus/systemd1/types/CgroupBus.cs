using System.Collections.Immutable;
using System.Text;
using SysMaster.Core;
using SysMaster.Core.Directives;
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
        new("MemoryPeak", "t", static (o, w) => w.WriteUInt64(CgroupReader.Counted(o.Unit, "memory.peak"))),
        new("MemorySwapCurrent", "t", static (o, w) => w.WriteUInt64(CgroupReader.Counted(o.Unit, "memory.swap.current"))),
        new("MemorySwapPeak", "t", static (o, w) => w.WriteUInt64(CgroupReader.Counted(o.Unit, "memory.swap.peak"))),
        new("MemoryZSwapCurrent", "t", static (o, w) => w.WriteUInt64(CgroupReader.Counted(o.Unit, "memory.zswap.current"))),
        new("MemoryAvailable", "t", static (o, w) => w.WriteUInt64(CgroupReader.MemoryAvailable(o.Unit))),
        new("CPUUsageNSec", "t", static (o, w) => w.WriteUInt64(CgroupReader.CpuNsec(o.Unit))),
        new("EffectiveCPUs", "ay", static (o, w) => WriteSet(o.Unit, "cpuset.cpus.effective", w)),
        new("EffectiveMemoryNodes", "ay", static (o, w) => WriteSet(o.Unit, "cpuset.mems.effective", w)),
        new("TasksCurrent", "t", static (o, w) => w.WriteUInt64(CgroupReader.Tasks(o.Unit))),
        new("IPIngressBytes", "t", static (o, w) => w.WriteUInt64(CgroupReader.Ip(o.Unit, egress: false, bytes: true))),
        new("IPIngressPackets", "t", static (o, w) => w.WriteUInt64(CgroupReader.Ip(o.Unit, egress: false, bytes: false))),
        new("IPEgressBytes", "t", static (o, w) => w.WriteUInt64(CgroupReader.Ip(o.Unit, egress: true, bytes: true))),
        new("IPEgressPackets", "t", static (o, w) => w.WriteUInt64(CgroupReader.Ip(o.Unit, egress: true, bytes: false))),
        new("IOReadBytes", "t", static (o, w) => w.WriteUInt64(CgroupReader.Io(o.Unit)?.ReadBytes ?? CgroupReader.Unknown)),
        new("IOReadOperations", "t", static (o, w) => w.WriteUInt64(CgroupReader.Io(o.Unit)?.ReadOperations ?? CgroupReader.Unknown)),
        new("IOWriteBytes", "t", static (o, w) => w.WriteUInt64(CgroupReader.Io(o.Unit)?.WriteBytes ?? CgroupReader.Unknown)),
        new("IOWriteOperations", "t", static (o, w) => w.WriteUInt64(CgroupReader.Io(o.Unit)?.WriteOperations ?? CgroupReader.Unknown)),
    ];

    /// <summary>Of the settings, those that need more than the unit's own row: accounting that the unit leaves to the manager, limits in force.</summary>
    public static readonly Getter<UnitObject>[] Settings =
    [
        Accounting(CgroupDirectives.CPUAccounting, ManagerDirectives.DefaultCPUAccounting),
        Accounting(CgroupDirectives.MemoryAccounting, ManagerDirectives.DefaultMemoryAccounting),
        Accounting(CgroupDirectives.TasksAccounting, ManagerDirectives.DefaultTasksAccounting),
        Accounting(CgroupDirectives.IOAccounting, ManagerDirectives.DefaultIOAccounting),
        Accounting(CgroupDirectives.BlockIOAccounting, ManagerDirectives.DefaultBlockIOAccounting),
        Accounting(CgroupDirectives.IPAccounting, ManagerDirectives.DefaultIPAccounting),
        new("TasksMax", "t", static (o, w) => w.WriteUInt64(TasksMax(o.Unit))),
        new("NFTSet", "a(iiss)", static (o, w) => NetfilterSets.Write(o.Unit.Get(CgroupDirectives.NFTSet), w)),
        new("DeviceAllow", "a(ss)", static (o, w) => WriteDevices(o.Unit.Get(CgroupDirectives.DeviceAllow), w)),
    ];

    public static readonly ImmutableArray<BusMethod<UnitObject>> Methods =
    [
        new("GetProcesses", "", "a(sus)", "processes", Access.Anyone, static (o, call) => UnitProcesses.Write(o.Unit, call)),
        new("AttachProcesses", "sau", "", "subcgroup pids", Access.Anyone, static (o, call) => UnitProcesses.Attach(o.Front, o.Unit, call, call.Reader)),
    ];

    private static Getter<UnitObject> Accounting(Directive<bool> row, Directive<bool> byDefault) => new(row.Bus!, "b",
        (o, w) => w.WriteBoolean(o.Unit.Settings.IsSet(row) ? o.Unit.Get(row) : o.Unit.Manager.Settings.Get(byDefault)));

    /// <summary>Slices have no default of their own: what lies in them has one each.</summary>
    private static ulong TasksMax(Unit unit)
        => unit.Type.Kind == UnitFiles.UnitKind.Slice && !unit.Settings.IsSet(CgroupDirectives.TasksMax) ? ulong.MaxValue : CgroupAttributes.EffectiveTasksMax(unit);

    // The last one that was written comes first, as clients of systemd see it.
    private static void WriteDevices(TextPair[] devices, MessageWriter w)
    {
        ArrayMark array = w.BeginArray(8);
        for (int i = devices.Length - 1; i >= 0; i--)
        {
            w.BeginStruct();
            w.WriteString(devices[i].First);
            w.WriteString(devices[i].Second);
        }
        w.EndArray(array);
    }

    // The kernel's "0-3,5" as a mask.
    private static void WriteSet(Unit unit, string attribute, MessageWriter w)
    {
        byte[]? content = CgroupReader.Attribute(unit, attribute);
        if (content is not null && UnitFiles.CpuSet.TryParse(content.AsSpan().Trim("\n "u8), out UnitFiles.CpuSet set)) { w.WriteBytes(set.ToBytes()); }
        else { w.WriteBytes(default); }
    }
}
