using System.Globalization;
using System.Text;
using SysMaster.Cgroups;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>
/// Which attributes of a control group follow from a unit's settings, in the words of v2 (<see cref="LegacyAttributes"/> has v1's). systemd.resource-control(5). Only what somebody set is written:
/// what kubelet or a GPU runtime has written beside us stays. (TasksMax= counts as set by system.conf, as everywhere.)
/// </summary>
public static class CgroupAttributes
{
    private static readonly (Directive<Amount> Row, string Attribute)[] s_memory =
    [
        (CgroupDirectives.MemoryMin, "memory.min"), (CgroupDirectives.MemoryLow, "memory.low"), (CgroupDirectives.MemoryHigh, "memory.high"),
        (CgroupDirectives.MemoryMax, "memory.max"), (CgroupDirectives.MemorySwapMax, "memory.swap.max"), (CgroupDirectives.MemoryZSwapMax, "memory.zswap.max"),
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
        CgroupControllers wanted = CgroupControllers.None;
        if (On(set, CgroupDirectives.MemoryAccounting, manager.Get(ManagerDirectives.DefaultMemoryAccounting))) { wanted |= CgroupControllers.Memory; }
        if (On(set, CgroupDirectives.TasksAccounting, manager.Get(ManagerDirectives.DefaultTasksAccounting))) { wanted |= CgroupControllers.Pids; }
        if (On(set, CgroupDirectives.IOAccounting, manager.Get(ManagerDirectives.DefaultIOAccounting))) { wanted |= CgroupControllers.Io; }
        foreach ((Directive<Amount> row, _) in s_memory) { wanted |= set.IsSet(row) ? CgroupControllers.Memory : 0; }
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
        ulong physical = unit.Manager.Facts.PhysicalMemory;
        foreach ((Directive<Amount> row, string attribute) in s_memory)
        {
            if (set.IsSet(row)) { Write(tree, unit, group, attribute, Limit(set.Get(row), physical)); }
            else if (Inherited(unit, row) is { } amount) { Write(tree, unit, group, attribute, Limit(amount, physical)); }
        }
        if (unit.Type.Has(UnitCaps.HasExec) || set.IsSet(CgroupDirectives.TasksMax)) { Write(tree, unit, group, "pids.max", TasksMax(unit)); }
        bool starting = HasStartupSettings(set) && unit.Manager.IsStartingUp;
        if (ForNow(set, starting, CgroupDirectives.CPUWeight, CgroupDirectives.StartupCPUWeight) is { } cpuWeight)
        {
            ulong weight = set.Get(cpuWeight);
            if (weight == 0) { Write(tree, unit, group, "cpu.idle", "1"); }
            else if (weight != ulong.MaxValue || set.IsSet(CgroupDirectives.StartupCPUWeight)) { Write(tree, unit, group, "cpu.weight", Text(weight == ulong.MaxValue ? DefaultWeight : weight)); }
        }
        if (set.IsSet(CgroupDirectives.CPUQuota)) { Write(tree, unit, group, "cpu.max", CpuMax(set)); }
        if (ForNow(set, starting, CgroupDirectives.AllowedCPUs, CgroupDirectives.StartupAllowedCPUs) is { } cpus) { Write(tree, unit, group, "cpuset.cpus", Ranges(set.Get(cpus))); }
        if (ForNow(set, starting, CgroupDirectives.AllowedMemoryNodes, CgroupDirectives.StartupAllowedMemoryNodes) is { } nodes)
        {
            Write(tree, unit, group, "cpuset.mems", Ranges(set.Get(nodes)));
        }
        if (ForNow(set, starting, CgroupDirectives.IOWeight, CgroupDirectives.StartupIOWeight) is { } ioWeight
            && (set.Get(ioWeight) != ulong.MaxValue || set.IsSet(CgroupDirectives.StartupIOWeight)))
        {
            Write(tree, unit, group, "io.weight", "default " + Text(set.Get(ioWeight) == ulong.MaxValue ? DefaultWeight : set.Get(ioWeight)));
        }
        ApplyDevices(tree, unit, group, set);
        if (unit.IsDelegated) { _ = tree.SetMark(group, "trusted.delegate"u8, "1"u8); }
        // Read by our last program, and by systemd's own where that ends the machine.
        if (unit.Get(UnitDirectives.SurviveFinalKillSignal) && tree.SetMark(group, "user.survive_final_kill_signal"u8, "1"u8).Failed)
        {
            _ = tree.SetMark(group, "trusted.survive_final_kill_signal"u8, "1"u8);
        }
        if (!unit.InvocationId.IsNull) { _ = tree.SetMark(group, "trusted.invocation_id"u8, Encoding.ASCII.GetBytes(unit.InvocationId.ToString())); }
    }

