namespace SysMaster.Compat;

/// <summary>What became of one scenario.</summary>
public enum Outcome { Equal, Argued, Different, Refused }

/// <summary>One scenario compared: the lines that differ, aspect by aspect, or why it proves nothing.</summary>
public sealed record Verdict(Scenario Scenario, Outcome Outcome, IReadOnlyList<(string Aspect, string Line)> Lines, IReadOnlyList<string> Reasons)
{
    private const string AsLater = "systemd 257 differs from 252 in the same way.";

    /// <summary>What systemd 257 does otherwise where we do as 252 does: it is for people to look whether that came by 255 (see DESIGN.md), nothing is judged by it.</summary>
    public IReadOnlyList<(string Aspect, string Line)> LaterOnly { get; private init; } = [];

    /// <param name="references">Two runs of systemd at least, which must agree.</param>
    /// <param name="ours">The run under the manager that is measured; null when there is none.</param>
    /// <param name="argued">Differences that are meant.</param>
    /// <param name="aspects">What is compared.</param>
    /// <param name="needed">How many runs of systemd there must be.</param>
    /// <param name="later">A run of systemd 257: where it differs from 252, we may differ with it.</param>
    public static Verdict Of(Scenario scenario, IReadOnlyList<Observed> references, Observed? ours, Argued argued, IReadOnlyList<string> aspects, int needed = 2,
        Observed? later = null)
    {
        if (references.Count < needed) { return Refused(scenario, [], "too few runs of the reference"); }
        if (!references[0].SeesEnough) { return Refused(scenario, [], "it observes nothing"); }
        List<(string, string)> unstable = references.Count < 2 ? [] : Compare(references[0], references[1], aspects);
        if (unstable.Count > 0 && !scenario.HasSeveralOutcomes) { return Refused(scenario, unstable, "two runs of the reference differ"); }
        if (ours is null) { return new Verdict(scenario, Outcome.Different, [("run", "+ no result")], []); }
        Observed nearest = references.MinBy(r => Compare(r, ours, aspects).Count)!;
        List<(string Aspect, string Line)> lines = Compare(nearest, ours, aspects), theirs = later is null ? [] : Compare(nearest, later, aspects);
        var reasons = new SortedSet<string>(StringComparer.Ordinal);
        lines.RemoveAll(l => theirs.Remove(l) && (reasons.Add(AsLater) || true));
        lines.RemoveAll(l => argued.ReasonFor(scenario.Name, l.Aspect, l.Line) is { } reason && (reasons.Add(reason) || true));
        Outcome outcome = lines.Count > 0 ? Outcome.Different : reasons.Count > 0 ? Outcome.Argued : Outcome.Equal;
        return new Verdict(scenario, outcome, lines, [.. reasons]) { LaterOnly = theirs };
    }

    private static Verdict Refused(Scenario scenario, List<(string, string)> lines, string why) => new(scenario, Outcome.Refused, lines, [why]);

    private static List<(string Aspect, string Line)> Compare(Observed a, Observed b, IReadOnlyList<string> aspects)
        => [.. aspects.SelectMany(aspect => Difference.Of(a[aspect], b[aspect]).Select(line => (aspect, line)))];
}
