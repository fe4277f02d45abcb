using SysMaster.Core.Directives;
using SysMaster.Core.Logging;

namespace SysMaster.Core;

/// <summary>From a plan to installed jobs.</summary>
internal sealed partial class Transaction
{
    /// <summary>Verifies, reduces and installs. On refusal nothing was changed.</summary>
    public BusError? Activate(List<Unit>? affected)
    {
        if (Settle() is { } refusal) { return refusal; }
        Install(affected);
        return null;
    }

    /// <summary>All but installing: what is left is what would go into the queue.</summary>
    public BusError? Settle()
    {
        // 1. What matters to the anchor, and is reachable from it.
        _generation++;
        MarkMatters(_anchor!, ++_generation);
        if (mode == JobMode.Fail) { MinimizeImpact(); }
        // 2. Jobs that neither change anything nor interfere with what is queued.
        DropRedundant();
        while (true)
        {
            // 3. What nobody needs any more.
            if (mode != JobMode.Isolate) { CollectGarbage(); }
            // 4. Cycles.
            if (VerifyOrder(out bool removed) is { } cyclic) { return cyclic; }
            if (!removed) { break; }
        }
        while (true)
        {
            // 5. Jobs of one unit that exclude each other.
            if (MergeJobs(out bool removed) is { } conflict)
            {
                if (plan is null) { Log.Warning($"Requested transaction contains unmergeable jobs: {conflict.Message}"); }
                return conflict;
            }
            if (!removed) { break; }
            if (mode != JobMode.Isolate) { CollectGarbage(); }
        }
        DropRedundant();
        // 6. What is queued already.
        if (IsDestructive() is { } destructive)
        {
            if (plan is null) { Log.Notice($"Requested transaction contradicts existing jobs: {destructive.Message}"); }
            return destructive;
        }
        return null;
    }

    private static void MarkMatters(TransactionJob job, int generation)
    {
        job.MattersToAnchor = true;
        job.Generation = generation;
        foreach (TransactionLink link in job.Subjects)
        {
            if (link.Matters && link.Object.Generation != generation) { MarkMatters(link.Object, generation); }
        }
    }

    /// <summary>Mode "fail": rather than stop something running or reverse a queued job, leave out what does not matter.</summary>
    private void MinimizeImpact()
    {
        foreach (TransactionJob job in new List<TransactionJob>(All()))
        {
            if (job.Removed || job.MattersToAnchor) { continue; }
            bool stopsRunning = job.Type == JobType.Stop && job.Unit.ActiveState.IsActiveOrActivating();
            bool reverses = job.Unit.Job is { } queued && JobTypes.Merge(job.Type, queued.Type) is null;
            if (!stopsRunning && !reverses) { continue; }
            Drop(job, stopsRunning ? "it would stop what runs, and can be left out (mode fail)" : $"it would reverse the {job.Unit.Job!.Type.Text()} job that is queued, and can be left out (mode fail)");
            Remove(job);
        }
    }

    private IEnumerable<TransactionJob> All()
    {
        foreach (List<TransactionJob> list in _jobs.Values)
        {
            foreach (TransactionJob job in list) { yield return job; }
        }
    }

    private void Remove(TransactionJob job)
    {
        if (job.Removed) { return; }
        job.Removed = true;
        if (_jobs.TryGetValue(job.Unit, out List<TransactionJob>? list))
        {
            list.Remove(job);
            if (list.Count == 0) { _jobs.Remove(job.Unit); }
        }
        foreach (TransactionLink link in job.Subjects) { link.Object.Objects.Remove(link); }
        foreach (TransactionLink link in job.Objects.ToArray())
        {
            link.Subject?.Subjects.Remove(link);
            // Whoever needed it goes too.
            if (link.Matters && link.Subject is { Removed: false } subject && subject != _anchor) { Remove(subject); }
        }
        job.Objects.Clear();
        job.Subjects.Clear();
    }

