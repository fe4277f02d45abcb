namespace SysMaster.Compat;

/// <summary>
/// Plays random graphs under both managers and compares what was printed and each unit's states and jobs. A graph that is not the same is made smaller for
/// as long as it stays so, all candidates of a round in one boot of each manager, and kept as a scenario below <c>scenarios/found</c>.
/// </summary>
/// <param name="player">Plays and compares.</param>
/// <param name="found">Where a difference is kept.</param>
public sealed class RandomRun(Player player, string found)
{
    private const int Rounds = 8;
    private const int PerRound = 24;

    /// <returns>How many graphs are the same, differ, and could not be judged, since systemd does not always do the same.</returns>
    public (int Equal, int Different, int Unstable) Run(int count, ulong seed)
    {
        IReadOnlyList<Graph> graphs = Graphs.Make(count, seed);
        IReadOnlyList<Verdict> verdicts = Judge(graphs, $"seed-{seed}");
        var differing = new List<Graph>();
        for (int i = 0; i < graphs.Count; i++)
        {
            if (verdicts[i].Outcome == Outcome.Different) { differing.Add(graphs[i]); }
            if (verdicts[i].Outcome is Outcome.Different or Outcome.Refused) { Console.WriteLine($"{verdicts[i].Scenario.Name}: {verdicts[i].Outcome} {string.Join("; ", verdicts[i].Reasons)}"); }
        }
        foreach (Graph graph in differing) { Keep(Shrink(graph), seed); }
        return (verdicts.Count(v => v.Outcome == Outcome.Equal), differing.Count, verdicts.Count(v => v.Outcome == Outcome.Refused));
    }

    private IReadOnlyList<Verdict> Judge(IReadOnlyList<Graph> graphs, string name)
        => player.Play([.. graphs.Select((g, i) => Scenario.Parse(g.Text("A random graph."), $"random/{name}-{i}"))], keep: false, ["transcript", "signals"]);

    private Graph Shrink(Graph graph)
    {
        for (int round = 0; round < Rounds; round++)
        {
            Graph[] candidates = [.. graph.Smaller().OrderBy(g => g.Size).Take(PerRound)];
            if (candidates.Length == 0) { break; }
            IReadOnlyList<Verdict> verdicts = Judge(candidates, $"smaller-{round}");
            Graph? next = candidates.Where((_, i) => verdicts[i].Outcome == Outcome.Different).MinBy(g => g.Size);
            if (next is null) { break; }
            graph = next;
        }
        return graph;
    }

    private void Keep(Graph graph, ulong seed)
    {
        string text = graph.Text($"Found by random graphs, seed {seed}.");
        string name = Scenario.Parse(text, "found").Hash[..8];
        Directory.CreateDirectory(found);
        File.WriteAllText(Path.Combine(found, name), text);
        Console.WriteLine($"kept as scenarios/found/{name}");
    }
}
