using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>
/// Jumps of the wall clock and changes of the time zone, told to all units; and the two clocks that wake a sleeping machine. All made
/// when first asked for.
/// </summary>
public sealed partial class Manager : IFdObserver, IInotifyObserver
{
    private FdSource? _clockWatch;
    private int _zoneWatch = -1;
    private ByteText _zone;
    private DeadlineQueue? _boottimeAlarm, _realtimeAlarm;
    private bool _alarmsRefused;

    /// <summary>Deadlines on CLOCK_BOOTTIME_ALARM, for WakeSystem=; null where the kernel refuses (no CAP_WAKE_ALARM).</summary>
    public DeadlineQueue? BoottimeAlarm => Alarm(ref _boottimeAlarm, LibC.CLOCK_BOOTTIME_ALARM);

    public DeadlineQueue? RealtimeAlarm => Alarm(ref _realtimeAlarm, LibC.CLOCK_REALTIME_ALARM);

    /// <summary>From now on units hear of <see cref="Unit.OnClockChanged"/> and <see cref="Unit.OnTimezoneChanged"/>.</summary>
    public void WatchClock()
    {
        if (_clockWatch is null) { WatchJumps(); }
        if (_zoneWatch < 0) { WatchZone(); }
    }

    void IFdObserver.OnReady(FdSource source, uint ready)
    {
        Span<byte> count = stackalloc byte[8];
        // ECANCELED is the news; the timer is then dead and made anew.
        _ = Sys.Read(source.Fd, count);
        int fd = source.Fd.Value;
        source.Dispose();
        _ = LibC.close(fd);
        _clockWatch = null;
        WatchJumps();
        Log.Write(LogLevel.Info, new LogContext { MessageId = MessageIds.TimeChange }, $"Time has been changed");
        foreach (Unit unit in Units) { unit.OnClockChanged(); }
    }

    void IInotifyObserver.OnInotify(int watch, uint mask, ReadOnlySpan<byte> name)
    {
        if (!name.IsEmpty && !name.SequenceEqual("localtime"u8)) { return; }
        ByteText now = Zone();
        if (now == _zone) { return; }
        _zone = now;
        LibC.tzset();
        Log.Write(LogLevel.Info, new LogContext { MessageId = MessageIds.TimezoneChange }, $"Timezone has been changed (now: {now.ToString()}).");
        foreach (Unit unit in Units) { unit.OnTimezoneChanged(); }
    }

    /// <summary>A timer so far away that it never elapses: all that can happen to it is to be cancelled by a jump. timerfd_create(2).</summary>
    private unsafe void WatchJumps()
    {
        int fd = LibC.timerfd_create(LibC.CLOCK_REALTIME, LibC.O_CLOEXEC | LibC.O_NONBLOCK);
        if (fd < 0) { return; }
        itimerspec spec = default;
        spec.it_value_sec = long.MaxValue / 1_000_000_000;
        if (LibC.timerfd_settime(fd, LibC.TFD_TIMER_ABSTIME | LibC.TFD_TIMER_CANCEL_ON_SET, &spec, null) < 0)
        {
            Log.Debug($"Jumps of the clock cannot be watched: {Errno.Last.ToString()}");
            _ = LibC.close(fd);
            return;
        }
        _clockWatch = new FdSource(new Fd(fd), EventPriority.Timers, this);
        _ = Loop.Add(_clockWatch, LibC.EPOLLIN);
    }

    private void WatchZone()
    {
        const uint IN_CREATE = 0x100, IN_DELETE = 0x200, IN_MOVED_TO = 0x80, IN_CLOSE_WRITE = 8;
        _zone = Zone();
        _zoneWatch = Inotify.Add("/etc"u8, IN_CREATE | IN_DELETE | IN_MOVED_TO | IN_CLOSE_WRITE, this);
    }

    private static ByteText Zone() => Sys.ReadLink("/etc/localtime"u8) is { Failed: false } link ? link.Value : "UTC"u8;

    private DeadlineQueue? Alarm(ref DeadlineQueue? queue, int clock)
    {
        if (queue is not null || _alarmsRefused) { return queue; }
        int probe = LibC.timerfd_create(clock, LibC.O_CLOEXEC);
        _alarmsRefused = probe < 0;
        if (probe < 0) { return null; }
        _ = LibC.close(probe);
        return queue = DeadlineQueue.Create(Loop, clock);
    }

    private void ProgramAlarms()
    {
        _boottimeAlarm?.Program();
        _realtimeAlarm?.Program();
    }
}
