namespace SysMaster.UnitFiles;

/// <summary>One spelling of a unit of time and its length.</summary>
internal readonly record struct TimeUnit(byte[] Name, ulong Length)
{
    private const ulong Sec = 1_000_000;

    /// <summary>In microseconds; longer spellings before those they begin with.</summary>
    public static readonly TimeUnit[] Microseconds = Make(Sec);

    /// <summary>In nanoseconds, with "ns".</summary>
    public static readonly TimeUnit[] Nanoseconds = [.. Make(Sec * 1000), new("nsec"u8.ToArray(), 1), new("ns"u8.ToArray(), 1)];

    private static TimeUnit[] Make(ulong second) =>
    [
        new("seconds"u8.ToArray(), second), new("second"u8.ToArray(), second), new("sec"u8.ToArray(), second), new("s"u8.ToArray(), second),
        new("minutes"u8.ToArray(), 60 * second), new("minute"u8.ToArray(), 60 * second), new("min"u8.ToArray(), 60 * second),
        new("months"u8.ToArray(), 2629800 * second), new("month"u8.ToArray(), 2629800 * second), new("M"u8.ToArray(), 2629800 * second),
        new("msec"u8.ToArray(), second / 1000), new("ms"u8.ToArray(), second / 1000), new("m"u8.ToArray(), 60 * second),
        new("hours"u8.ToArray(), 3600 * second), new("hour"u8.ToArray(), 3600 * second), new("hr"u8.ToArray(), 3600 * second), new("h"u8.ToArray(), 3600 * second),
        new("days"u8.ToArray(), 86400 * second), new("day"u8.ToArray(), 86400 * second), new("d"u8.ToArray(), 86400 * second),
        new("weeks"u8.ToArray(), 604800 * second), new("week"u8.ToArray(), 604800 * second), new("w"u8.ToArray(), 604800 * second),
        new("years"u8.ToArray(), 31557600 * second), new("year"u8.ToArray(), 31557600 * second), new("y"u8.ToArray(), 31557600 * second),
        new("usec"u8.ToArray(), second / Sec), new("us"u8.ToArray(), second / Sec), new("µs"u8.ToArray(), second / Sec), new("μs"u8.ToArray(), second / Sec),
    ];
}
