using SysMaster.Core.Directives;
using SysMaster.Core.Logging;

namespace SysMaster.Core;

/// <summary>
/// A set of jobs that go into the queue together or not at all. Plan: the wanted job and all it pulls in (<see cref="Add"/>), then
/// <see cref="Activate"/>: mark what matters to the anchor; drop what has no impact; merge jobs of one unit, removing what does not
/// matter where they exclude each other; break ordering cycles by removing what does not matter; refuse what would replace queued jobs
/// it may not; finally install. systemd.unit(5), systemctl(1) --job-mode=.
/// </summary>
/// <param name="plan">Filled instead of the queue: nothing is changed, and nothing logged (<see cref="Settle"/>).</param>
internal sealed partial class Transaction(Manager manager, JobMode mode, TransactionPlan? plan = null)
{
    private readonly Dictionary<Unit, List<TransactionJob>> _jobs = [];
    private readonly bool _irreversible = mode == JobMode.ReplaceIrreversibly;
    private TransactionJob? _anchor;
    private int _generation;

    public TransactionJob Anchor => _anchor!;

    /// <summary>Plans <paramref name="type"/> on <paramref name="unit"/> with everything that it pulls in.</summary>
    /// <param name="by">The job that needs it; null for the anchor.</param>
    /// <param name="matters">The needing job cannot do without.</param>
    public BusError? Add(JobType type, Unit unit, TransactionJob? by, bool matters, bool conflicts = false,
        bool ignoreRequirements = false, bool ignoreOrder = false)
    {
        if (Refusal(type, unit, by, mode) is { } refusal) { return refusal; }
        TransactionJob job = AddOne(type, unit, ignoreOrder, out bool isNew);
        var link = new TransactionLink(by, job, matters, conflicts);
        job.Objects.Add(link);
        if (by is null) { _anchor = job; }
        else { by.Subjects.Add(link); }
        if (plan is not null && by is not null) { (job.PulledBy ??= []).Add((by, matters)); }
        if (isNew && !ignoreRequirements && type != JobType.Nop) { return PullIn(job, ignoreOrder); }
        return null;
    }

    private BusError? PullIn(TransactionJob job, bool ignoreOrder)
    {
        Unit unit = job.Unit;
        if (unit.Following is { } following) { LogFailure(Add(job.Type, following, job, false, false, false, ignoreOrder), job, following); }
        if (job.Type is JobType.Start or JobType.Restart)
        {
            if (PullInForStart(job, ignoreOrder) is { } error) { return error; }
        }
        if (job.Type is JobType.Stop or JobType.Restart)
        {
            JobType propagated = job.Type == JobType.Stop ? JobType.Stop : JobType.TryRestart;
            foreach (Unit other in Snapshot(unit, job.Type == JobType.Stop ? Dep.PropagateStop : Dep.PropagateRestart))
            {
                JobType type = JobTypes.Collapse(propagated, other);
                if (type == JobType.Nop) { continue; }
                if (Add(type, other, job, true, false, false, ignoreOrder) is { } error)
                {
                    if (error.Name != BusError.UnitMasked) { return error; }
                }
            }
        }
        if (job.Type == JobType.Reload) { AddReloads(job, ignoreOrder); }
        if (mode == JobMode.RestartDependencies && by(job) is null && job.Type is JobType.Start or JobType.Restart)
        {
            // Only the anchor's dependents are restarted, never those further out.
            foreach (Unit other in Snapshot(unit, Dep.RequiredBy | Dep.BoundBy | Dep.ConsistsOf))
            {
                JobType type = JobTypes.Collapse(JobType.TryRestart, other);
                if (type != JobType.Nop && Add(type, other, job, true, false, false, ignoreOrder) is { } error) { return error; }
            }
        }
        return null;

        static TransactionJob? by(TransactionJob j) => j.Objects.Count > 0 ? j.Objects[0].Subject : null;
    }

    private BusError? PullInForStart(TransactionJob job, bool ignoreOrder)
    {
        Unit unit = job.Unit;
        foreach (Unit other in Snapshot(unit, Dep.PullInStart))
        {
            if (Add(JobType.Start, other, job, true, false, false, ignoreOrder) is not { } error) { continue; }
            if (error.Name != BusError.JobTypeNotApplicable) { return error; }
        }
        foreach (Unit other in Snapshot(unit, Dep.PullInStartIgnored))
        {
            LogFailure(Add(JobType.Start, other, job, false, false, false, ignoreOrder), job, other);
        }
        foreach (Unit other in Snapshot(unit, Dep.PullInVerify))
        {
            if (Add(JobType.VerifyActive, other, job, true, false, false, ignoreOrder) is { } error && error.Name != BusError.JobTypeNotApplicable) { return error; }
        }
        foreach (Unit other in Snapshot(unit, Dep.PullInStop))
        {
            if (Add(JobType.Stop, other, job, true, true, false, ignoreOrder) is { } error && error.Name != BusError.JobTypeNotApplicable) { return error; }
        }
        foreach (Unit other in Snapshot(unit, Dep.PullInStopIgnored))
        {
            LogFailure(Add(JobType.Stop, other, job, false, false, false, ignoreOrder), job, other);
        }
        return null;
    }

    /// <summary>Stops of everything that the isolated unit did not pull in.</summary>
    public void AddIsolation()
    {
        foreach (Unit unit in manager.Units)
        {
            if (unit.IgnoresIsolate || !MayBeIsolatedAway(unit)) { continue; }
            if (unit.ActiveState.IsInactiveOrFailed() && unit.Job is null) { continue; }
            if (_jobs.ContainsKey(unit)) { continue; }
            if (TriggeredByPlanned(unit)) { continue; }
            LogFailure(Add(JobType.Stop, unit, _anchor, true), _anchor!, unit);
        }
    }

