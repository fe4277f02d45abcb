using SysMaster.Core.Directives;
using SysMaster.Core.Logging;

namespace SysMaster.Core;

/// <summary>Jobs: asking for them, installing and removing them.</summary>
public sealed partial class Manager
{
    private const uint JobIdBlock = 256;

    private uint _lastJobId;
    private uint _jobIdLimit;

    public Dictionary<uint, Job> Jobs { get; } = [];

    public uint JobsInstalled { get; private set; }

    public uint JobsFailed { get; private set; }

    /// <summary>Who asks for the jobs that are being installed right now.</summary>
    public string? CurrentActor { get; set; }

    /// <summary>
    /// One that no client of this boot has seen: a client that waits takes the end of a job with its own number for the end of its job. They
    /// come from recorded blocks, and the next manager begins with the block after.
    /// </summary>
    public uint NextJobId()
    {
        do { _lastJobId++; }
        while (_lastJobId == 0 || Jobs.ContainsKey(_lastJobId));
        if (_lastJobId >= _jobIdLimit)
        {
            _jobIdLimit = _lastJobId + JobIdBlock;
            MarkManagerDirty();
        }
        return _lastJobId;
    }

    /// <summary>
    /// Plans and installs <paramref name="type"/> on <paramref name="unit"/> with all it pulls in. Nothing is changed when it is refused.
    /// </summary>
    /// <param name="job">The job that now stands for what was asked; null if there was nothing to do.</param>
    /// <param name="affected">Filled with every unit that got a job.</param>
    public BusError? AddJob(JobType type, Unit unit, JobMode mode, out Job? job, List<Unit>? affected = null)
    {
        job = null;
        if (Plan(type, unit, mode, null, out Transaction? transaction) is { } refusal) { return refusal; }
        BusError? error = transaction!.Activate(affected);
        if (error is not null) { return error; }
        job = transaction.AnchorJob;
        return null;
    }

    /// <summary>What <see cref="AddJob"/> would do, without doing it: units may be loaded for it, nothing else changes.</summary>
    /// <param name="plan">Filled with the jobs, or with as much as was known when it was refused.</param>
    public BusError? PlanJob(JobType type, Unit unit, JobMode mode, TransactionPlan plan)
    {
        if (Plan(type, unit, mode, plan, out Transaction? transaction) is { } refusal) { return refusal; }
        if (transaction!.Settle() is { } error) { return error; }
        transaction.Describe();
        return null;
    }

    private BusError? Plan(JobType type, Unit unit, JobMode mode, TransactionPlan? plan, out Transaction? planned)
    {
        planned = null;
        EnsureLoaded(unit);
        if (mode == JobMode.Isolate && type != JobType.Start)
        {
            return new BusError(BusError.InvalidArgs, "Isolate is only valid for start.");
        }
        if (mode == JobMode.Isolate && !unit.CanIsolate)
        {
            return new BusError(BusError.NoIsolation, "Operation refused, unit may not be isolated.");
        }
        if (mode == JobMode.Triggering && type != JobType.Stop)
        {
            return new BusError(BusError.InvalidArgs, "--job-mode=triggering is only valid for stop.");
        }
        if (mode == JobMode.RestartDependencies && type != JobType.Start)
        {
            return new BusError(BusError.InvalidArgs, "--job-mode=restart-dependencies is only valid for start.");
        }
        type = JobTypes.Collapse(type, unit);
        var transaction = new Transaction(this, mode, plan);
        BusError? error = transaction.Add(type, unit, null, true, false,
            ignoreRequirements: mode is JobMode.IgnoreDependencies or JobMode.IgnoreRequirements, ignoreOrder: mode == JobMode.IgnoreDependencies);
        if (error is not null) { return error; }
        if (mode == JobMode.Isolate) { transaction.AddIsolation(); }
        if (mode == JobMode.Triggering) { transaction.AddTriggering(unit); }
        planned = transaction;
        return null;
    }

    /// <summary>For jobs that the manager itself wants: a refusal is logged against the unit.</summary>
    /// <param name="type">What to do.</param>
    /// <param name="unit">To whom.</param>
    /// <param name="mode">How it deals with what is queued.</param>
    /// <param name="because">The unit on whose behalf; null for the manager's own.</param>
    /// <param name="what">What the job is called in the log; null for its type.</param>
    public Job? AddJobOrLog(JobType type, Unit unit, JobMode mode, Unit? because, string? what = null)
    {
        string? before = CurrentActor;
        CurrentActor = because is null ? "manager" : $"unit {because.Id}";
        BusError? error = AddJob(type, unit, mode, out Job? job);
        CurrentActor = before;
        if (error is not null) { Log.Warning(because ?? unit, $"Failed to enqueue {what ?? type.Text()} job, ignoring: {error.Message}"); }
        return job;
    }

    /// <summary>A start job that runs already is begun anew: its service is started once more.</summary>
    public void RunAgain(Job job) => JobProcessing.RunAgain(job);

    /// <summary>The unit reloads by itself: those that reload with it get a job each, and it one that does nothing, for the transaction to hang on.</summary>
    public void PropagateReload(Unit unit)
    {
        string? before = CurrentActor;
        CurrentActor = $"unit {unit.Id}";
        var transaction = new Transaction(this, JobMode.Fail);
        BusError? error = transaction.Add(JobType.Nop, unit, null, true);
        if (error is null)
        {
            transaction.AddReloads(transaction.Anchor);
            error = transaction.Activate(null);
        }
        CurrentActor = before;
        if (error is not null) { Log.Warning(unit, $"Failed to schedule propagation of reload, ignoring: {error.Message}"); }
    }

    internal void Attach(Job job)
    {
        Jobs[job.Id] = job;
        JobsInstalled++;
        if (job.Type == JobType.Nop) { job.Unit.NopJob = job; }
        else { job.Unit.Job = job; }
        QueueChanged(job);
        job.Unit.MarkChanged();
        job.Unit.MarkDirty();
    }

    internal void Detach(Job job, JobResult result)
    {
        job.Timeout?.Disarm();
        Jobs.Remove(job.Id);
        if (result is not (JobResult.Done or JobResult.Canceled or JobResult.Skipped)) { JobsFailed++; }
        if (ReferenceEquals(job.Unit.NopJob, job)) { job.Unit.NopJob = null; }
        if (ReferenceEquals(job.Unit.Job, job)) { job.Unit.Job = null; }
        job.Unit.MarkDirty();
        foreach (IManagerObserver observer in Observers) { observer.OnJobRemoved(job, result); }
        job.Unit.MarkChanged();
        foreach (Unit ended in job.Unit.Others(Dep.OnFailureOf | Dep.OnSuccessOf)) { QueueGc(ended); }
        Status.JobRemoved(job);
    }

    public void Cancel(Job job) => JobProcessing.Finish(job, JobResult.Canceled);

    public void CancelAllJobs()
    {
        foreach (Job job in new List<Job>(Jobs.Values)) { JobProcessing.Finish(job, JobResult.Canceled, propagate: false); }
    }

    /// <summary>OnFailure= and OnSuccess=.</summary>
    internal void StartOutcomeUnits(Unit unit, Dep kind, JobMode mode)
    {
        bool logged = false;
        foreach (Unit other in new List<Unit>(unit.Others(kind)))
        {
            if (!logged) { Log.Info(unit, $"Triggering {Deps.Name(kind)}= dependencies."); }
            logged = true;
            AddJobOrLog(JobType.Start, other, mode, unit, $"{Deps.Name(kind)}=");
        }
    }
}
