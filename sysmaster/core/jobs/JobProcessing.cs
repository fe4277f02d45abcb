using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>
/// The life of a queued job: installed (merged into what the unit has queued already), run when its ordering allows, finished by its
/// unit's change of state, its timeout, or a cancellation; then those that waited for it are tried.
/// </summary>
internal static class JobProcessing
{
    public static Installed Install(Manager manager, TransactionJob planned)
    {
        Unit unit = planned.Unit;
        Job? queued = planned.Type == JobType.Nop ? unit.NopJob : unit.Job;
        if (queued is not null)
        {
            JobType? merged = JobTypes.Merge(queued.Type, planned.Type);
            if (merged is null) { Finish(queued, JobResult.Canceled, propagate: false); }
            else
            {
                bool mayMergeLate = queued.State == JobState.Waiting
                    || (planned.Type != JobType.Reload && JobTypes.IsSuperset(queued.Type, planned.Type));
                queued.Type = JobTypes.Collapse(merged.Value, unit);
                queued.Irreversible |= planned.Irreversible;
                queued.IgnoreOrder |= planned.IgnoreOrder;
                // A running job that may not be widened runs once more as what it became.
                if (!mayMergeLate) { queued.State = JobState.Waiting; }
                manager.QueueRun(queued);
                manager.QueueChanged(queued);
                return new Installed(queued, false);
            }
        }
        var job = new Job(manager.NextJobId(), unit, planned.Type)
        {
            Irreversible = planned.Irreversible,
            IgnoreOrder = planned.IgnoreOrder,
            QueuedAt = manager.Loop.Now,
            Actor = manager.CurrentActor,
        };
        manager.Attach(job);
        StartTimeout(job, running: false);
        manager.QueueRun(job);
        return new Installed(job, true);
    }

    /// <summary>What the job waits for has to be begun again: it runs once more.</summary>
    public static void RunAgain(Job job)
    {
        if (job.State != JobState.Running) { return; }
        job.State = JobState.Waiting;
        job.Manager.QueueRun(job);
        job.Manager.QueueChanged(job);
    }

    /// <summary>May it run now, as far as the order of units goes?</summary>
    public static bool IsRunnable(Job job)
    {
        if (job.IgnoreOrder || job.Type == JobType.Nop) { return true; }
        foreach (Edge edge in job.Unit.Edges.All)
        {
            if ((edge.Kinds & (Dep.After | Dep.Before)) == 0 || edge.Other.Job is not { IgnoreOrder: false } other) { continue; }
            if ((edge.Kinds & Dep.After) != 0 && JobOrder.Compare(job.Type, other.Type, selfIsBefore: false) > 0) { return false; }
            if ((edge.Kinds & Dep.Before) != 0 && JobOrder.Compare(job.Type, other.Type, selfIsBefore: true) > 0) { return false; }
        }
        return true;
    }

    public static void Run(Job job)
    {
        if (job.State != JobState.Waiting || !IsRunnable(job)) { return; }
        Unit unit = job.Unit;
        StartTimeout(job, running: true);
        job.State = JobState.Running;
        job.RunningSince = unit.Manager.Loop.Now;
        unit.Manager.QueueChanged(job);
        JobStep step = Step(job, unit);
        // The step itself may have ended the job.
        if (job.Result is not null || !ReferenceEquals(job.Type == JobType.Nop ? unit.NopJob : unit.Job, job)) { return; }
        switch (step)
        {
            case JobStep.Started or JobStep.UnderWay: break;
            case JobStep.Again:
                job.State = JobState.Waiting;
                unit.Manager.QueueChanged(job);
                break;
            case JobStep.Already: Finish(job, JobResult.Done, already: true); break;
            case JobStep.ConditionFailed: Finish(job, JobResult.Done); break;
            case JobStep.AssertFailed: Finish(job, JobResult.Assert); break;
            case JobStep.NotApplicable: Finish(job, JobResult.Skipped); break;
            case JobStep.Invalid: Finish(job, JobResult.Invalid); break;
            case JobStep.Unsupported: Finish(job, JobResult.Unsupported); break;
            case JobStep.Dependency: Finish(job, JobResult.Dependency); break;
            case JobStep.Once: Finish(job, JobResult.Once); break;
            default: Finish(job, JobResult.Failed); break;
        }
    }

    private static JobStep Step(Job job, Unit unit)
    {
        switch (job.Type)
        {
            case JobType.Start:
            {
                JobStep step = unit.Start();
                if (step == JobStep.Started) { unit.Manager.QueueAnnouncement(job, job.Type); }
                return step;
            }
            case JobType.VerifyActive:
                return unit.ActiveState.IsActiveOrReloading() ? JobStep.Already
                    : unit.ActiveState == UnitActiveState.Activating ? JobStep.Again : JobStep.NotApplicable;
            case JobType.Stop or JobType.Restart or JobType.TryRestart:
            {
                JobType asked = job.Type;
                JobStep step = unit.Stop();
                if (step == JobStep.Started) { unit.Manager.QueueAnnouncement(job, asked); }
                return step;
            }
            case JobType.Reload:
            {
                JobStep step = unit.Reload();
                if (step == JobStep.Started) { unit.Manager.QueueAnnouncement(job, job.Type); }
                return step;
            }
            default: return JobStep.Already;
        }
    }

