using SysMaster.Core.Logging;

namespace SysMaster.Core;

/// <summary>Ordering cycles: found by depth-first search over Before= between planned jobs, broken where it does not matter.</summary>
internal sealed partial class Transaction
{
    private BusError? VerifyOrder(out bool removed)
    {
        removed = false;
        int generation = ++_generation;
        foreach (TransactionJob job in new List<TransactionJob>(All()))
        {
            if (job.Removed) { continue; }
            if (Walk(job, null, generation, ref removed) is { } error) { return error; }
            if (removed) { return null; }
        }
        return null;
    }

    /// <summary>An explicit stack: the depth is the number of units, which anyone who writes unit files decides.</summary>
    private BusError? Walk(TransactionJob root, TransactionJob? from, int generation, ref bool removed)
    {
        var stack = new Stack<(TransactionJob Job, int Next)>();
        if (!Enter(root, from, generation)) { return null; }
        stack.Push((root, 0));
        while (stack.Count > 0)
        {
            (TransactionJob job, int next) = stack.Pop();
            ReadOnlySpan<Edge> edges = job.Unit.Edges.All;
            bool descended = false;
            while (next < edges.Length)
            {
                Edge edge = edges[next++];
                TransactionJob? target = Ordered(job, edge);
                if (target is null || target.Removed) { continue; }
                if (target.Generation == generation)
                {
                    if (target.Marker is null) { continue; }
                    return BreakCycle(target, job, ref removed);
                }
                stack.Push((job, next));
                Enter(target, job, generation);
                stack.Push((target, 0));
                descended = true;
                break;
            }
            if (!descended) { job.Marker = null; }
        }
        return null;
    }

    private static bool Enter(TransactionJob job, TransactionJob? from, int generation)
    {
        if (job.Generation == generation) { return false; }
        job.Generation = generation;
        job.Marker = from ?? job;
        return true;
    }

    /// <summary>The planned job on the other end of an ordering edge, if that one must wait for this one.</summary>
    private TransactionJob? Ordered(TransactionJob job, in Edge edge)
    {
        if ((edge.Kinds & (Dep.Before | Dep.After)) == 0 || job.Type == JobType.Nop || job.IgnoreOrder) { return null; }
        if (!_jobs.TryGetValue(edge.Other, out List<TransactionJob>? list)) { return null; }
        TransactionJob other = list[0];
        if (other.Type == JobType.Nop || other.IgnoreOrder) { return null; }
        if ((edge.Kinds & Dep.Before) != 0 && JobOrder.Compare(job.Type, other.Type, selfIsBefore: true) < 0) { return other; }
        return (edge.Kinds & Dep.After) != 0 && JobOrder.Compare(job.Type, other.Type, selfIsBefore: false) < 0 ? other : null;
    }

    private BusError? BreakCycle(TransactionJob start, TransactionJob end, ref bool removed)
    {
        TransactionJob? victim = null;
        var names = new List<TransactionJob>();
        for (TransactionJob job = end; ; job = job.Marker!)
        {
            names.Add(job);
            if (!job.MattersToAnchor && job != _anchor) { victim ??= job; }
            if (job == start || job.Marker is null || job.Marker == job) { break; }
        }
        names.Reverse();
        if (plan is not null)
        {
            string[] cycle = [.. names.Select(static job => $"{job.Unit.Id}/{job.Type.Text()}"), $"{names[0].Unit.Id}/{names[0].Type.Text()}"];
            if (victim is null) { return new BusError(BusError.TransactionOrderIsCyclic, $"Transaction order is cyclic: {string.Join(" before ", cycle)}."); }
            Drop(victim, $"ordering cycle: {string.Join(" before ", cycle)}");
            Remove(victim);
            removed = true;
            return null;
        }
        Unit first = names[0].Unit;
        // One story, told of the first and filed under all of them.
        var fields = new LogField[names.Count - 1];
        for (int i = 1; i < names.Count; i++) { fields[i - 1] = new LogField("UNIT", names[i].Unit.Id.Text); }
        for (int i = names.Count - 1; i >= 0; i--)
        {
            Tell(LogLevel.Warning, first, fields, $"Found {(i == names.Count - 1 ? "ordering cycle" : "dependency")} on {names[i].Unit.Id}/{names[i].Type.Text()}");
        }
        if (victim is null)
        {
            Tell(LogLevel.Error, first, fields, $"Unable to break cycle starting with {first.Id}/{names[0].Type.Text()}");
            return new BusError(BusError.TransactionOrderIsCyclic, "Transaction order is cyclic. See system logs for details.");
        }
        Tell(LogLevel.Error, first, fields, $"Job {victim.Unit.Id}/{victim.Type.Text()} deleted to break ordering cycle starting with {first.Id}/{names[0].Type.Text()}");
        Log.Notice($"{DescribeCycle(names, victim)}");
        manager.Status.Unit(Status.StatusMark.Skip, Status.StatusKind.Notice, "Ordering cycle found, skipping %s", victim.Unit);
        Remove(victim);
        removed = true;
        return null;
    }

    private static void Tell(LogLevel level, Unit unit, LogField[] fields, string text)
        => Log.Write(level, new LogContext(unit) { Fields = fields }, $"{text}");
}

/// <summary>Which of two jobs goes first when their units are ordered: stops before starts, stops in reverse.</summary>
public static class JobOrder
{
    /// <param name="selfIsBefore">Before= leads from the first unit to the second; else After= does.</param>
    /// <returns>Negative: the first job runs first; positive: it waits; 0: they do not care.</returns>
    public static int Compare(JobType a, JobType b, bool selfIsBefore)
    {
        if (a == JobType.Nop || b == JobType.Nop) { return 0; }
        if (!selfIsBefore) { return -Compare(b, a, true); }
        // The first unit comes before the second: a stop (or the stop half of a restart) of the second comes first.
        return b is JobType.Stop or JobType.Restart ? 1 : -1;
    }
}
