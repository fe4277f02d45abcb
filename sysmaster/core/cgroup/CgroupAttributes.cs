using System.Globalization;
using System.Text;
using SysMaster.Cgroups;
using SysMaster.Core.Directives;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>
/// Which attributes of a control group follow from a unit's settings, in the words of v2 (<see cref="LegacyAttributes"/> has v1's). systemd.resource-control(5). Only what somebody set is written:
/// what kubelet or a GPU runtime has written beside us stays. (TasksMax= counts as set by system.conf, as everywhere.)
/// </summary>
public static class CgroupAttributes
{
    private static readonly (Directive<Amount> Row, Directive<Amount>? Startup, string Attribute)[] s_memory =
    [
        (CgroupDirectives.MemoryMin, null, "memory.min"),
        (CgroupDirectives.MemoryLow, CgroupDirectives.StartupMemoryLow, "memory.low"),
        (CgroupDirectives.MemoryHigh, CgroupDirectives.StartupMemoryHigh, "memory.high"),
        (CgroupDirectives.MemoryMax, CgroupDirectives.StartupMemoryMax, "memory.max"),
        (CgroupDirectives.MemorySwapMax, CgroupDirectives.StartupMemorySwapMax, "memory.swap.max"),
        (CgroupDirectives.MemoryZSwapMax, CgroupDirectives.StartupMemoryZSwapMax, "memory.zswap.max"),
    ];

    private static readonly (Directive<DeviceAmount[]> Row, string Key)[] s_ioLimits =
    [
        (CgroupDirectives.IOReadBandwidthMax, "rbps"), (CgroupDirectives.IOWriteBandwidthMax, "wbps"),
        (CgroupDirectives.IOReadIOPSMax, "riops"), (CgroupDirectives.IOWriteIOPSMax, "wiops"),
    ];

    /// <summary>The kernel's own, of cpu.weight and io.weight.</summary>
    private const ulong DefaultWeight = 100;

    /// <summary>The controllers that the unit's group needs: accounting, and whatever it sets.</summary>
    public static CgroupControllers ControllersFor(Unit unit)
    {
        SettingsBag set = unit.Settings;
        SettingsBag manager = unit.Manager.Settings;
        CgroupControllers wanted = EarlierSettings.ControllersFor(set);
        if (CountsMemory(unit)) { wanted |= CgroupControllers.Memory; }
        if (On(set, CgroupDirectives.TasksAccounting, manager.Get(ManagerDirectives.DefaultTasksAccounting))) { wanted |= CgroupControllers.Pids; }
        if (HasIoAccounting(unit) || On(set, CgroupDirectives.BlockIOAccounting, manager.Get(ManagerDirectives.DefaultBlockIOAccounting))) { wanted |= CgroupControllers.Io; }
        foreach ((Directive<Amount> row, Directive<Amount>? startup, _) in s_memory)
        {
            wanted |= set.IsSet(row) || (startup is not null && set.IsSet(startup)) ? CgroupControllers.Memory : 0;
        }
        if (set.IsSet(CgroupDirectives.MemoryZSwapWriteback)) { wanted |= CgroupControllers.Memory; }
        foreach ((Directive<DeviceAmount[]> row, _) in s_ioLimits) { wanted |= set.IsSet(row) ? CgroupControllers.Io : 0; }
        if (set.IsSet(CgroupDirectives.IOWeight) || set.IsSet(CgroupDirectives.IODeviceWeight) || set.IsSet(CgroupDirectives.StartupIOWeight) || set.IsSet(CgroupDirectives.IODeviceLatencyTargetSec)) { wanted |= CgroupControllers.Io; }
        if (set.IsSet(CgroupDirectives.CPUWeight) || set.IsSet(CgroupDirectives.CPUQuota) || set.IsSet(CgroupDirectives.StartupCPUWeight)) { wanted |= CgroupControllers.Cpu; }
        if (set.IsSet(CgroupDirectives.AllowedCPUs) || set.IsSet(CgroupDirectives.AllowedMemoryNodes)
            || set.IsSet(CgroupDirectives.StartupAllowedCPUs) || set.IsSet(CgroupDirectives.StartupAllowedMemoryNodes)) { wanted |= CgroupControllers.Cpuset; }
        if (set.IsSet(CgroupDirectives.TasksMax)) { wanted |= CgroupControllers.Pids; }
        if (unit.IsDelegated) { wanted |= CgroupControllers.AllV2; }
        return wanted;
    }