    /// <returns>True if no running job asked for this change: it came by itself.</returns>
    public static bool OnUnitChanged(Job job, UnitActiveState now, NotifyFlags flags)
    {
        bool unexpected = job.State == JobState.Waiting;
        if (unexpected) { job.Manager.QueueRun(job); }   // it may have waited for just this: a second reload for the end of the first
        JobResult over = now == UnitActiveState.Failed ? JobResult.Failed : JobResult.Done;
        switch (job.Type)
        {
            case JobType.Start or JobType.VerifyActive:
                if (now.IsActiveOrReloading()) { Finish(job, JobResult.Done); }
                else if (job.State == JobState.Running && now != UnitActiveState.Activating)
                {
                    unexpected = true;
                    if (now.IsInactiveOrFailed()) { Finish(job, over); }
                }
                break;
            case JobType.Reload or JobType.ReloadOrStart or JobType.TryReload:
                if (job.State != JobState.Running) { break; }
                if (now == UnitActiveState.Active)
                {
                    Finish(job, (flags & NotifyFlags.ReloadFailed) != 0 ? JobResult.Failed : JobResult.Done);
                }
                else if (now is not (UnitActiveState.Activating or UnitActiveState.Reloading))
                {
                    unexpected = true;
                    if (now.IsInactiveOrFailed()) { Finish(job, over); }
                }
                break;
            case JobType.Stop or JobType.Restart or JobType.TryRestart:
                if (now.IsInactiveOrFailed()) { Finish(job, JobResult.Done); }
                else if (job.State == JobState.Running && now != UnitActiveState.Deactivating)
                {
                    unexpected = true;
                    Finish(job, JobResult.Failed);
                }
                break;
        }
        return unexpected;
    }

    /// <summary>The job is over. Its waiters are tried; on failure those that required it fail with it.</summary>
    /// <param name="already">It was so before: nothing is announced.</param>
    public static void Finish(Job job, JobResult result, bool propagate = true, bool already = false)
    {
        Unit unit = job.Unit;
        Manager manager = unit.Manager;
        JobAnnouncer.End(job, result, already);
        if (result == JobResult.Done && job.Type is JobType.Restart or JobType.TryRestart)
        {
            job.Type = JobType.Start;
            job.State = JobState.Waiting;
            job.RunningSince = default;
            manager.QueueChanged(job);
            manager.QueueRun(job);
            RunNeighbours(unit);
            return;
        }
        job.Result = result;
        manager.Detach(job, result);
        if (result != JobResult.Done && propagate)
        {
            if (job.Type is JobType.Start or JobType.VerifyActive) { FailDependents(unit, Dep.PropagateStartFailure); }
            else if (job.Type == JobType.Stop) { FailDependents(unit, Dep.PropagateStopFailure); }
        }
        if (result == JobResult.Done && propagate && job.Type == JobType.Start && !unit.ActiveState.IsActiveOrReloading())
        {
            // A verify-active merged into this start: it holds only if the unit really came up.
            FailDependents(unit, Dep.RequisiteOf);
        }
        if (result is JobResult.Timeout or JobResult.Dependency)
        {
            var context = new LogContext(unit) { JobId = job.Id, JobType = job.Type.Text(), JobResult = result.Text() };
            Log.Write(LogLevel.Notice, context, $"Job {job} failed with result '{result.Text()}'.");
            manager.StartOutcomeUnits(unit, Dep.OnFailure, unit.Get(UnitDirectives.OnFailureJobMode));
        }
        foreach (Unit trigger in new List<Unit>(unit.Others(Dep.TriggeredBy))) { trigger.OnTriggeredUnitChanged(unit); }
        RunNeighbours(unit);
        manager.QueueGc(unit);
        manager.CheckStartupFinished();
    }

    public static void OnTimeout(Job job)
    {
        Unit unit = job.Unit;
        Log.Warning(unit, $"Job {job} timed out.");
        Finish(job, JobResult.Timeout);
        unit.Manager.RunEmergencyAction(unit.Get(UnitDirectives.JobTimeoutAction), unit.Get(UnitDirectives.JobTimeoutRebootArgument).ToString(), -1,
            "job timed out");
    }

    public static void StartTimeout(Job job, bool running)
    {
        Usec span = running ? job.Unit.JobRunningTimeout : job.Unit.Get(UnitDirectives.JobTimeoutSec);
        if (span.IsInfinity || span == Usec.Zero) { return; }
        Usec at = job.Manager.Loop.Now + span;
        if (job.Timeout is { IsArmed: true } armed && armed.When <= at) { return; }
        job.Timeout ??= new Deadline(job.Manager.Monotonic, job);
        job.Timeout.ArmAt(at);
    }

    private static void FailDependents(Unit unit, Dep kinds)
    {
        foreach (Unit other in new List<Unit>(unit.Others(kinds)))
        {
            if (other.Job is { Type: JobType.Start or JobType.VerifyActive } job && !other.IsUpWithItsProcess) { Finish(job, JobResult.Dependency); }
        }
    }

    private static void RunNeighbours(Unit unit)
    {
        foreach (Edge edge in unit.Edges.All)
        {
            if ((edge.Kinds & (Dep.After | Dep.Before)) != 0 && edge.Other.Job is { } job) { unit.Manager.QueueRun(job); }
        }
    }
}
