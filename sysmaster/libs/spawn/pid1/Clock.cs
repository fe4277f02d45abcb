using SysMaster.Linux;

namespace SysMaster.Spawn.Pid1;

/// <summary>CLOCK_MONOTONIC and timers on it, without allocation.</summary>
public static unsafe class Clock
{
    /// <returns>Microseconds.</returns>
    public static long Now()
    {
        timespec now;
        _ = LibC.clock_gettime(LibC.CLOCK_MONOTONIC, &now);
        return now.tv_sec * 1_000_000 + now.tv_nsec / 1000;
    }

    /// <summary>Once, after this time; 0 disarms.</summary>
    public static void SetTimer(int timerfd, long msec)
    {
        var value = new itimerspec { it_value_sec = msec / 1000, it_value_nsec = msec % 1000 * 1_000_000 };
        _ = LibC.timerfd_settime(timerfd, 0, &value, null);
    }

    /// <returns>False when it was set anew after epoll had seen it elapse.</returns>
    public static bool TakeTimer(int timerfd)
    {
        ulong expirations;
        return LibC.read(timerfd, (byte*)&expirations, sizeof(ulong)) == sizeof(ulong);
    }

    public static void Sleep(long msec)
    {
        var span = new timespec { tv_sec = msec / 1000, tv_nsec = msec % 1000 * 1_000_000 };
        _ = LibC.syscall(LibC.IsArm64 ? 101 : 35, (nint)(&span), 0);   // nanosleep
    }
}
