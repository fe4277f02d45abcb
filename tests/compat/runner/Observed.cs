using System.Text.Json;

namespace SysMaster.Compat;

/// <summary>All that one run of one scenario showed, as named lists of normalised lines.</summary>
public sealed class Observed
{
    /// <summary>What is compared, in the order of the report; <c>stream</c>, all signals as they came, is only for people to look at.</summary>
    public static readonly string[] Aspects = ["transcript", "log", "signals", "show", "journal", "files"];

    private readonly Dictionary<string, List<string>> _lines = [];

    public IReadOnlyList<string> this[string aspect] => _lines[aspect];

    /// <param name="folder">What the driver left for this scenario.</param>
    public static Observed Read(string folder)
    {
        var observed = new Observed();
        observed._lines["transcript"] = [.. Text(folder, "reload"), .. Text(folder, "transcript"), .. Text(folder, "stderr").Select(l => "stderr: " + l)];
        observed._lines["log"] = [.. Text(folder, "log")];
        observed._lines["signals"] = [.. Signals(folder)];
        observed._lines["stream"] = [.. Stream(folder).Select(t => $"{t.Unit}: {t.Line}")];
        observed._lines["show"] = [.. Show(folder)];
        observed._lines["journal"] = [.. Journal(folder)];
        observed._lines["files"] = [.. Text(folder, "files")];
        return observed;
    }

    /// <summary>A scenario that sees no state change and asks nothing proves nothing.</summary>
    public bool SeesEnough => _lines["transcript"].Count > 2 && _lines["transcript"][^1] == "it ended"
        || _lines["transcript"].Count > 1 && (_lines["signals"].Count > 0 || _lines["show"].Count > 0);

    private static IEnumerable<string> Text(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        return File.Exists(path) ? File.ReadAllText(path).TrimEnd('\n').Split('\n').Where(l => l.Length > 0).Select(Normal.Line) : [];
    }

    private static HashSet<string> Units(string folder)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (string line in Text(folder, "show"))
        {
            if (line.StartsWith("Id=", StringComparison.Ordinal)) { names.Add(line[3..]); }
            if (line.StartsWith("Names=", StringComparison.Ordinal)) { names.UnionWith(line[6..].Split(' ')); }
        }
        return names;
    }

    private static List<(string Unit, string Line)> Stream(string folder)
        => Path.Combine(folder, "bus") is var path && File.Exists(path) ? BusStream.Read(File.ReadAllBytes(path)) : [];

    /// <summary>
    /// Unit by unit: what happens to two of them at once has no order. Whether the last signals meet anybody of the group who is not dead yet is
    /// chance, so that states that the end follows at once are left out.
    /// </summary>
    private static IEnumerable<string> Signals(string folder)
    {
        HashSet<string> units = Units(folder);
        foreach (IGrouping<string, string> unit in Stream(folder).Where(t => units.Contains(t.Unit)).OrderBy(t => t.Unit, StringComparer.Ordinal).GroupBy(t => t.Unit, t => t.Line))
        {
            string[] lines = [.. unit];
            for (int i = 0; i < lines.Length; i++)
            {
                bool isPassing = lines[i] is "deactivating/final-sigterm" or "deactivating/final-sigkill" && i + 1 < lines.Length && lines[i + 1] is "inactive/dead" or "failed/failed";
                if (!isPassing) { yield return $"{unit.Key}: {lines[i]}"; }
            }
        }
    }

    private static IEnumerable<string> Show(string folder)
    {
        string path = Path.Combine(folder, "show");
        if (!File.Exists(path)) { yield break; }
        foreach (string block in File.ReadAllText(path).Split("\n\n"))
        {
            string[] lines = block.Trim('\n').Split('\n');
            string id = lines.FirstOrDefault(l => l.StartsWith("Id=", StringComparison.Ordinal), "Id=?")[3..];
            foreach (string line in lines.OrderBy(l => l.Split('=')[0], StringComparer.Ordinal))   // several values of one property stay in their order
            {
                if (line.Length > 0 && Normal.Property(line) is { } normal) { yield return $"{id}: {normal}"; }
            }
        }
    }

    /// <summary>What the manager said of each unit, and what the unit itself wrote, unit by unit.</summary>
    private static IEnumerable<string> Journal(string folder)
    {
        string path = Path.Combine(folder, "journal");
        if (!File.Exists(path)) { return []; }
        HashSet<string> units = Units(folder);
        var byUnit = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (string line in File.ReadLines(path))
        {
            using JsonDocument entry = JsonDocument.Parse(line);
            string Field(string name) => !entry.RootElement.TryGetProperty(name, out JsonElement value) ? ""
                : value.ValueKind == JsonValueKind.String ? value.GetString()! : value.ToString();
            bool manager = Field("_PID") == "1";
            string unit = Named(entry.RootElement, units) is { Length: > 0 } named ? named : manager ? "" : Field("_SYSTEMD_UNIT");
            string text = Field("MESSAGE");
            if (unit.Length == 0 && units.FirstOrDefault(u => text.Contains(u, StringComparison.Ordinal)) is { } meant) { unit = "about+" + meant; }
            if (!unit.Split('+').Any(units.Contains)) { continue; }
            string extra = string.Concat(new[] { "MESSAGE_ID", "JOB_TYPE", "JOB_RESULT", "UNIT_RESULT", "EXIT_CODE", "EXIT_STATUS" }
                .Where(f => Field(f).Length > 0).Select(f => f == "MESSAGE_ID" ? $" {Field(f)[..8]}" : $" {f}={Field(f)}"));
            string who = $"{unit} {(manager ? "" : Field("SYSLOG_IDENTIFIER"))}";   // journald keeps the order of one sender only
            if (!byUnit.TryGetValue(who, out List<string>? lines)) { byUnit[who] = lines = []; }
            lines.Add($"{unit}: {(manager ? "manager" : Field("SYSLOG_IDENTIFIER"))} <{Field("PRIORITY")}>{extra} {Normal.Line(text)}");
        }
        return byUnit.Values.SelectMany(l => l);
    }

    /// <summary>A record may name several units, in no order.</summary>
    private static string Named(JsonElement entry, HashSet<string> units) => !entry.TryGetProperty("UNIT", out JsonElement value) ? ""
        : value.ValueKind == JsonValueKind.String ? value.GetString()!
        : string.Join('+', value.EnumerateArray().Select(e => e.GetString()!).Where(units.Contains).Distinct().Order(StringComparer.Ordinal));
}
