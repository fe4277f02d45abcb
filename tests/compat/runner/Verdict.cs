namespace SysMaster.Compat;

/// <summary>What became of one scenario.</summary>
public enum Outcome { Equal, Argued, Different, Refused }

/// <summary>One scenario compared: the lines that differ, aspect by aspect, or why it proves nothing.</summary>
public sealed record Verdict(Scenario Scenario, Outcome Outcome, IReadOnlyList<(string Aspect, string Line)> Lines, IReadOnlyList<string> Reasons)
{
    /// <param name="references">Two runs of systemd at least, which must agree.</param>
    /// <param name="ours">The run under the manager that is measured; null when there is none.</param>
    /// <param name="argued">Differences that are meant.</param>
    /// <param name="aspects">What is compared.</param>
    /// <param name="needed">How many runs of systemd there must be.</param>
    public static Verdict Of(Scenario scenario, IReadOnlyList<Observed> references, Observed? ours, Argued argued, IReadOnlyList<string> aspects, int needed = 2)
    {
        if (references.Count < needed) { return Refused(scenario, [], "too few runs of the reference"); }
        if (!references[0].SeesEnough) { return Refused(scenario, [], "it observes nothing"); }
        List<(string, string)> unstable = references.Count < 2 ? [] : Compare(references[0], references[1], aspects);
        if (unstable.Count > 0 && !scenario.HasSeveralOutcomes) { return Refused(scenario, unstable, "two runs of the reference differ"); }
        if (ours is null) { return new Verdict(scenario, Outcome.Different, [("run", "+ no result")], []); }
        List<(string Aspect, string Line)> lines = references.Select(r => Compare(r, ours, aspects)).MinBy(l => l.Count)!;
        var reasons = new SortedSet<string>(StringComparer.Ordinal);
        lines.RemoveAll(l => argued.ReasonFor(scenario.Name, l.Aspect, l.Line) is { } reason && (reasons.Add(reason) || true));
        Outcome outcome = lines.Count > 0 ? Outcome.Different : reasons.Count > 0 ? Outcome.Argued : Outcome.Equal;
        return new Verdict(scenario, outcome, lines, [.. reasons]);
    }

    private static Verdict Refused(Scenario scenario, List<(string, string)> lines, string why) => new(scenario, Outcome.Refused, lines, [why]);

    private static List<(string Aspect, string Line)> Compare(Observed a, Observed b, IReadOnlyList<string> aspects)
        => [.. aspects.SelectMany(aspect => Difference.Of(a[aspect], b[aspect]).Select(line => (aspect, line)))];
}
