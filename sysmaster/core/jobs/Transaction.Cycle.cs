using System.Text;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>An ordering cycle for people: the shortest there is among those that were found in it, each step with the line that orders it.</summary>
internal sealed partial class Transaction
{
    private string DescribeCycle(List<TransactionJob> found, TransactionJob victim)
    {
        List<TransactionJob> cycle = Shortest(found);
        var text = new StringBuilder("Ordering cycle: ");
        for (int i = 0; i < cycle.Count; i++)
        {
            TransactionJob first = cycle[i], then = cycle[(i + 1) % cycle.Count];
            text.Append($"{first.Unit.Id}/{first.Type.Text()} before {then.Unit.Id}/{then.Type.Text()} ({PlaceOf(first.Unit, then.Unit)}), ");
        }
        return text.Append($"and so on. The {victim.Type.Text()} job of {victim.Unit.Id} is left out: it is not needed for what was asked for. Remove one of these orders.").ToString();
    }

    /// <summary>Breadth first from each job of the one that was found: the depth-first search comes home by any way.</summary>
    private List<TransactionJob> Shortest(List<TransactionJob> found)
    {
        List<TransactionJob> best = found;
        foreach (TransactionJob start in found)
        {
            var from = new Dictionary<TransactionJob, TransactionJob>();
            var queue = new Queue<(TransactionJob Job, int Depth)>();
            queue.Enqueue((start, 1));
            while (queue.Count > 0)
            {
                (TransactionJob job, int depth) = queue.Dequeue();
                if (depth >= best.Count) { break; }
                foreach (Edge edge in job.Unit.Edges.All)
                {
                    if (Ordered(job, edge) is not { Removed: false } next) { continue; }
                    if (next == start)
                    {
                        best = Path(from, start, job);
                        queue.Clear();
                        break;
                    }
                    if (from.TryAdd(next, job)) { queue.Enqueue((next, depth + 1)); }
                }
            }
        }
        return best;
    }

    private static List<TransactionJob> Path(Dictionary<TransactionJob, TransactionJob> from, TransactionJob start, TransactionJob end)
    {
        var path = new List<TransactionJob>();
        for (TransactionJob job = end; ; job = from[job])
        {
            path.Add(job);
            if (job == start) { break; }
        }
        path.Reverse();
        return path;
    }

    /// <summary>Stops run in reverse: then it is the other way around that the two are ordered.</summary>
    private static string PlaceOf(Unit first, Unit then)
        => LineOf(first, "Before", then) ?? LineOf(then, "After", first) ?? LineOf(first, "After", then) ?? LineOf(then, "Before", first) ?? "by default";

    private static string? LineOf(Unit unit, string key, Unit other)
    {
        if (unit.Type.Directives.Section("Unit"u8) is not { } section) { return null; }
        foreach (ByteText file in (ByteText[])[unit.FragmentPath, .. unit.DropInPaths])
        {
            if (!file.IsEmpty && DependencyLine.In(file, unit.Id, section, unit.Manager.Specifiers, [key], other.Id) is { } line) { return $"{key}= at {file}:{line}"; }
        }
        return null;
    }
}
