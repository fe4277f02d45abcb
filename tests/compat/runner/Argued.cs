using System.Text.RegularExpressions;

namespace SysMaster.Compat;

/// <summary>
/// Differences that are meant: <c>argued.tsv</c>, one a line: scenarios (a regular expression), aspect (or *), differing lines (a regular
/// expression, with the sign in front), reason.
/// </summary>
public sealed class Argued
{
    private readonly List<(Regex Scenario, string Aspect, Regex Line, string Reason)> _rows = [];

    public static Argued Read(string file)
    {
        var argued = new Argued();
        foreach (string line in File.ReadLines(file).Where(l => l.Length > 0 && l[0] != '#'))
        {
            string[] cells = line.Split('\t', StringSplitOptions.RemoveEmptyEntries);
            if (cells.Length != 4) { throw new InvalidDataException($"{file}: not four cells: {line}"); }
            argued._rows.Add((new Regex($"^({cells[0]})$"), cells[1], new Regex(cells[2]), cells[3]));
        }
        return argued;
    }

    /// <summary>Why this line may differ; null when nobody argued for it.</summary>
    public string? ReasonFor(string scenario, string aspect, string line)
        => _rows.Find(r => (r.Aspect == "*" || r.Aspect == aspect) && r.Line.IsMatch(line) && r.Scenario.IsMatch(scenario)).Reason;
}
