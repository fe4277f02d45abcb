using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>
/// How often the manager starts or stops a unit of its own accord (Upholds=, BindsTo=, StopWhenUnneeded=): a unit that undoes it at once would keep
/// it busy for ever. Beyond the limit the question is asked again when the interval is over. Not part of the record: a new manager counts anew.
/// </summary>
internal sealed class OwnJobs(Manager manager, DeadlineQueue clock) : IDeadlineObserver
{
    private const uint Burst = 16;
    private static readonly Usec s_interval = Usec.FromSec(10);

    private readonly Dictionary<Unit, RateLimit> _limits = [];
    private readonly List<Unit> _postponed = [];
    private Deadline? _retry;

    /// <param name="unit">What is to be started or stopped.</param>
    /// <param name="reason">Why, for the log, should it be too often.</param>
    public bool MayAct(Unit unit, string reason)
    {
        RateLimit limit = _limits.GetValueOrDefault(unit);
        bool may = limit.Test(manager.Loop.Now, s_interval, Burst);
        _limits[unit] = limit;
        if (may) { return true; }
        Log.Warning(unit, $"{reason} since we tried this too often recently. Will retry later.");
        if (!_postponed.Contains(unit)) { _postponed.Add(unit); }
        Usec at = limit.Begin + s_interval + new Usec(1);
        _retry ??= new Deadline(clock, this);
        if (!_retry.IsArmed || at < _retry.When) { _retry.ArmAt(at); }
        return false;
    }

    public void Forget(Unit unit)
    {
        _limits.Remove(unit);
        _postponed.Remove(unit);
    }

    void IDeadlineObserver.OnElapsed(Deadline timer)
    {
        foreach (Unit unit in _postponed) { manager.AskAgain(unit); }
        _postponed.Clear();
    }
}
