using System.Text.Json;

namespace SysMaster.Lint;

/// <summary>Findings for people, as JSON (an object: version, files, counts, findings), and as SARIF 2.1.0.</summary>
public static class LintReport
{
    public static void Write(TextWriter output, IReadOnlyList<Finding> findings, int files)
    {
        foreach (Finding f in findings)
        {
            string what = f.Section.Length == 0 ? "" : f.Key.Length == 0 ? $" [{f.Section}]" : $" [{f.Section}] {f.Key}=";
            output.WriteLine(Clean($"{f.File}{(f.Line > 0 ? ":" + f.Line : "")}: {f.Rule.Word}:{what}{(f.Text.Length > 0 ? " " + f.Text : "")} [{f.Rule.Id}]"));
        }

        string counts = string.Join(", ", findings.GroupBy(f => f.Rule.Word).OrderBy(g => g.First().Rule.Id).Select(g => $"{g.Count()} {g.Key}"));
        output.WriteLine($"{files} files: {(counts.Length > 0 ? counts : "nothing to say")}");
    }

    public static void WriteJson(Stream output, IReadOnlyList<Finding> findings, int files)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteNumber("version", 1);
        json.WriteNumber("files", files);
        json.WriteStartArray("findings");
        foreach (Finding f in findings)
        {
            json.WriteStartObject();
            json.WriteString("rule", f.Rule.Id);
            json.WriteString("level", LevelWord(f.Rule.Level));
            json.WriteString("file", f.File);
            json.WriteNumber("line", f.Line);
            json.WriteString("section", f.Section);
            json.WriteString("key", f.Key);
            json.WriteString("text", TextOf(f));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Static Analysis Results Interchange Format 2.1.0 (OASIS), as code review tools read it.</summary>
    public static void WriteSarif(Stream output, IReadOnlyList<Finding> findings)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "sctl lint");
        json.WriteStartArray("rules");
        foreach (Rule rule in Rules.All.Where(rule => rule.Level != Level.None)) { WriteRule(json, rule); }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("results");
        foreach (Finding f in findings.Where(f => f.Rule.Level != Level.None)) { WriteResult(json, f); }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, Rule rule)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Id);
        json.WriteStartObject("shortDescription");
        json.WriteString("text", rule.Text);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, Finding f)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", f.Rule.Id);
        json.WriteString("level", LevelWord(f.Rule.Level));
        json.WriteStartObject("message");
        json.WriteString("text", TextOf(f));
        json.WriteEndObject();
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", new Uri("file://" + f.File).AbsoluteUri);
        json.WriteEndObject();
        if (f.Line > 0)
        {
            json.WriteStartObject("region");
            json.WriteNumber("startLine", f.Line);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string LevelWord(Level level) => level switch { Level.Error => "error", Level.Warning => "warning", Level.Note => "note", _ => "none" };

    private static string TextOf(Finding f) => Clean((f.Key.Length > 0 ? $"{f.Key}= " : f.Section.Length > 0 ? $"[{f.Section}] " : "") + (f.Text.Length > 0 ? f.Text : f.Rule.Text));

    /// <summary>A file may hold anything; a terminal gets no control characters of it.</summary>
    private static string Clean(string text) => string.Create(text.Length, text, (span, from) =>
    {
        for (int i = 0; i < span.Length; i++) { span[i] = char.IsControl(from[i]) ? '\uFFFD' : from[i]; }
    });
}
