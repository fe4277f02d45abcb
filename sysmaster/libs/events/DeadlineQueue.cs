using SysMaster.Linux;

namespace SysMaster.Events;

/// <summary>Told when its deadline has passed.</summary>
public interface IDeadlineObserver
{
    void OnElapsed(Deadline timer);
}

/// <summary>One deadline on one clock; armed and disarmed through its <see cref="DeadlineQueue"/>. A re-armed timer costs no allocation.</summary>
public sealed class Deadline(DeadlineQueue queue, IDeadlineObserver observer)
{
    internal int Index = -1, EarlyIndex = -1;

    /// <summary>Absolute µs on the queue's clock; <see cref="Usec.Infinity"/> while disarmed.</summary>
    public Usec When { get; internal set; } = Usec.Infinity;

    /// <summary>When the loop is awake anyway it may run from here on.</summary>
    internal Usec Earliest { get; set; } = Usec.Infinity;

    public bool IsArmed => Index >= 0;

    /// <summary>Tells timers of one observer apart.</summary>
    public int Tag { get; init; }

    internal IDeadlineObserver Observer { get; } = observer;

    public void ArmAt(Usec when) => queue.Arm(this, when, when);

    /// <summary>At the latest then, and with whatever wakes the queue from <paramref name="earliest"/> on.</summary>
    public void ArmWithin(Usec earliest, Usec when) => queue.Arm(this, earliest, when);

    public void ArmIn(Usec delay) => ArmAt(queue.Now() + delay);

    public void Disarm() => queue.Disarm(this);
}

/// <summary>
/// All deadlines on one clock behind one timerfd: a binary heap, the kernel told of the earliest only, and only when it changes.
/// All that may run by now run together: one that leaves itself time shares the wake-up of another.
/// </summary>
public sealed unsafe class DeadlineQueue : EventSource
{
    private readonly int _clock;
    private readonly DeadlineHeap _heap = new(byEarliest: false), _early = new(byEarliest: true);
    private Usec _programmed = Usec.Infinity;

    private DeadlineQueue(int fd, int clock) : base(new Fd(fd), EventPriority.Timers) => _clock = clock;

    public static DeadlineQueue Create(EventLoop loop, int clock)
    {
        int fd = LibC.timerfd_create(clock, LibC.O_CLOEXEC | LibC.O_NONBLOCK);
        if (fd < 0) { throw new InvalidOperationException($"timerfd_create: {Errno.Last}"); }
        var queue = new DeadlineQueue(fd, clock);
        loop.Add(queue, LibC.EPOLLIN);
        return queue;
    }

    public int Count => _heap.Count;

    public Usec Now() => Clock.Read(_clock);

    internal void Arm(Deadline timer, Usec earliest, Usec when)
    {
        if (when.IsInfinity) { Disarm(timer); return; }
        timer.When = when;
        timer.Earliest = earliest;
        _heap.Place(timer);
        if (earliest < when) { _early.Place(timer); }
        else { _early.Remove(timer); }
    }

    internal void Disarm(Deadline timer)
    {
        _heap.Remove(timer);
        _early.Remove(timer);
        timer.When = timer.Earliest = Usec.Infinity;
    }

    /// <summary>Tells the kernel about the earliest deadline; called once at the end of each turn.</summary>
    public void Program()
    {
        Usec next = _heap.Count == 0 ? Usec.Infinity : _heap.First.When;
        if (next == _programmed) { return; }
        _programmed = next;
        itimerspec spec = default;
        if (!next.IsInfinity)
        {
            ulong at = Math.Max(next.Value, 1);
            spec.it_value_sec = (long)(at / Usec.PerSec);
            spec.it_value_nsec = (long)(at % Usec.PerSec * 1000);
        }
        _ = LibC.timerfd_settime(Fd.Value, LibC.TFD_TIMER_ABSTIME, &spec, null);
    }

    protected internal override void Dispatch(uint ready)
    {
        ulong count;
        _ = LibC.read(Fd.Value, (byte*)&count, sizeof(ulong));
        _programmed = Usec.Infinity;
        Usec now = Now();
        while (_heap.Count > 0 && _heap.First.When <= now) { Run(_heap.First); }
        while (_early.Count > 0 && _early.First.Earliest <= now) { Run(_early.First); }
    }

    private void Run(Deadline timer)
    {
        Disarm(timer);
        timer.Observer.OnElapsed(timer);
    }

    protected override void CloseFd() => LibC.close(Fd.Value);
}
