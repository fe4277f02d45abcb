using SysMaster.Linux;

namespace SysMaster.Events;

/// <summary>Told when its deadline has passed.</summary>
public interface ITimerObserver
{
    void OnElapsed(Timer timer);
}

/// <summary>One deadline on one clock; armed and disarmed through its <see cref="TimerQueue"/>. A re-armed timer costs no allocation.</summary>
public sealed class Timer(TimerQueue queue, ITimerObserver observer)
{
    internal int Index = -1;

    /// <summary>Absolute µs on the queue's clock; <see cref="Usec.Infinity"/> while disarmed.</summary>
    public Usec When { get; internal set; } = Usec.Infinity;

    public bool IsArmed => Index >= 0;

    /// <summary>Tells timers of one observer apart.</summary>
    public int Tag { get; init; }

    internal ITimerObserver Observer { get; } = observer;

    public void ArmAt(Usec when) => queue.Arm(this, when);

    public void ArmIn(Usec delay) => queue.Arm(this, queue.Now() + delay);

    public void Disarm() => queue.Disarm(this);
}

/// <summary>
/// All deadlines on one clock behind one timerfd: a binary heap, the kernel told of the earliest only, and only when it changes.
/// Deadlines within <c>accuracy</c> share a wake-up, because all that have passed run together.
/// </summary>
public sealed unsafe class TimerQueue : EventSource
{
    private readonly int _clock;
    private readonly List<Timer> _heap = [];
    private Usec _programmed = Usec.Infinity;

    private TimerQueue(int fd, int clock) : base(new Fd(fd), EventPriority.Timers) => _clock = clock;

    public static TimerQueue Create(EventLoop loop, int clock)
    {
        int fd = LibC.timerfd_create(clock, LibC.O_CLOEXEC | LibC.O_NONBLOCK);
        if (fd < 0) { throw new InvalidOperationException($"timerfd_create: {Errno.Last}"); }
        var queue = new TimerQueue(fd, clock);
        loop.Add(queue, LibC.EPOLLIN);
        return queue;
    }

    public int Count => _heap.Count;

    public Usec Now() => Clock.Read(_clock);

    internal void Arm(Timer timer, Usec when)
    {
        if (when.IsInfinity) { Disarm(timer); return; }
        timer.When = when;
        if (timer.Index < 0)
        {
            timer.Index = _heap.Count;
            _heap.Add(timer);
        }
        SiftUp(timer.Index);
        SiftDown(timer.Index);
    }

    internal void Disarm(Timer timer)
    {
        int i = timer.Index;
        timer.When = Usec.Infinity;
        if (i < 0) { return; }
        timer.Index = -1;
        Timer last = _heap[^1];
        _heap.RemoveAt(_heap.Count - 1);
        if (last == timer) { return; }
        _heap[i] = last;
        last.Index = i;
        SiftUp(i);
        SiftDown(last.Index);
    }

    /// <summary>Tells the kernel about the earliest deadline; called once at the end of each turn.</summary>
    public void Program()
    {
        Usec next = _heap.Count == 0 ? Usec.Infinity : _heap[0].When;
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
        while (_heap.Count > 0 && _heap[0].When <= now)
        {
            Timer timer = _heap[0];
            Disarm(timer);
            timer.Observer.OnElapsed(timer);
        }
    }

    protected override void CloseFd() => LibC.close(Fd.Value);

    private void SiftUp(int i)
    {
        while (i > 0)
        {
            int parent = (i - 1) / 2;
            if (_heap[parent].When <= _heap[i].When) { return; }
            Swap(i, parent);
            i = parent;
        }
    }

    private void SiftDown(int i)
    {
        while (true)
        {
            int child = (2 * i) + 1;
            if (child >= _heap.Count) { return; }
            if (child + 1 < _heap.Count && _heap[child + 1].When < _heap[child].When) { child++; }
            if (_heap[i].When <= _heap[child].When) { return; }
            Swap(i, child);
            i = child;
        }
    }

    private void Swap(int a, int b)
    {
        (_heap[a], _heap[b]) = (_heap[b], _heap[a]);
        _heap[a].Index = a;
        _heap[b].Index = b;
    }
}