    /// <summary>A unit whose every planned job is redundant, and whose queued job (if any) agrees, needs no change.</summary>
    private void DropRedundant()
    {
        foreach (List<TransactionJob> list in new List<List<TransactionJob>>(_jobs.Values))
        {
            bool keep = false;
            foreach (TransactionJob job in list)
            {
                if (job == _anchor || !JobTypes.IsRedundant(job.Type, job.Unit.ActiveState)
                    || (job.Unit.Job is { } queued && JobTypes.Merge(job.Type, queued.Type) is null))
                {
                    keep = true;
                    break;
                }
            }
            if (keep) { continue; }
            foreach (TransactionJob job in list.ToArray())
            {
                if (plan is not null) { plan.Unchanged.Add(job.Unit.Id); }
                RemoveQuietly(job);
            }
        }
    }

    /// <summary>It is not needed since it is so already: those that need it stay.</summary>
    private void RemoveQuietly(TransactionJob job)
    {
        job.Removed = true;
        if (_jobs.TryGetValue(job.Unit, out List<TransactionJob>? list))
        {
            list.Remove(job);
            if (list.Count == 0) { _jobs.Remove(job.Unit); }
        }
        foreach (TransactionLink link in job.Subjects) { link.Object.Objects.Remove(link); }
        foreach (TransactionLink link in job.Objects) { link.Subject?.Subjects.Remove(link); }
        job.Objects.Clear();
        job.Subjects.Clear();
    }

    private void CollectGarbage()
    {
        bool again = true;
        while (again)
        {
            again = false;
            foreach (TransactionJob job in new List<TransactionJob>(All()))
            {
                if (job != _anchor && !job.Removed && job.Objects.Count == 0)
                {
                    RemoveQuietly(job);
                    again = true;
                }
            }
        }
    }

    private BusError? MergeJobs(out bool removed)
    {
        removed = false;
        foreach (List<TransactionJob> list in new List<List<TransactionJob>>(_jobs.Values))
        {
            if (list.Count < 2) { continue; }
            JobType? merged = MergedType(list);
            if (merged is null)
            {
                if (!DropOneOfConflicting(list))
                {
                    return new BusError(BusError.TransactionJobsConflicting,
                        $"Transaction contains conflicting jobs '{list[^1].Type.Text()}' and '{list[^2].Type.Text()}' for {list[0].Unit.Id}. Probably contradicting requirement dependencies configured.");
                }
                removed = true;
                return null;
            }
        }
        foreach (List<TransactionJob> list in new List<List<TransactionJob>>(_jobs.Values))
        {
            if (list.Count < 2) { continue; }
            JobType type = MergedType(list)!.Value;
            TransactionJob into = list.Contains(_anchor!) ? _anchor! : list[0];
            foreach (TransactionJob other in list.ToArray())
            {
                if (other != into) { MergeInto(into, other); }
            }
            into.Type = JobTypes.Collapse(type, into.Unit);
        }
        foreach (TransactionJob job in All()) { job.Type = JobTypes.Collapse(job.Type, job.Unit); }
        return null;
    }

    private static JobType? MergedType(List<TransactionJob> list)
    {
        JobType? type = list[0].Type;
        for (int i = 1; i < list.Count && type is not null; i++) { type = JobTypes.Merge(type.Value, list[i].Type); }
        return type;
    }

    private void MergeInto(TransactionJob into, TransactionJob other)
    {
        into.MattersToAnchor |= other.MattersToAnchor;
        if (other.PulledBy is not null) { (into.PulledBy ??= []).AddRange(other.PulledBy); }
        foreach (TransactionLink link in other.Subjects)
        {
            link.Object.Objects.Remove(link);
            var moved = new TransactionLink(into, link.Object, link.Matters, link.Conflicts);
            into.Subjects.Add(moved);
            link.Object.Objects.Add(moved);
        }
        foreach (TransactionLink link in other.Objects)
        {
            link.Subject?.Subjects.Remove(link);
            var moved = new TransactionLink(link.Subject, into, link.Matters, link.Conflicts);
            link.Subject?.Subjects.Add(moved);
            into.Objects.Add(moved);
        }
        other.Subjects.Clear();
        other.Objects.Clear();
        RemoveQuietly(other);
    }