    /// <summary>Does a unit set what holds during the boot only? Then its group is written again when the boot is over.</summary>
    public static bool HasStartupSettings(SettingsBag set) =>
        set.IsSet(CgroupDirectives.StartupCPUWeight) || set.IsSet(CgroupDirectives.StartupIOWeight) || set.IsSet(CgroupDirectives.StartupAllowedCPUs)
        || set.IsSet(CgroupDirectives.StartupAllowedMemoryNodes);

    /// <summary>Startup…= while the system starts or stops, else the plain one; null when neither is set. Where only the first is, the plain one's default is written after it.</summary>
    private static Directive<T>? ForNow<T>(SettingsBag set, bool starting, Directive<T> plain, Directive<T> startup) =>
        starting && set.IsSet(startup) ? startup : set.IsSet(plain) || set.IsSet(startup) ? plain : null;

    /// <summary>DefaultMemoryMin=, DefaultMemoryLow= of the nearest slice above that sets it.</summary>
    private static Amount? Inherited(Unit unit, Directive<Amount> row)
    {
        Directive<Amount>? byDefault = row == CgroupDirectives.MemoryMin ? CgroupDirectives.DefaultMemoryMin
            : row == CgroupDirectives.MemoryLow ? CgroupDirectives.DefaultMemoryLow : null;
        if (byDefault is null) { return null; }
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

    private static void ApplyDevices(CgroupTree tree, Unit unit, ByteText group, SettingsBag set)
    {
        foreach ((Directive<DeviceAmount[]> row, string key) in s_ioLimits)
        {
            if (!set.IsSet(row)) { continue; }
            foreach (DeviceAmount limit in set.Get(row))
            {
                if (DeviceNumber(limit.Path) is { } device) { Write(tree, unit, group, "io.max", $"{device} {key}={(limit.Value == ulong.MaxValue ? "max" : Text(limit.Value))}"); }
            }
        }
        if (set.IsSet(CgroupDirectives.IODeviceLatencyTargetSec))
        {
            foreach (DeviceAmount target in set.Get(CgroupDirectives.IODeviceLatencyTargetSec))
            {
                if (DeviceNumber(target.Path) is { } device) { Write(tree, unit, group, "io.latency", $"{device} target={(target.Value == ulong.MaxValue ? "max" : Text(target.Value))}"); }
            }
        }
        if (!set.IsSet(CgroupDirectives.IODeviceWeight)) { return; }
        foreach (DeviceAmount weight in set.Get(CgroupDirectives.IODeviceWeight))
        {
            if (DeviceNumber(weight.Path) is { } device) { Write(tree, unit, group, "io.weight", $"{device} {Text(weight.Value)}"); }
        }
    }

    private static string? DeviceNumber(ByteText path)
    {
        Result<FileStat> stat = Sys.Stat(path);
        if (stat.Failed) { return null; }
        ulong number = stat.Value.IsBlockDevice ? stat.Value.SpecialDevice : stat.Value.Device;
        return $"{Text(number >> 32)}:{Text(number & 0xffffffff)}";
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

    private static bool On(SettingsBag set, Directive<bool> row, bool byDefault) => set.IsSet(row) ? set.Get(row) : byDefault;

    private static string Limit(Amount amount, ulong whole) => amount.IsInfinity ? "max" : Text(amount.Resolve(whole, Machine.Page));

    private static string Text(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Write(CgroupTree tree, Unit unit, ByteText group, string attribute, string value)
    {
        if (tree.Layout.Mode == CgroupMode.Unified) { WriteOne(tree, unit, group, attribute, value); return; }
        foreach ((string legacy, string translated) in LegacyAttributes.Translate(attribute, value)) { WriteOne(tree, unit, group, legacy, translated); }
    }

    private static void WriteOne(CgroupTree tree, Unit unit, ByteText group, string attribute, string value)
    {
        Errno error = tree.Write(group, Encoding.ASCII.GetBytes(attribute), Encoding.ASCII.GetBytes(value));
        if (error.Failed && error != Errno.ENOENT && error != Errno.EROFS && error != Errno.EACCES)
        {
            Log.Warning(unit, $"Failed to set '{attribute}' attribute on '{group.ToString()}' to '{value}': {error.ToString()}");
        }
    }
}
