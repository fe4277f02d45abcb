using SysMaster.Core.Logging;
using SysMaster.Linux;

namespace SysMaster.Core.Status;

/// <summary>A span in whole seconds as systemd shows it: "1min 30s", "0" for none, "no limit" for ever.</summary>
internal static class TimeSpanText
{
    private static readonly (string Suffix, ulong Usec)[] s_units =
    [
        ("w", 7 * Usec.PerDay), ("d", Usec.PerDay), ("h", Usec.PerHour), ("min", Usec.PerMinute), ("s", Usec.PerSec),
    ];

    public static void Append(LogBuffer to, Usec span)
    {
        if (span.IsInfinity)
        {
            to.Append("no limit"u8);
            return;
        }
        ulong rest = span.Value;
        bool any = false;
        foreach ((string suffix, ulong usec) in s_units)
        {
            if (rest < usec) { continue; }
            if (any) { to.Append((byte)' '); }
            to.Append((long)(rest / usec));
            to.Append(suffix);
            rest %= usec;
            any = true;
        }
        if (!any) { to.Append("0"u8); }
    }
}
