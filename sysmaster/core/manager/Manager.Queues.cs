using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Savepoint;

namespace SysMaster.Core;

/// <summary>
/// Queues: what a change implies for others is queued and run at the end of the turn, never called recursively. The order is fixed and
/// repeats until nothing is left; a turn's budget keeps the bus and exits from waiting.
/// </summary>
public sealed partial class Manager
{
    private const int RoundsPerTurn = 64;
    private const int TurnsJobsWait = 16;
    private const int JobsPerTurn = 512;

    private readonly Queue<Unit> _load = new();
    private readonly Queue<Unit> _targetDeps = new();
    private readonly Queue<Unit> _stopWhenUnneeded = new();
    private readonly Queue<Unit> _startWhenUpheld = new();
    private readonly Queue<Unit> _stopWhenBound = new();
    private readonly Queue<Unit> _gc = new();
    private readonly PriorityQueue<Job, RunRank> _run = new();
    private readonly List<Unit> _changed = [];
    private readonly List<Job> _changedJobs = [];
    private readonly List<(Job Job, JobType Type)> _beginning = [];
    private readonly List<Unit> _dirty = [];
    private List<Unit> _effects = [];
    private List<Unit> _effectsSpare = [];
    private int _turnsJobsWaited;

    public bool HasWork => _run.Count > 0 || _effects.Count > 0 || _load.Count > 0 || (_changed.Count > 0 && !ObserversAreBusy) || _dirty.Count > 0 || _dropped.Count > 0
        || _gc.Count > 0 || _stopWhenUnneeded.Count > 0 || _stopWhenBound.Count > 0 || _startWhenUpheld.Count > 0
        || Savepoint is { NeedsCompaction: true } && !_compactionFailed || Cgroups is { HasUnwatched: true } || (_early.Count > 0 && !IsAwaitingPid);

    /// <summary>
    /// What this turn brought is worked off, recorded, done and told. Jobs run in a turn of their own, when nothing else waits: who asked has the
    /// answer, and who must pass it on has had time to, before what the jobs stop is gone. Jobs that follow from those at once run in the same turn.
    /// </summary>
    public void OnTurnEnd()
    {
        DeliverEarlyExits();
        bool jobsRun = _run.Count > 0 && (Loop.WasQuiet || ++_turnsJobsWaited >= TurnsJobsWait);
        int jobs = jobsRun ? JobsPerTurn : 0;
        for (int round = 0; round < RoundsPerTurn; round++)
        {
            if (jobs > 0 && _run.Count > 0) { jobs = DispatchRunQueue(jobs); }
            DispatchLoadQueue();
            DispatchCgroupEmpty();
            DispatchDependents();
            DispatchChanged();
            DispatchGc();   // before the next call is read: it must not find what nobody needs
            Loop.Guard?.Slice();
            DispatchChanged();   // before the commit: what clients are owed belongs to the batch that they are told of
            CommitRecords();
            AnnounceJobs();
            if (_effects.Count == 0 && _load.Count == 0) { break; }
            RunEffects();
        }
        if (_dirty.Count > 0 || _dropped.Count > 0) { CommitRecords(); }
        CompactRecords();
        foreach (IManagerObserver observer in Observers) { observer.OnTurnEnd(); }
        Trim.OnTurnEnd();
        Monotonic.Program();
        Realtime.Program();
        ProgramAlarms();
        if (_hasStood) { Cgroups.WatchSome(); }
        _hasStood = true;
        Ledger?.Clear();
    }

    /// <summary>The first turn is over: who had waited for us was answered.</summary>
    private bool _hasStood;

    internal void QueueLoad(Unit unit)
    {
        if (unit.LoadState != UnitLoadState.Stub || !TrySet(unit, UnitFlags.InLoadQueue)) { return; }
        _load.Enqueue(unit);
    }

    internal void QueueTargetDependencies(Unit unit)
    {
        if (TrySet(unit, UnitFlags.InTargetDepsQueue)) { _targetDeps.Enqueue(unit); }
    }

    internal void QueueGc(Unit unit)
    {
        if (TrySet(unit, UnitFlags.InGcQueue)) { _gc.Enqueue(unit); }
    }

    internal void QueueRun(Job job)
    {
        if (job.InRunQueue || job.State == JobState.Running) { return; }
        job.InRunQueue = true;
        _run.Enqueue(job, RunRank.Of(job.Unit));
    }

    internal void QueueChanged(Unit unit)
    {
        if (TrySet(unit, UnitFlags.InChangedQueue)) { _changed.Add(unit); }
    }

    internal void QueueChanged(Job job) => _changedJobs.Add(job);

    internal void QueueDirty(Unit unit)
    {
        if (!IsReplaying && TrySet(unit, UnitFlags.Dirty)) { _dirty.Add(unit); }
    }

    internal void QueueEffects(Unit unit)
    {
        if (TrySet(unit, UnitFlags.InEffectQueue)) { _effects.Add(unit); }
    }

