using System.Globalization;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Systemctl;

/// <summary>Moments and spans as this run prints them.</summary>
internal static class TimeWords
{
    /// <summary>A moment in the style of --timestamp; "" for never.</summary>
    public static string Moment(ulong usec, TimestampStyle style) => usec is 0 or ulong.MaxValue
        ? ""
        : style switch
        {
            TimestampStyle.Unix => string.Create(CultureInfo.InvariantCulture, $"@{usec / Usec.PerSec}"),
            TimestampStyle.Us => TimestampText.Format(new Usec(usec), microseconds: true),
            TimestampStyle.Utc => TimestampText.Format(new Usec(usec), utc: true),
            TimestampStyle.UsUtc => TimestampText.Format(new Usec(usec), utc: true, microseconds: true),
            _ => TimestampText.Format(new Usec(usec)),
        };

    /// <summary>"5min ago"</summary>
    public static string Relative(ulong usec) => TimestampText.FormatRelative(new Usec(usec), new Usec(Now(LibC.CLOCK_REALTIME)));

    /// <param name="accuracy">What is below is left out, microseconds.</param>
    public static string Span(ulong usec, ulong accuracy = 0) => TimeSpanText.Format(new Usec(usec), Math.Max(accuracy, 1));

    /// <summary>Microseconds.</summary>
    public static unsafe ulong Now(int clock)
    {
        timespec now;
        _ = LibC.clock_gettime(clock, &now);
        return ((ulong)now.tv_sec * Usec.PerSec) + ((ulong)now.tv_nsec / 1000);
    }
}
