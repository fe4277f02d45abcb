using System.Text;

namespace SysMaster.Compat;

/// <summary>Writes docs/parity.md.</summary>
public static class Parity
{
    /// <summary>Scenarios that the page says differ.</summary>
    public static HashSet<string> KnownToDiffer(string file) => File.Exists(file)
        ? [.. File.ReadLines(file).Select(l => l.Split('|')).Where(c => c.Length > 3 && c[2].Trim() == "different").Select(c => c[1].Trim())] : [];

    public static void Write(string file, IReadOnlyList<Verdict> verdicts)
    {
        int Count(Outcome outcome) => verdicts.Count(v => v.Outcome == outcome);
        var text = new StringBuilder()
            .Append("# Compared with systemd\n\n")
            .Append("Written by `./test compat` (tests/compat): each scenario is played under systemd 252 twice and under sysmaster, in the same root file system,\n")
            .Append("and all that could be observed is compared. *Argued* are differences that are meant, with the reason. What differs is played under systemd 257\n")
            .Append("as well (its manager, every program around it the same): a line in which it differs from 252 as we do is argued by that.\n\n")
            .Append($"{verdicts.Count} scenarios: {Count(Outcome.Equal)} equal, {Count(Outcome.Argued)} argued, {Count(Outcome.Different)} different, {Count(Outcome.Refused)} refused.\n\n")
            .Append("## Why they may differ\n\n");
        foreach (IGrouping<string, Verdict> reason in verdicts.Where(v => v.Outcome is Outcome.Argued or Outcome.Different).SelectMany(v => v.Reasons.Select(r => (r, v)))
                     .GroupBy(p => p.r, p => p.v).OrderBy(g => g.Key, StringComparer.Ordinal))
            text.Append($"- {reason.Key} ({reason.Count()})\n");
        text.Append("\n## Scenarios\n\n| scenario | | what differs |\n| --- | --- | --- |\n");
        foreach (Verdict verdict in verdicts)
        {
            string what = verdict.Outcome switch
            {
                Outcome.Different => string.Join("<br>", verdict.Lines.Take(4).Select(l => $"{l.Aspect}: `{l.Line.Replace("|", "\\|", StringComparison.Ordinal).Replace("`", "'", StringComparison.Ordinal)}`"))
                    + (verdict.Lines.Count > 4 ? $"<br>and {verdict.Lines.Count - 4} lines more" : ""),
                Outcome.Refused => verdict.Reasons[0],
                _ => "",
            };
            text.Append($"| {verdict.Scenario.Name} | {verdict.Outcome.ToString().ToLowerInvariant()} | {what} |\n");
        }
        File.WriteAllText(file, text.ToString());
    }
}