    public static void Apply(CgroupTree tree, Unit unit, ByteText group)
    {
        SettingsBag set = unit.Settings;
        var to = new AttributeWriter(tree, unit, group);
        bool starting = HasStartupSettings(unit) && unit.Manager.IsStartingUp;
        ApplyMemory(to, unit, set, starting);
        if (unit.Type.Has(UnitCaps.HasExec) || set.IsSet(CgroupDirectives.TasksMax)) { to.Write("pids.max", TasksMax(unit)); }
        ApplyCpu(to, set, starting);
        if (EarlierSettings.HoldIo(set, HasIoAccounting(unit)))
        {
            foreach ((string attribute, string value) in EarlierSettings.Io(set, starting, to.IsUnified, BlockDevices.NumberOf)) { to.WriteAsIs(attribute, value); }
        }
        else { ApplyIo(to, set, starting); }
        CgroupMarks.Write(tree, unit, group);
    }

    // A limit or weight of v1 that a successor has displaced may have been written before: what holds now is written over it.
    private static void ApplyMemory(AttributeWriter to, Unit unit, SettingsBag set, bool starting)
    {
        ulong physical = unit.Manager.Facts.PhysicalMemory;
        Amount? least = Inherited(unit, CgroupDirectives.DefaultMemoryMin), low = Inherited(unit, CgroupDirectives.DefaultMemoryLow);
        if (starting) { low = Inherited(unit, CgroupDirectives.DefaultStartupMemoryLow) ?? low; }
        bool earlier = EarlierSettings.HoldMemory(set, least is { Value: > 0 } || low is { Value: > 0 });
        foreach ((Directive<Amount> row, Directive<Amount>? startup, string attribute) in s_memory)
        {
            Directive<Amount>? now = startup is null ? set.IsSet(row) ? row : null : ForNow(set, starting, row, startup);
            if (earlier && row == CgroupDirectives.MemoryMax) { to.Write(attribute, Limit(set.Get(CgroupDirectives.MemoryLimit), physical)); }
            else if (now is not null) { to.Write(attribute, Limit(set.Get(now), physical)); }
            else if (row == CgroupDirectives.MemoryMax && set.IsSet(CgroupDirectives.MemoryLimit)) { to.Write(attribute, Limit(set.Get(row), physical)); }
            else if ((row == CgroupDirectives.MemoryMin ? least : row == CgroupDirectives.MemoryLow ? low : null) is { } amount) { to.Write(attribute, Limit(amount, physical)); }
        }
        if (set.IsSet(CgroupDirectives.MemoryZSwapWriteback)) { to.Write("memory.zswap.writeback", set.Get(CgroupDirectives.MemoryZSwapWriteback) ? "1" : "0"); }
    }

    private static void ApplyCpu(AttributeWriter to, SettingsBag set, bool starting)
    {
        if (EarlierSettings.HoldCpu(set))
        {
            (string attribute, string value) = EarlierSettings.Cpu(set, starting, to.IsUnified);
            to.WriteAsIs(attribute, value);
        }
        else if (ForNow(set, starting, CgroupDirectives.CPUWeight, CgroupDirectives.StartupCPUWeight) is { } row)
        {
            ulong weight = set.Get(row);
            to.Write("cpu.idle", weight == 0 ? "1" : "0");
            if (weight != 0) { to.Write("cpu.weight", Text(weight == ulong.MaxValue ? DefaultWeight : weight)); }
        }
        if (set.IsSet(CgroupDirectives.CPUQuota)) { to.Write("cpu.max", CpuMax(set)); }
        if (ForNow(set, starting, CgroupDirectives.AllowedCPUs, CgroupDirectives.StartupAllowedCPUs) is { } cpus) { to.Write("cpuset.cpus", Ranges(set.Get(cpus))); }
        if (ForNow(set, starting, CgroupDirectives.AllowedMemoryNodes, CgroupDirectives.StartupAllowedMemoryNodes) is { } nodes)
        {
            to.Write("cpuset.mems", Ranges(set.Get(nodes)));
        }
    }

    /// <summary>Does something hold for the unit during the boot only? Then its group is written again when the boot is over.</summary>
    public static bool HasStartupSettings(Unit unit)
    {
        SettingsBag set = unit.Settings;
        foreach ((_, Directive<Amount>? startup, _) in s_memory)
        {
            if (startup is not null && set.IsSet(startup)) { return true; }
        }
        return set.IsSet(CgroupDirectives.StartupCPUWeight) || set.IsSet(CgroupDirectives.StartupIOWeight) || set.IsSet(CgroupDirectives.StartupAllowedCPUs)
            || set.IsSet(CgroupDirectives.StartupAllowedMemoryNodes) || EarlierSettings.HasStartup(set) || Inherited(unit, CgroupDirectives.DefaultStartupMemoryLow) is not null;
    }

