using System.Globalization;
using SysMaster.Cgroups;
using SysMaster.Core.Directives;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>
/// The settings of the time of cgroup v1: MemoryLimit=, CPUShares=, BlockIO…=. Each family holds where the unit sets nothing of the one that came
/// after it, whatever the tree; v2 gets their values on its own scales. systemd.resource-control(5).
/// </summary>
internal static class EarlierSettings
{
    private const ulong DefaultShares = 1024, DefaultBlockWeight = 500, DefaultWeight = 100;

    private static readonly Directive[] s_modernIo =
    [
        CgroupDirectives.IODeviceWeight, CgroupDirectives.IODeviceLatencyTargetSec, CgroupDirectives.IOReadBandwidthMax,
        CgroupDirectives.IOWriteBandwidthMax, CgroupDirectives.IOReadIOPSMax, CgroupDirectives.IOWriteIOPSMax,
    ];

    private static readonly Directive[] s_blockIo =
    [
        CgroupDirectives.BlockIOWeight, CgroupDirectives.StartupBlockIOWeight, CgroupDirectives.BlockIODeviceWeight,
        CgroupDirectives.BlockIOReadBandwidth, CgroupDirectives.BlockIOWriteBandwidth,
    ];

    private static readonly (Directive<DeviceAmount[]> Row, string Key, string Legacy)[] s_bandwidths =
    [
        (CgroupDirectives.BlockIOReadBandwidth, "rbps", "blkio.throttle.read_bps_device"),
        (CgroupDirectives.BlockIOWriteBandwidth, "wbps", "blkio.throttle.write_bps_device"),
    ];

    /// <summary>MemoryLimit= is the limit: no other memory setting has a value that means something.</summary>
    /// <param name="set">The unit's settings.</param>
    /// <param name="isProtected">A slice above gives it MemoryMin= or MemoryLow= by default.</param>
    public static bool HoldMemory(SettingsBag set, bool isProtected) =>
        set.IsSet(CgroupDirectives.MemoryLimit) && !isProtected
        && set.Get(CgroupDirectives.MemoryMin) == default && set.Get(CgroupDirectives.MemoryLow) == default
        && set.Get(CgroupDirectives.MemoryHigh).IsInfinity && set.Get(CgroupDirectives.MemoryMax).IsInfinity && set.Get(CgroupDirectives.MemorySwapMax).IsInfinity
        && set.Get(CgroupDirectives.MemoryZSwapMax).IsInfinity;

    /// <summary>CPUShares= and StartupCPUShares= hold: neither CPUWeight= nor StartupCPUWeight= is set.</summary>
    public static bool HoldCpu(SettingsBag set) =>
        (set.IsSet(CgroupDirectives.CPUShares) || set.IsSet(CgroupDirectives.StartupCPUShares))
        && set.Get(CgroupDirectives.CPUWeight) == ulong.MaxValue && set.Get(CgroupDirectives.StartupCPUWeight) == ulong.MaxValue;

    /// <summary>BlockIO…= holds: nothing of IO…= is set, and IOAccounting= is off.</summary>
    /// <param name="set">The unit's settings.</param>
    /// <param name="hasIoAccounting">IOAccounting= or its default.</param>
    public static bool HoldIo(SettingsBag set, bool hasIoAccounting) =>
        !hasIoAccounting && Array.Exists(s_blockIo, set.IsSet) && !Array.Exists(s_modernIo, set.IsSet)
        && set.Get(CgroupDirectives.IOWeight) == ulong.MaxValue && set.Get(CgroupDirectives.StartupIOWeight) == ulong.MaxValue;

    /// <summary>What they need, by v2's names.</summary>
    public static CgroupControllers ControllersFor(SettingsBag set)
    {
        CgroupControllers wanted = set.IsSet(CgroupDirectives.MemoryLimit) ? CgroupControllers.Memory : CgroupControllers.None;
        if (set.IsSet(CgroupDirectives.CPUShares) || set.IsSet(CgroupDirectives.StartupCPUShares)) { wanted |= CgroupControllers.Cpu; }
        return Array.Exists(s_blockIo, set.IsSet) ? wanted | CgroupControllers.Io : wanted;
    }

    public static bool HasStartup(SettingsBag set) => set.IsSet(CgroupDirectives.StartupCPUShares) || set.IsSet(CgroupDirectives.StartupBlockIOWeight);

    public static bool HasBlockWeight(SettingsBag set) => set.IsSet(CgroupDirectives.BlockIOWeight) || set.IsSet(CgroupDirectives.StartupBlockIOWeight);

    /// <summary>Where <see cref="HoldCpu"/>: the attribute and its value.</summary>
    public static (string Attribute, string Value) Cpu(SettingsBag set, bool starting, bool unified)
    {
        ulong shares = ForNow(set, starting, CgroupDirectives.CPUShares, CgroupDirectives.StartupCPUShares, DefaultShares);
        return unified ? ("cpu.weight", Text(Math.Clamp(shares * DefaultWeight / DefaultShares, 1, 10_000))) : ("cpu.shares", Text(shares));
    }

    /// <summary>Where <see cref="HoldIo"/>: attributes and values.</summary>
    /// <param name="set">The unit's settings.</param>
    /// <param name="starting">The system starts up or goes down.</param>
    /// <param name="unified">The controllers are v2's.</param>
    /// <param name="numberOf">"major:minor" of a path; null if it has none.</param>
    public static IEnumerable<(string Attribute, string Value)> Io(SettingsBag set, bool starting, bool unified, Func<ByteText, string?> numberOf)
    {
        if (HasBlockWeight(set))
        {
            ulong weight = ForNow(set, starting, CgroupDirectives.BlockIOWeight, CgroupDirectives.StartupBlockIOWeight, DefaultBlockWeight);
            if (unified) { yield return ("io.weight", "default " + Weight(weight)); }
            else
            {
                yield return ("blkio.weight", Text(weight));
                yield return ("blkio.bfq.weight", Text(weight));
            }
        }
        foreach (DeviceAmount device in set.Get(CgroupDirectives.BlockIODeviceWeight))
        {
            if (numberOf(device.Path) is not { } number) { continue; }
            yield return unified ? ("io.weight", $"{number} {Weight(device.Value)}") : ("blkio.weight_device", $"{number} {Text(device.Value)}");
        }
        foreach ((Directive<DeviceAmount[]> row, string key, string legacy) in s_bandwidths)
        {
            foreach (DeviceAmount device in set.Get(row))
            {
                if (numberOf(device.Path) is not { } number) { continue; }
                yield return unified ? ("io.max", $"{number} {key}={Text(device.Value)}") : (legacy, $"{number} {Text(device.Value)}");
            }
        }
    }

    private static ulong ForNow(SettingsBag set, bool starting, Directive<ulong> plain, Directive<ulong> startup, ulong byDefault)
    {
        ulong value = starting && set.Get(startup) != ulong.MaxValue ? set.Get(startup) : set.Get(plain);
        return value == ulong.MaxValue ? byDefault : value;
    }

    private static string Weight(ulong blockWeight) => Text(Math.Clamp(blockWeight * DefaultWeight / DefaultBlockWeight, 1, 10_000));

    private static string Text(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