    /// <summary>After it went down: what it alone kept up, and what is bound to it.</summary>
    internal void QueueDependentsOfStopped(Unit unit)
    {
        foreach (Edge edge in unit.Edges.All)
        {
            if ((edge.Kinds & Dep.AddStopWhenUnneeded) != 0) { QueueStopWhenUnneeded(edge.Other); }
            if ((edge.Kinds & Dep.BoundBy) != 0) { Queue(_stopWhenBound, edge.Other, UnitFlags.InBoundQueue); }
        }
        Queue(_startWhenUpheld, unit, UnitFlags.InStartWhenUpheldQueue);
    }

    internal void QueueDependentsOfStarted(Unit unit)
    {
        QueueStopWhenUnneeded(unit);
        foreach (Edge edge in unit.Edges.All)
        {
            if ((edge.Kinds & Dep.Upholds) != 0) { Queue(_startWhenUpheld, edge.Other, UnitFlags.InStartWhenUpheldQueue); }
        }
        Queue(_stopWhenBound, unit, UnitFlags.InBoundQueue);
    }

    internal void QueueStopWhenUnneeded(Unit unit)
    {
        if (unit.Get(UnitDirectives.StopWhenUnneeded)) { Queue(_stopWhenUnneeded, unit, UnitFlags.InStopWhenUnneededQueue); }
    }

    /// <summary>After unit files were read anew: whoever is up or has failed may be needed, held up or bound otherwise than before.</summary>
    private void QueueDependentsOfAll(List<Unit> units)
    {
        foreach (Unit unit in units)
        {
            if ((unit.Flags & UnitFlags.Removed) != 0) { continue; }
            UnitActiveState now = unit.ActiveState;
            if (now is UnitActiveState.Failed or UnitActiveState.Deactivating) { QueueDependentsOfStopped(unit); }
            else if (now.IsActiveOrReloading()) { QueueDependentsOfStarted(unit); }
        }
    }

    private OwnJobs? _ownJobs;

    private OwnJobs OwnJobs => _ownJobs ??= new OwnJobs(this, Monotonic);

    /// <summary>All that could make the manager start or stop the unit by itself is asked again.</summary>
    internal void AskAgain(Unit unit)
    {
        Queue(_startWhenUpheld, unit, UnitFlags.InStartWhenUpheldQueue);
        Queue(_stopWhenBound, unit, UnitFlags.InBoundQueue);
        QueueStopWhenUnneeded(unit);
    }

    internal void DispatchLoadQueue()
    {
        while (true)
        {
            while (_load.TryDequeue(out Unit? unit))
            {
                unit.Flags &= ~UnitFlags.InLoadQueue;
                if (unit.LoadState == UnitLoadState.Stub && (unit.Flags & UnitFlags.Removed) == 0) { Loader.Load(unit); }
                Loop.Guard?.Slice();
            }
            if (!_targetDeps.TryDequeue(out Unit? target)) { return; }
            target.Flags &= ~UnitFlags.InTargetDepsQueue;
            Loader.AddTargetDependencies(target);
        }
    }

    private void DispatchDependents()
    {
        while (_startWhenUpheld.TryDequeue(out Unit? unit))
        {
            unit.Flags &= ~UnitFlags.InStartWhenUpheldQueue;
            if (Dependents.UpheldBy(unit) is { } culprit
                && OwnJobs.MayAct(unit, $"Unit needs to be started because active unit {culprit.Id} upholds it, but not starting"))
            {
                Log.Debug(unit, $"Unit is started because upheld by active unit {culprit.Id}.");
                AddJobOrLog(JobType.Start, unit, JobMode.Fail, culprit);
            }
        }
        while (_stopWhenBound.TryDequeue(out Unit? unit))
        {
            unit.Flags &= ~UnitFlags.InBoundQueue;
            if (Dependents.BrokenBinding(unit) is { } culprit
                && OwnJobs.MayAct(unit, $"Unit needs to be stopped because it is bound to inactive unit {culprit.Id} it, but not stopping"))
            {
                Log.Debug(unit, $"Unit is stopped because bound to inactive unit {culprit.Id}.");
                AddJobOrLog(JobType.Stop, unit, JobMode.Replace, culprit);
            }
        }
        while (_stopWhenUnneeded.TryDequeue(out Unit? unit))
        {
            unit.Flags &= ~UnitFlags.InStopWhenUnneededQueue;
            if (Dependents.IsUnneeded(unit) && OwnJobs.MayAct(unit, "Unit not needed anymore, but not stopping"))
            {
                Log.Debug(unit, $"Unit is not needed anymore.");
                AddJobOrLog(JobType.Stop, unit, JobMode.Fail, null);
            }
        }
    }

    /// <summary>Says that the job began, once it is known that its unit does not just pass through.</summary>
    internal void QueueAnnouncement(Job job, JobType type) => _beginning.Add((job, type));