    /// <summary>Startup…= while the system starts or stops, else the plain one; null when neither is set. Where only the first is, the plain one's default is written after it.</summary>
    private static Directive<T>? ForNow<T>(SettingsBag set, bool starting, Directive<T> plain, Directive<T> startup) =>
        starting && set.IsSet(startup) ? startup : set.IsSet(plain) || set.IsSet(startup) ? plain : null;

    /// <summary>DefaultMemoryMin=, DefaultMemoryLow=, DefaultStartupMemoryLow= of the nearest slice above that sets it.</summary>
    private static Amount? Inherited(Unit unit, Directive<Amount> byDefault)
    {
        for (Unit? slice = unit.Slice; slice is not null; slice = slice.Slice)
        {
            if (slice.Settings.IsSet(byDefault)) { return slice.Settings.Get(byDefault); }
        }
        return null;
    }

    /// <summary>D-Bus TasksMax: what is in force for the unit.</summary>
    public static ulong EffectiveTasksMax(Unit unit)
    {
        Amount amount = unit.Settings.IsSet(CgroupDirectives.TasksMax) ? unit.Get(CgroupDirectives.TasksMax) : unit.Manager.Settings.Get(ManagerDirectives.DefaultTasksMax);
        return amount.IsInfinity ? ulong.MaxValue : amount.Resolve(Machine.Tasks);
    }

    private static string TasksMax(Unit unit) => EffectiveTasksMax(unit) is var max && max == ulong.MaxValue ? "max" : Text(max);

    private static void ApplyIo(AttributeWriter to, SettingsBag set, bool starting)
    {
        Directive<ulong>? weightRow = ForNow(set, starting, CgroupDirectives.IOWeight, CgroupDirectives.StartupIOWeight);
        if (weightRow is not null || EarlierSettings.HasBlockWeight(set))
        {
            ulong weight = set.Get(weightRow ?? CgroupDirectives.IOWeight);
            to.Write("io.weight", "default " + Text(weight == ulong.MaxValue ? DefaultWeight : weight));
        }
        foreach ((Directive<DeviceAmount[]> row, string key) in s_ioLimits) { ApplyDevices(to, set, row, "io.max", key + "="); }
        ApplyDevices(to, set, CgroupDirectives.IODeviceLatencyTargetSec, "io.latency", "target=");
        ApplyDevices(to, set, CgroupDirectives.IODeviceWeight, "io.weight", "");
    }

    private static void ApplyDevices(AttributeWriter to, SettingsBag set, Directive<DeviceAmount[]> row, string attribute, string key)
    {
        if (!set.IsSet(row)) { return; }
        foreach (DeviceAmount amount in set.Get(row))
        {
            if (BlockDevices.NumberOf(amount.Path) is { } device) { to.Write(attribute, $"{device} {key}{(amount.Value == ulong.MaxValue ? "max" : Text(amount.Value))}"); }
        }
    }

    private static string CpuMax(SettingsBag set)
    {
        Usec quota = set.Get(CgroupDirectives.CPUQuota);   // per second of wall time
        Usec period = set.Get(CgroupDirectives.CPUQuotaPeriodSec);
        ulong length = period.IsInfinity || period == Usec.Zero ? 100 * Usec.PerMsec : period.Value;
        return quota.IsInfinity ? $"max {Text(length)}" : $"{Text(Math.Max((ulong)((UInt128)quota.Value * length / Usec.PerSec), 1000))} {Text(length)}";
    }

    private static string Ranges(CpuMask mask)
    {
        var text = new StringBuilder();
        for (int cpu = 0; cpu < mask.Bits.Length * 8; cpu++)
        {
            if (!mask.Has(cpu)) { continue; }
            int last = cpu;
            while (mask.Has(last + 1)) { last++; }
            text.Append(text.Length > 0 ? "," : "").Append(cpu);
            if (last > cpu) { text.Append('-').Append(last); }
            cpu = last;
        }
        return text.ToString();
    }

    /// <summary>MemoryAccounting=, as far as it is asked for.</summary>
    public static bool CountsMemory(Unit unit) =>
        On(unit.Settings, CgroupDirectives.MemoryAccounting, unit.Manager.Settings.Get(ManagerDirectives.DefaultMemoryAccounting));

    private static bool HasIoAccounting(Unit unit) => On(unit.Settings, CgroupDirectives.IOAccounting, unit.Manager.Settings.Get(ManagerDirectives.DefaultIOAccounting));

    private static bool On(SettingsBag set, Directive<bool> row, bool byDefault) => set.IsSet(row) ? set.Get(row) : byDefault;

    private static string Limit(Amount amount, ulong whole) => amount.IsInfinity ? "max" : Text(amount.Resolve(whole, Machine.Page));

    private static string Text(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
