using System.Text;

namespace SysMaster.Compat;

/// <summary>Writes docs/parity.md. Where some scenarios only were played, the others' rows stay as they are.</summary>
public static class Parity
{
    private sealed record Row(string Outcome, string What);

    /// <summary>Scenarios that the page says differ.</summary>
    public static HashSet<string> KnownToDiffer(string file) => [.. Rows(file).Where(r => r.Value.Outcome == "different").Select(r => r.Key)];

    /// <param name="file">The page.</param>
    /// <param name="all">Names of all scenarios that there are.</param>
    /// <param name="verdicts">Of those that were played.</param>
    public static void Write(string file, IEnumerable<string> all, IReadOnlyList<Verdict> verdicts)
    {
        Dictionary<string, Row> known = Rows(file);
        foreach (Verdict verdict in verdicts) { known[verdict.Scenario.Name] = new Row(verdict.Outcome.ToString().ToLowerInvariant(), What(verdict)); }
        (string Name, Row Row)[] rows = [.. all.Where(known.ContainsKey).Select(n => (n, known[n]))];
        int Count(string outcome) => rows.Count(r => r.Row.Outcome == outcome);
        var text = new StringBuilder()
            .Append("# Compared with systemd\n\n")
            .Append("Written by `./test compat` (tests/compat): each scenario is played under systemd 252 twice and under sysmaster, in the same root file system,\n")
            .Append("and all that could be observed is compared. *Argued* are differences that are meant, with the reason. What differs is played under systemd 257\n")
            .Append("as well (its manager, every program around it the same): a line in which it differs from 252 as we do is argued by that.\n\n")
            .Append($"{rows.Length} scenarios: {Count("equal")} equal, {Count("argued")} argued, {Count("different")} different, {Count("refused")} refused.\n\n")
            .Append("## Why they may differ\n\n");
        foreach (IGrouping<string, string> reason in rows.Where(r => r.Row.Outcome == "argued").SelectMany(r => r.Row.What.Split("<br>")).GroupBy(r => r).OrderBy(g => g.Key, StringComparer.Ordinal))
            text.Append($"- {reason.Key} ({reason.Count()})\n");
        text.Append("\n## Scenarios\n\n| scenario | | what differs |\n| --- | --- | --- |\n");
        foreach ((string name, Row row) in rows) { text.Append($"| {name} | {row.Outcome} | {row.What} |\n"); }
        File.WriteAllText(file, text.ToString());
    }

    private static string What(Verdict verdict) => verdict.Outcome switch
    {
        Outcome.Argued => string.Join("<br>", verdict.Reasons.Select(Cell)),
        Outcome.Different => string.Join("<br>", verdict.Lines.Take(4).Select(l => $"{l.Aspect}: `{Cell(l.Line)}`"))
            + (verdict.Lines.Count > 4 ? $"<br>and {verdict.Lines.Count - 4} lines more" : ""),
        Outcome.Refused => Cell(verdict.Reasons[0]),
        _ => "",
    };

    private static string Cell(string text) => text.Replace('|', '¦').Replace('`', '\'');

    private static Dictionary<string, Row> Rows(string file) => !File.Exists(file) ? []
        : File.ReadLines(file).Select(l => l.Split(" | ")).Where(c => c.Length == 3 && c[0].StartsWith("| ", StringComparison.Ordinal) && c[0].Contains('/', StringComparison.Ordinal))
            .ToDictionary(c => c[0][2..], c => new Row(c[1], c[2].TrimEnd('|', ' ')));
}