    private void AnnounceJobs()
    {
        for (int i = 0; i < _beginning.Count; i++)
        {
            (Job job, JobType type) = _beginning[i];
            if (job.Result is null && job.Unit.IsTransitory) { continue; }
            JobAnnouncer.Begin(job, type);
            _beginning.RemoveAt(i--);
        }
    }

    private Unit? _goingDown;

    /// <returns>How many more may run in this turn.</returns>
    private int DispatchRunQueue(int budget)
    {
        _turnsJobsWaited = 0;
        if (_goingDown is { IsGoingDownAtOnce: true }) { return budget; }
        for (; budget > 0 && _run.TryDequeue(out Job? job, out _); budget--)
        {
            job.InRunQueue = false;
            if (job.Result is null) { JobProcessing.Run(job); }
            AnnounceJobs();   // a restart that takes no time is a start by the end of the turn
            // Where nobody is left to signal, it is down before the next job runs, which may ask for just that.
            if (job.Unit.IsGoingDownAtOnce)
            {
                _goingDown = job.Unit;
                return budget - 1;
            }
        }
        return budget;
    }

    private void RunEffects()
    {
        List<Unit> batch = _effects;
        (_effects, _effectsSpare) = (_effectsSpare, batch);
        foreach (Unit unit in batch)
        {
            unit.Flags &= ~UnitFlags.InEffectQueue;
            Ledger?.Point(CrumbKind.Unit, unit.Id.Text);
            unit.RunEffects();
            Loop.Guard?.Slice();
        }
        batch.Clear();
    }

    private readonly List<Unit> _untold = [];

    /// <summary>Read back: clients that did not read had kept the manager before us from telling of its last change.</summary>
    internal void OweNews(Unit unit) => _untold.Add(unit);

    /// <summary>Clients know what was loaded: only what they are owed, or differs from it and is found from here on, is told.</summary>
    private void ForgetNews()
    {
        foreach (Unit unit in _changed)
        {
            unit.Flags &= ~UnitFlags.InChangedQueue;
            QueueGc(unit);
        }
        _changed.Clear();
        foreach (Unit unit in _untold) { QueueChanged(unit); }
        _untold.Clear();
    }

    private bool ObserversAreBusy
    {
        get
        {
            foreach (IManagerObserver observer in Observers)
            {
                if (observer.IsBusy) { return true; }
            }
            return false;
        }
    }

    private void DispatchChanged()
    {
        int told = 0;
        for (; told < _changed.Count && !ObserversAreBusy; told++)
        {
            Unit unit = _changed[told];
            if ((unit.Flags & (UnitFlags.Removed | UnitFlags.Transitory)) == 0)
            {
                foreach (IManagerObserver observer in Observers) { observer.OnUnitChanged(unit); }
            }
            unit.Flags &= ~UnitFlags.InChangedQueue;
            QueueGc(unit);   // nothing is forgotten before its last change is told
        }
        _changed.RemoveRange(0, told);
        if (_changed.Count > 0) { return; }
        if (_changedJobs.Count > 0) { _changedJobs.RemoveAll(_tellJob ??= TellJob); }
    }

    private Predicate<Job>? _tellJob;

    /// <returns>False: later. A job that is known and over by the end of the turn, or as soon as its process is there, was not seen to run.</returns>
    private bool TellJob(Job job)
    {
        if (job.Result is not null) { return true; }
        if (job.Announced && (_effects.Count > 0 || job.Unit.IsTransitory)) { return false; }
        foreach (IManagerObserver observer in Observers) { observer.OnJobChanged(job); }
        return true;
    }

    /// <summary>Room that many units at once took and nobody needs now: a queue that once held 5,000 units holds 64 KiB.</summary>
    internal void GiveBackRoom()
    {
        foreach (Queue<Unit> queue in (ReadOnlySpan<Queue<Unit>>)[_load, _targetDeps, _stopWhenUnneeded, _startWhenUpheld, _stopWhenBound, _gc]) { queue.TrimExcess(); }
        foreach (List<Unit> list in (ReadOnlySpan<List<Unit>>)[_changed, _dirty, _effects, _effectsSpare, _untold]) { list.TrimExcess(); }
        _run.TrimExcess();
        _changedJobs.TrimExcess();
        _beginning.TrimExcess();
        Jobs.TrimExcess();
        _byName.TrimExcess();
        Units.TrimExcess();
        Savepoint?.Trim();
        foreach (Unit unit in Units) { unit.Edges.Trim(); }
    }

    private static bool TrySet(Unit unit, UnitFlags flag)
    {
        if ((unit.Flags & flag) != 0) { return false; }
        unit.Flags |= flag;
        return true;
    }

    private static void Queue(Queue<Unit> queue, Unit unit, UnitFlags flag)
    {
        if (TrySet(unit, flag)) { queue.Enqueue(unit); }
    }
}