    /// <summary>Reloads of what reloads with the job's unit. Who is up and knows no reload is named, here alone.</summary>
    public void AddReloads(TransactionJob job, bool ignoreOrder = false)
    {
        foreach (Unit other in Snapshot(job.Unit, Dep.PropagatesReloadTo))
        {
            JobType type = JobTypes.Collapse(JobType.TryReload, other);
            if (type == JobType.Nop || Add(type, other, job, false, false, false, ignoreOrder) is not { } error) { continue; }
            if (plan is not null) { LogFailure(error, job, other); }
            else { Log.Warning(other, $"Cannot add dependency reload job, ignoring: {error.Message}"); }
        }
    }

    /// <summary>Mode "triggering": what triggers the stopped unit stops as well.</summary>
    public void AddTriggering(Unit unit)
    {
        foreach (Unit trigger in Snapshot(unit, Dep.TriggeredBy))
        {
            if (trigger.ActiveState.IsInactiveOrFailed() && trigger.Job is null) { continue; }
            if (_jobs.ContainsKey(trigger)) { continue; }
            LogFailure(Add(JobType.Stop, trigger, _anchor, true), _anchor!, trigger);
        }
    }

    private static bool MayBeIsolatedAway(Unit unit) => !unit.IsPerpetual && unit.Following is null;

    private bool TriggeredByPlanned(Unit unit)
    {
        foreach (Unit trigger in unit.Others(Dep.TriggeredBy))
        {
            if (_jobs.TryGetValue(trigger, out List<TransactionJob>? jobs) && jobs.Exists(static j => j.Type is JobType.Start)) { return true; }
        }
        return false;
    }

    private static BusError? Refusal(JobType type, Unit unit, TransactionJob? by, JobMode mode)
    {
        unit.Manager.EnsureLoaded(unit);
        if (type != JobType.Stop && unit.LoadState is UnitLoadState.BadSetting or UnitLoadState.Error or UnitLoadState.NotFound or UnitLoadState.Masked)
        {
            if (type != JobType.Stop)
            {
                if (unit.LoadState != UnitLoadState.Loaded && !(type == JobType.VerifyActive && unit.LoadState == UnitLoadState.Stub))
                {
                    return LoadRefusal(unit);
                }
            }
        }
        if (type != JobType.Stop && unit.LoadState == UnitLoadState.Stub) { return LoadRefusal(unit); }
        if (!IsApplicable(type, unit))
        {
            return new BusError(BusError.JobTypeNotApplicable, $"Job type {type.Text()} is not applicable for unit {unit.Id}.");
        }
        return null;
    }

    private static BusError LoadRefusal(Unit unit) => unit.LoadState switch
    {
        UnitLoadState.Masked => new BusError(BusError.UnitMasked, $"Unit {unit.Id} is masked."),
        UnitLoadState.NotFound => new BusError(BusError.NoSuchUnit, $"Unit {unit.Id} not found."),
        UnitLoadState.BadSetting => new BusError(BusError.BadUnitSetting, $"Unit {unit.Id} has a bad unit file setting."),
        _ => unit.LoadError ?? new BusError(BusError.LoadFailed, $"Unit {unit.Id} is not loaded."),
    };

    private static bool IsApplicable(JobType type, Unit unit) => type switch
    {
        JobType.VerifyActive or JobType.Start or JobType.Nop => true,
        JobType.Stop => !unit.IsPerpetual,
        // What is started once only would be stopped for good.
        JobType.Restart or JobType.TryRestart => unit.CanStop && unit.CanStart && !(unit.Type.Has(UnitCaps.OncePerStart) && unit.Timestamps.InactiveExit.IsSet),
        JobType.Reload or JobType.TryReload => unit.CanReload,
        _ => unit.CanReload && unit.CanStart,
    };

    private TransactionJob AddOne(JobType type, Unit unit, bool ignoreOrder, out bool isNew)
    {
        if (_jobs.TryGetValue(unit, out List<TransactionJob>? list))
        {
            foreach (TransactionJob existing in list)
            {
                if (existing.Type == type) { isNew = false; return existing; }
            }
        }
        else
        {
            _jobs[unit] = list = [];
        }
        var job = new TransactionJob(unit, type) { Irreversible = _irreversible, IgnoreOrder = ignoreOrder };
        list.Add(job);
        isNew = true;
        return job;
    }

    private void LogFailure(BusError? error, TransactionJob job, Unit other)
    {
        if (error is null) { return; }
        if (plan is not null)
        {
            plan.Dropped.Add(new PlannedDrop(other.Id, "", $"{error.Message} (pulled in by {job.Unit.Id})"));
            return;
        }
        if (error.Name is BusError.UnitMasked or BusError.NoSuchUnit or BusError.JobTypeNotApplicable) { return; }
        Log.Warning(other, $"Cannot add dependency job, ignoring: {error.Message} (wanted by {job.Unit.Id})");
    }

    /// <summary>The neighbours, copied: loading one of them may add edges.</summary>
    private static List<Unit> Snapshot(Unit unit, Dep kinds)
    {
        var list = new List<Unit>();
        foreach (Edge edge in unit.Edges.All)
        {
            if ((edge.Kinds & kinds) != 0) { list.Add(edge.Other); }
        }
        return list;
    }
}
