using SysMaster.Core.Directives;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>The transaction told as data instead of being installed.</summary>
internal sealed partial class Transaction
{
    /// <summary>After <see cref="Settle"/>: fills the plan with what <see cref="Install"/> would do.</summary>
    public void Describe()
    {
        if (mode is JobMode.Isolate or JobMode.Flush)
        {
            foreach (Job queued in manager.Jobs.Values)
            {
                if (_jobs.ContainsKey(queued.Unit) || (mode == JobMode.Isolate && queued.Unit.IgnoresIsolate)) { continue; }
                plan!.Cancelled.Add(new PlannedDrop(queued.Unit.Id, queued.Type.Text(), $"mode {mode.Text()}"));
            }
        }
        foreach (TransactionJob job in All()) { plan!.Jobs.Add(Describe(job)); }
    }

    private PlannedJob Describe(TransactionJob job)
    {
        Job? queued = job.Type == JobType.Nop ? job.Unit.NopJob : job.Unit.Job;
        JobType? merged = queued is null ? null : JobTypes.Merge(queued.Type, job.Type);
        var reasons = new List<PlannedReason>();
        foreach ((TransactionJob by, bool matters) in job.PulledBy ?? [])
        {
            var reason = new PlannedReason(by.Unit.Id, HowOf(by, job), matters);
            if (!reasons.Contains(reason)) { reasons.Add(reason); }
        }
        return new PlannedJob(job.Unit.Id, (merged ?? job.Type).Text(), queued?.Type.Text() ?? "", queued is not null && merged is null, job.MattersToAnchor, reasons, WaitsFor(job));
    }

    /// <summary>The dependencies by which the one pulls in the other; without any, it is the mode that does.</summary>
    private string HowOf(TransactionJob by, TransactionJob job)
    {
        Dep pulling = by.Type switch
        {
            JobType.Start => PulledInByStart(job.Type),
            JobType.Restart => PulledInByStart(job.Type) | Dep.PropagateRestart,
            JobType.Stop => Dep.PropagateStop,
            _ => Dep.PropagatesReloadTo,
        };
        if (mode == JobMode.RestartDependencies) { pulling |= Dep.PropagateRestart; }
        var names = new List<string>();
        foreach (Edge edge in by.Unit.Edges.All)
        {
            if (edge.Other != job.Unit) { continue; }
            for (uint rest = (uint)(edge.Kinds & pulling); rest != 0; rest &= rest - 1) { names.Add(Deps.Name((Dep)(rest & ~(rest - 1)))); }
        }
        return names.Count > 0 ? string.Join(' ', names) : by.Unit.Following == job.Unit ? "Following" : mode.Text();
    }

    private static Dep PulledInByStart(JobType type)
        => type == JobType.Stop ? Dep.PullInStop | Dep.PullInStopIgnored : Dep.PullInStart | Dep.PullInStartIgnored | Dep.PullInVerify;

    private List<UnitName> WaitsFor(TransactionJob job)
    {
        var list = new List<UnitName>();
        if (job.Type == JobType.Nop || job.IgnoreOrder) { return list; }
        foreach (Edge edge in job.Unit.Edges.All)
        {
            if ((edge.Kinds & (Dep.Before | Dep.After)) == 0) { continue; }
            JobType? other = _jobs.TryGetValue(edge.Other, out List<TransactionJob>? planned) ? planned[0].Type : edge.Other.Job?.Type;
            if (other is null) { continue; }
            if (((edge.Kinds & Dep.After) != 0 && JobOrder.Compare(job.Type, other.Value, selfIsBefore: false) > 0)
                || ((edge.Kinds & Dep.Before) != 0 && JobOrder.Compare(job.Type, other.Value, selfIsBefore: true) > 0))
            {
                list.Add(edge.Other.Id);
            }
        }
        return list;
    }

    private void Drop(TransactionJob job, string why) => plan?.Dropped.Add(new PlannedDrop(job.Unit.Id, job.Type.Text(), why));
}
