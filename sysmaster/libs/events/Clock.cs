using SysMaster.Linux;

namespace SysMaster.Events;

/// <summary>The clocks that units are stamped with, in µs. clock_gettime(2).</summary>
public static unsafe class Clock
{
    public static Usec Monotonic() => Read(LibC.CLOCK_MONOTONIC);

    public static Usec Realtime() => Read(LibC.CLOCK_REALTIME);

    public static Usec Boottime() => Read(LibC.CLOCK_BOOTTIME);

    public static Usec Read(int clock)
    {
        timespec ts;
        _ = LibC.clock_gettime(clock, &ts);
        return new Usec(((ulong)ts.tv_sec * Usec.PerSec) + ((ulong)ts.tv_nsec / 1000));
    }
}
