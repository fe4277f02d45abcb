using System.Text.Json;

namespace SysMaster.UnitConverter.Check;

/// <summary>What the check found, for people and for programs (docs/convert.md, "JSON").</summary>
internal static class CheckReport
{
    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Honoured => "honoured",
        Verdict.ParsedOnly => "parsed only",
        Verdict.Obsolete => "obsolete",
        Verdict.Unknown => "unknown",
        Verdict.BadValue => "bad value",
        _ => "bad line",
    };

    public static void Write(TextWriter output, IReadOnlyList<Finding> findings, bool all, int files)
    {
        foreach (Finding f in findings)
        {
            if (!all && f.Verdict == Verdict.Honoured) { continue; }
            string what = f.Section.Length == 0 ? "" : f.Key.Length == 0 ? $" [{f.Section}]" : $" [{f.Section}] {f.Key}=";
            output.WriteLine($"{Text.Quote.ForPeople(f.File)}{(f.Line > 0 ? ":" + f.Line : "")}: {Word(f.Verdict)}:{Text.Quote.ForPeople(what)}{(f.Text.Length > 0 ? " " + f.Text : "")}");
        }
        string counts = string.Join(", ", findings.GroupBy(f => f.Verdict).OrderBy(g => g.Key).Select(g => $"{g.Count()} {Word(g.Key)}"));
        output.WriteLine($"{files} files: {(counts.Length > 0 ? counts : "nothing said in them")}");
    }

    public static void WriteJson(Stream output, IReadOnlyList<Finding> findings, bool all, int files)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteNumber("version", 1);
        json.WriteNumber("files", files);
        json.WriteStartObject("counts");
        foreach (Verdict verdict in Enum.GetValues<Verdict>()) { json.WriteNumber(Word(verdict), findings.Count(f => f.Verdict == verdict)); }
        json.WriteEndObject();
        json.WriteStartArray("findings");
        foreach (Finding f in findings.Where(f => all || f.Verdict != Verdict.Honoured))
        {
            json.WriteStartObject();
            json.WriteString("file", Text.Quote.ForPeople(f.File));
            json.WriteNumber("line", f.Line);
            json.WriteString("verdict", Word(f.Verdict));
            json.WriteString("section", Text.Quote.ForPeople(f.Section));
            json.WriteString("key", Text.Quote.ForPeople(f.Key));
            json.WriteString("text", f.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
