using System.Globalization;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Systemctl;

/// <summary>"now", "+5", "5" (minutes), "23:59": when a shutdown should be. shutdown(8).</summary>
internal static class ShutdownTime
{
    /// <param name="when">CLOCK_REALTIME microseconds; 0 for now.</param>
    public static bool TryParse(string text, out ulong when) => TryParse(text, TimeWords.Now(LibC.CLOCK_REALTIME), out when);

    public static bool TryParse(string text, ulong now, out ulong when)
    {
        when = 0;
        if (text == "now") { return true; }
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            if (!ulong.TryParse(text.StartsWith('+') ? text[1..] : text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong minutes)) { return false; }
            when = (new Usec(now) + Usec.FromSec(minutes > ulong.MaxValue / 60 ? ulong.MaxValue : minutes * 60)).Value;
            return true;
        }
        if (!Number(text[..colon], 23, out int hour) || !Number(text[(colon + 1)..], 59, out int minute)) { return false; }
        if (!LocalTime.TryBreak((long)(now / Usec.PerSec), utc: false, out LibC.tm tm)) { return false; }
        (tm.tm_hour, tm.tm_min, tm.tm_sec) = (hour, minute, 0);
        LibC.tm today = tm;
        if (!LocalTime.TryMake(ref today, utc: false, out long seconds)) { return false; }
        if ((ulong)seconds * Usec.PerSec <= now)
        {
            // That time of today is over.
            tm.tm_mday++;
            if (!LocalTime.TryMake(ref tm, utc: false, out seconds)) { return false; }
        }
        when = (ulong)seconds * Usec.PerSec;
        return true;
    }

    private static bool Number(string text, int most, out int value)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= most;
}
