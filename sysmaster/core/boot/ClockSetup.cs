using SysMaster.Core.Logging;
using SysMaster.Linux;

namespace SysMaster.Core.Boot;

/// <summary>
/// The kernel's zone and a clock that cannot be right. A hardware clock in local time (third line "LOCAL" of /etc/adjtime, hwclock(8)) is
/// warped to UTC by the first settimeofday(2) with a zone; one in UTC needs that first call too, with zero, or a later one would warp it.
/// </summary>
public static unsafe class ClockSetup
{
    /// <summary>Is the hardware clock in local time?</summary>
    public static bool IsLocal(string root = "")
    {
        string[] lines = (SmallFile.TextOrNull(root + "/etc/adjtime") ?? "").Split('\n');
        return lines.Length > 2 && lines[2].Trim() == "LOCAL";
    }

    /// <summary>Tells the kernel the zone. Once per boot, outside containers.</summary>
    public static void ApplyTimezone(bool clockIsLocal)
    {
        int minutesWest = clockIsLocal ? -(int)TimeZoneInfo.Local.GetUtcOffset(DateTimeOffset.UtcNow).TotalMinutes : 0;
        int* zone = stackalloc int[2];
        zone[0] = minutesWest;
        zone[1] = 0;
        Errno e = Errno.FromResult(LibC.settimeofday(null, zone));
        if (e.Failed) { Log.Warning($"Failed to apply local time delta, ignoring: {e}"); }
        else if (clockIsLocal) { Log.Info($"RTC configured in localtime, applying delta of {-minutesWest} minutes to system time."); }
    }

    /// <summary>Puts the clock forward, never back: to systemd.clock_usec=, or to the time of /usr/lib/clock-epoch, which is older than now ever is.</summary>
    public static void ApplyEpoch(ulong? clockUsec, string root = "")
    {
        Result<FileStat> stamp = Sys.Stat(new ByteText(root + "/usr/lib/clock-epoch"));
        ulong epoch = Math.Max(clockUsec ?? 0, stamp.Failed ? 0 : (ulong)stamp.Value.MtimeUsec);
        timespec now;
        if (epoch == 0 || LibC.clock_gettime(LibC.CLOCK_REALTIME, &now) < 0) { return; }
        if ((ulong)now.tv_sec * Usec.PerSec >= epoch) { return; }
        long* time = stackalloc long[2];
        time[0] = (long)(epoch / Usec.PerSec);
        time[1] = (long)(epoch % Usec.PerSec);
        Errno e = Errno.FromResult(LibC.settimeofday(time, null));
        if (e.Failed) { Log.Warning($"Current system time is before build time, but cannot correct: {e}"); }
        else { Log.Info($"System time was before the epoch of this system, set forward."); }
    }
}
