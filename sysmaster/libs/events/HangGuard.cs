using SysMaster.Linux;

namespace SysMaster.Events;

/// <summary>
/// A timer shared with whoever watches this process: armed while the loop works, disarmed before it sleeps, so a process that has nothing to
/// do costs no wake-up. A slice of long work sets it anew. Once it has fired it does so again and again while the work goes on: the watcher
/// looks each time whether this process loops or is blocked, or only was not given the CPU (docs/decisions/0009).
/// </summary>
public sealed unsafe class HangGuard(Fd timer)
{
    /// <summary>How long one slice of work may take unsuspected. What a debug build runs for the first time it compiles first.</summary>
#if DEBUG
    public static readonly Usec Limit = new(30 * Usec.PerSec);
#else
    public static readonly Usec Limit = new(3 * Usec.PerSec / 2);
#endif

    /// <summary>The way from the start to the first turn, which is not cut in slices everywhere.</summary>
    public static readonly Usec StartLimit = new(30 * Usec.PerSec);

    /// <summary>From one look to the next; less than the shortest limit, as the watcher tells work from other work by it.</summary>
    private static readonly Usec s_look = new(Usec.PerSec / 2);

    private const int SlicesInStart = 5;
    private static readonly Usec s_renewAfter = new(Usec.PerSec / 2);
    private Usec _armed = Usec.Infinity;
    private readonly Usec _made = Clock.Monotonic();
    private Usec _work = Limit;
    private Usec _limit = Limit;

    /// <summary>Work begins, or goes on.</summary>
    public void Arm() => Arm(_work);

    /// <summary>
    /// The way from the start to the first turn is over: how long it took says how slow this machine is (emulated, or starved of CPU), and there
    /// a slice may take longer. Nowhere more than <see cref="StartLimit"/>.
    /// </summary>
    public void Settle()
    {
        Usec slow = new((Clock.Monotonic() - _made).Value * SlicesInStart);
        _work = slow > StartLimit ? StartLimit : slow > Limit ? slow : Limit;
    }

    public void Arm(Usec limit)
    {
        _armed = Clock.Monotonic();
        _limit = limit;
        Set(limit);
    }

    /// <summary>One slice of long work is done.</summary>
    public void Slice()
    {
        if (_armed.IsInfinity || Clock.Monotonic() - _armed < s_renewAfter) { return; }
        Arm(_limit);
    }

    public void Disarm()
    {
        if (_armed.IsInfinity) { return; }
        _armed = Usec.Infinity;
        Set(Usec.Zero);
    }

    private void Set(Usec after)
    {
        var value = new itimerspec
        {
            it_value_sec = (long)(after.Value / Usec.PerSec),
            it_value_nsec = (long)(after.Value % Usec.PerSec * 1000),
            it_interval_nsec = (long)(s_look.Value * 1000),
        };
        _ = LibC.timerfd_settime(timer.Value, 0, &value, null);
    }
}
