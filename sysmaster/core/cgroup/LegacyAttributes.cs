using System.Globalization;
using SysMaster.Cgroups;

namespace SysMaster.Core;

/// <summary>
/// What an attribute of cgroup v2 is called, and how its value is written, where the controller sits in a v1 tree. systemd.resource-control(5) names the
/// scales; what v1 has no counterpart for (memory.low, memory.swap.max) has no row and is not written.
/// </summary>
internal static class LegacyAttributes
{
    private const ulong DefaultWeight = 100, DefaultShares = 1024, DefaultBlockWeight = 500;

    private static readonly (string Unified, string Legacy)[] s_throttles =
    [
        ("rbps=", "blkio.throttle.read_bps_device"), ("wbps=", "blkio.throttle.write_bps_device"),
        ("riops=", "blkio.throttle.read_iops_device"), ("wiops=", "blkio.throttle.write_iops_device"),
    ];

    /// <summary>v1 names of the controllers, v2 names given.</summary>
    public static CgroupControllers Controllers(CgroupControllers unified)
    {
        CgroupControllers legacy = unified & ~CgroupControllers.Io;
        if ((unified & CgroupControllers.Io) != 0) { legacy |= CgroupControllers.Blkio; }
        if ((unified & CgroupControllers.Cpu) != 0) { legacy |= CgroupControllers.Cpuacct; }
        return legacy;
    }

    /// <summary>The writes that do in v1 what one write does in v2; empty for what v1 cannot do.</summary>
    public static IEnumerable<(string Attribute, string Value)> Translate(string attribute, string value)
    {
        switch (attribute)
        {
            case "memory.max": return [("memory.limit_in_bytes", value == "max" ? "-1" : value)];
            case "pids.max" or "cpuset.cpus" or "cpuset.mems": return [(attribute, value)];
            case "cpu.weight": return [("cpu.shares", Scale(value, DefaultShares, 2, 262144))];
            case "cpu.idle": return value == "1" ? [("cpu.shares", "2")] : [];   // the least there is
            case "cpu.max": return Quota(value);
            case "io.weight" when value.StartsWith("default ", StringComparison.Ordinal): return BlockWeight(value["default ".Length..], "");
            case "io.weight": return BlockWeight(value[(value.IndexOf(' ', StringComparison.Ordinal) + 1)..], value[..(value.IndexOf(' ', StringComparison.Ordinal) + 1)]);
            case "io.max": return Throttle(value);
            default: return [];
        }
    }

    private static IEnumerable<(string Attribute, string Value)> Quota(string value)
    {
        int space = value.IndexOf(' ', StringComparison.Ordinal);
        yield return ("cpu.cfs_period_us", value[(space + 1)..]);
        yield return ("cpu.cfs_quota_us", value.StartsWith("max", StringComparison.Ordinal) ? "-1" : value[..space]);
    }

    /// <summary>The BFQ scheduler has files of its own; one of the two is there.</summary>
    private static IEnumerable<(string Attribute, string Value)> BlockWeight(string weight, string device)
    {
        string scaled = Scale(weight, DefaultBlockWeight, 10, 1000);
        yield return (device.Length > 0 ? "blkio.weight_device" : "blkio.weight", device + scaled);
        if (device.Length == 0) { yield return ("blkio.bfq.weight", scaled); }
    }

    private static IEnumerable<(string Attribute, string Value)> Throttle(string value)
    {
        int space = value.IndexOf(' ', StringComparison.Ordinal);
        foreach ((string unified, string legacy) in s_throttles)
        {
            if (!value.AsSpan(space + 1).StartsWith(unified, StringComparison.Ordinal)) { continue; }
            string limit = value[(space + 1 + unified.Length)..];
            yield return (legacy, $"{value[..space]} {(limit == "max" ? "0" : limit)}");
        }
    }

    private static string Scale(string weight, ulong unit, ulong least, ulong most)
    {
        ulong scaled = ulong.Parse(weight, CultureInfo.InvariantCulture) * unit / DefaultWeight;
        return Math.Clamp(scaled, least, most).ToString(CultureInfo.InvariantCulture);
    }
}