    /// <summary>
    /// Of two jobs that exclude each other the one that does not matter to the anchor goes; if neither matters, the stop goes, but for one
    /// that the Conflicts= of another unit asks for: of two units of which one excludes the other, that one is started.
    /// </summary>
    private bool DropOneOfConflicting(List<TransactionJob> list)
    {
        for (int i = 0; i < list.Count; i++)
        {
            for (int k = i + 1; k < list.Count; k++)
            {
                TransactionJob a = list[i], b = list[k];
                if (JobTypes.Merge(a.Type, b.Type) is not null) { continue; }
                TransactionJob victim;
                if (a.MattersToAnchor && b.MattersToAnchor) { return false; }
                if (!a.MattersToAnchor && !b.MattersToAnchor)
                {
                    TransactionJob stop = a.Type == JobType.Stop ? a : b, other = stop == a ? b : a;
                    victim = stop.Type == JobType.Stop && !stop.Objects.Exists(static l => l.Conflicts) ? stop : other;
                }
                else { victim = a.MattersToAnchor ? b : a; }
                if (plan is null) { Log.Debug(victim.Unit, $"Fixing conflicting jobs {a.Unit.Id}/{a.Type.Text()},{b.Unit.Id}/{b.Type.Text()} by deleting job {victim.Unit.Id}/{victim.Type.Text()}"); }
                Drop(victim, $"it excludes the {(victim == a ? b : a).Type.Text()} job of the same unit, which is needed more");
                Remove(victim);
                return true;
            }
        }
        return false;
    }

    private BusError? IsDestructive()
    {
        foreach (TransactionJob job in All())
        {
            // A job that does nothing stands beside any other.
            if (job.Type == JobType.Nop || job.Unit.Job is not { } queued || JobTypes.Merge(job.Type, queued.Type) is not null) { continue; }
            bool mayReplace = mode != JobMode.Fail && !queued.Irreversible;
            if (!mayReplace)
            {
                return new BusError(BusError.TransactionIsDestructive,
                    $"Transaction for {_anchor!.Unit.Id}/{_anchor.Type.Text()} is destructive ({queued.Unit.Id} has '{queued.Type.Text()}' job queued, but '{job.Type.Text()}' is included in transaction).");
            }
        }
        return null;
    }

    private void Install(List<Unit>? affected)
    {
        if (mode is JobMode.Isolate or JobMode.Flush)
        {
            foreach (Job queued in new List<Job>(manager.Jobs.Values))
            {
                if (_jobs.ContainsKey(queued.Unit) || (mode == JobMode.Isolate && queued.Unit.IgnoresIsolate)) { continue; }
                JobProcessing.Finish(queued, JobResult.Canceled, propagate: false);
            }
        }
        string? actor = manager.CurrentActor, pulledIn = null;
        foreach (TransactionJob job in new List<TransactionJob>(All()))
        {
            affected?.Add(job.Unit);
            manager.CurrentActor = job == _anchor || actor is null ? actor : pulledIn ??= $"{actor} for {_anchor!.Unit.Id}";
            Installed installed = JobProcessing.Install(manager, job);
            if (job == _anchor) { AnchorJob = installed.Job; }
        }
        manager.CurrentActor = actor;
    }

    /// <summary>The anchor as it now stands in the queue (merged with an earlier one, perhaps).</summary>
    public Job? AnchorJob { get; private set; }
}

/// <summary>What became of a planned job.</summary>
internal readonly record struct Installed(Job Job, bool IsNew);
