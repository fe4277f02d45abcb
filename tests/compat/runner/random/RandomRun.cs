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
        int[] doubtful = [.. Enumerable.Range(0, graphs.Count).Where(i => verdicts[i].Outcome == Outcome.Different)];
        HashSet<int> byChance = [.. doubtful.Zip(AreByChance([.. doubtful.Select(i => graphs[i])])).Where(p => p.Second).Select(p => p.First)];
        int[] differing = [.. doubtful.Where(i => !byChance.Contains(i))];
        for (int i = 0; i < graphs.Count; i++)
        {
            if (byChance.Contains(i)) { Console.WriteLine($"{verdicts[i].Scenario.Name}: one of several outcomes"); }
            else if (verdicts[i].Outcome is Outcome.Different) { Report.Difference(verdicts[i], 12); }
            else if (verdicts[i].Outcome is Outcome.Refused) { Console.WriteLine($"{verdicts[i].Scenario.Name}: {string.Join("; ", verdicts[i].Reasons)}"); }
        }
        if (Shrinks)
        {
            foreach (int i in differing) { Keep(Shrink(graphs[i]), seed); }
        }
        return (verdicts.Count(v => v.Outcome == Outcome.Equal), differing.Length, verdicts.Count(v => v.Outcome == Outcome.Refused) + byChance.Count);
    }

    /// <summary>Make what differs smaller, and keep it as a scenario.</summary>
    public bool Shrinks { get; init; } = true;

    /// <summary>Two runs of systemd that agree may have done so by chance: six are made, and ours is by chance what it is if it ever equals one of them.</summary>
    private bool[] AreByChance(Graph[] graphs)
    {
        var isOne = new bool[graphs.Length];
        for (int time = 0; time < 3 && isOne.Contains(false); time++)
        {
            int[] left = [.. Enumerable.Range(0, graphs.Length).Where(i => !isOne[i])];
            IReadOnlyList<Verdict> verdicts = player.Play([.. left.Select(i => Scenario.Parse(graphs[i].Text("A random graph.\noutcomes: several"), $"random/doubt-{i}"))], keep: time < 2, Observed.Aspects);
            foreach ((int i, Verdict verdict) in left.Zip(verdicts)) { isOne[i] = verdict.Outcome is Outcome.Equal or Outcome.Argued; }
        }
        return isOne;
    }

    /// <summary>Writes the graphs down as scenarios, to be looked at or played by name; plays nothing.</summary>
    public static void Write(int count, ulong seed, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach ((int i, Graph graph) in Graphs.Make(count, seed).Index()) { File.WriteAllText(Path.Combine(folder, $"seed-{seed}-{i}"), graph.Text($"Random graph {i} of seed {seed}.")); }
    }

    private IReadOnlyList<Verdict> Judge(IReadOnlyList<Graph> graphs, string name)
        => player.Play([.. graphs.Select((g, i) => Scenario.Parse(g.Text("A random graph."), $"random/{name}-{i}"))], keep: false, Observed.Aspects);

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
