namespace SysMaster.Compat;

/// <summary>What people are shown.</summary>
public static class Report
{
    /// <summary>The lines that differ, aspect by aspect.</summary>
    public static void Difference(Verdict verdict, int shown)
    {
        Console.WriteLine($"{verdict.Scenario.Name}: {verdict.Outcome.ToString().ToLowerInvariant()} {string.Join("; ", verdict.Outcome == Outcome.Refused ? verdict.Reasons : [])}");
        Lines(verdict.Lines, shown);
    }

    /// <summary>What systemd 257 does otherwise, and we do as 252.</summary>
    public static void Later(Verdict verdict, int shown)
    {
        Console.WriteLine($"{verdict.Scenario.Name}: as 252, not as 257");
        Lines(verdict.LaterOnly, shown);
    }

    private static void Lines(IReadOnlyList<(string Aspect, string Line)> lines, int shown)
    {
        foreach (IGrouping<string, string> aspect in lines.GroupBy(l => l.Aspect, l => l.Line))
        {
            Console.WriteLine($"    {aspect.Key}");
            foreach (string line in aspect.Take(shown)) { Console.WriteLine("      " + line); }
            if (aspect.Count() > shown) { Console.WriteLine($"      … {aspect.Count() - shown} lines more"); }
        }
    }

    /// <summary>One aspect of both runs as it is.</summary>
    public static void Both(Player player, Scenario scenario, string aspect)
    {
        IReadOnlyList<string> theirs = player.References(scenario) is [Observed first, ..] ? first[aspect] : [];
        IReadOnlyList<string> ours = Directory.Exists(player.Ours(scenario)) ? Observed.Read(player.Ours(scenario))[aspect] : [];
        Console.WriteLine($"{scenario.Name}, systemd:\n  {string.Join("\n  ", theirs)}\n{scenario.Name}, sysmaster:\n  {string.Join("\n  ", ours)}");
    }
}
