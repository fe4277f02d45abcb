using System.Globalization;
using SysMaster.UnitFiles;

namespace SysMaster.Systemctl;

/// <summary>Properties of simple types: the name tells what the number means.</summary>
internal static class BasicTexts
{
    private const string NotSet = "[not set]", NoData = "[no data]", Infinity = "infinity";

    private static readonly HashSet<string> s_moments = ["NextElapseUSecRealtime", "LastTriggerUSec", "TimeUSec", "RTCTimeUSec"];

    private static readonly HashSet<string> s_weights =
        ["CPUWeight", "StartupCPUWeight", "IOWeight", "StartupIOWeight", "CPUShares", "StartupCPUShares", "BlockIOWeight", "StartupBlockIOWeight",
            "MemoryCurrent", "TasksCurrent"];

    private static readonly HashSet<string> s_limits =
    [
        "DefaultMemoryLow", "DefaultMemoryMin", "MemoryLow", "MemoryHigh", "MemoryMax", "MemorySwapMax", "MemoryLimit", "MemoryAvailable",
            "DefaultTasksMax", "TasksMax", "MemoryMin",
    ];

    private static readonly HashSet<string> s_traffic = ["IPIngressBytes", "IPIngressPackets", "IPEgressBytes", "IPEgressPackets"];

    /// <returns>Null for a type that is not simple.</returns>
    public static PropertyText? Format(string name, BusValue value, Settings settings) => value.Content switch
    {
        bool b => new([b ? "yes" : "no"], Always: true),
        string s => PropertyText.One(s.Contains('\n', StringComparison.Ordinal) ? PropertyText.UnprintableWord : s),
        ulong t => PropertyText.One(Unsigned(name, t, settings)),
        long x => PropertyText.One(x.ToString(CultureInfo.InvariantCulture)),
        uint u => PropertyText.One(Small(name, u)),
        int i when i < 0 && name.EndsWith("ActionExitStatus", StringComparison.Ordinal) => new([NotSet], IsEmpty: true),
        int i => PropertyText.One(Integer(name, i)),
        double d => PropertyText.One(d.ToString("g6", CultureInfo.InvariantCulture)),
        object[] items when value.Signature == "as" => PropertyText.One(string.Join(' ', items.Cast<string>().Select(ShellWord.Quote))),
        object[] items when value.Signature == "au"
            => PropertyText.One(string.Join(' ', items.Cast<uint>().Select(u => u.ToString("x8", CultureInfo.InvariantCulture)))),
        byte[] bytes => PropertyText.One(string.Concat(bytes.Select(b => b.ToString("x2", CultureInfo.InvariantCulture)))),
        _ => null,
    };

    private static string Unsigned(string name, ulong value, Settings settings)
    {
        if (name.EndsWith("Timestamp", StringComparison.Ordinal) || s_moments.Contains(name)) { return TimeWords.Moment(value, settings.Timestamp); }
        if (name.Contains("USec", StringComparison.Ordinal)) { return value == ulong.MaxValue ? Infinity : TimeWords.Span(value); }
        if (name == "CoredumpFilter") { return $"0x{value.ToString("x", CultureInfo.InvariantCulture)}"; }
        if (name == "RestrictNamespaces") { return KernelFlags.Namespaces(value); }
        if (name == "MountFlags") { return KernelFlags.Propagation(value); }
        if (name is "CapabilityBoundingSet" or "AmbientCapabilities") { return KernelFlags.Capabilities(value); }
        if (value == 0 && name is "CPUWeight" or "StartupCPUWeight" && value == 0) { return "idle"; }
        if (value == ulong.MaxValue)
        {
            if (s_weights.Contains(name) || name.EndsWith("NSec", StringComparison.Ordinal)) { return NotSet; }
            if (s_limits.Contains(name) || name.StartsWith("Limit", StringComparison.Ordinal) || name.StartsWith("DefaultLimit", StringComparison.Ordinal))
            {
                return Infinity;
            }
            if (s_traffic.Contains(name)) { return NoData; }
        }
        return value.ToString(CultureInfo.InvariantCulture);
    }

    private static string Small(string name, uint value)
    {
        if (name.Contains("UMask", StringComparison.Ordinal) || name.Contains("Mode", StringComparison.Ordinal))
        {
            return Convert.ToString(value, 8).PadLeft(4, '0');
        }
        if (name is "UID" or "GID" && value == uint.MaxValue) { return NotSet; }
        return value.ToString(CultureInfo.InvariantCulture);
    }

    private static string Integer(string name, int value)
    {
        if (name == "NUMAPolicy") { return KernelFlags.MemoryPolicy(value); }
        return value.ToString(CultureInfo.InvariantCulture);
    }
}
