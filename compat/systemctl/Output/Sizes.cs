using System.Globalization;

namespace SysMaster.Systemctl;

/// <summary>Bytes as "184.0K": a digit behind the point, cut, not rounded.</summary>
internal static class Sizes
{
    private static readonly string[] s_units = ["E", "P", "T", "G", "M", "K"];

    public static string Human(ulong bytes)
    {
        if (bytes == ulong.MaxValue) { return "infinity"; }
        for (int i = 0; i < s_units.Length; i++)
        {
            ulong unit = 1UL << (10 * (s_units.Length - i));
            if (bytes < unit) { continue; }
            ulong remainder = i + 1 < s_units.Length ? bytes / (unit >> 10) * 10 / 1024 % 10 : bytes * 10 / unit % 10;
            return string.Create(CultureInfo.InvariantCulture, $"{bytes / unit}.{remainder}{s_units[i]}");
        }
        return string.Create(CultureInfo.InvariantCulture, $"{bytes}B");
    }
}
