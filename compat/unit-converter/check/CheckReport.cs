using System.Text.Json;
using SysMaster.Lint;

namespace SysMaster.UnitConverter.Check;

/// <summary>What the check found, for people and for programs (docs/convert.md, "JSON").</summary>
internal static class CheckReport
{
    private static readonly Rule[] s_kinds = [Rules.Honoured, Rules.ParsedOnly, Rules.Obsolete, Rules.Unknown, Rules.BadValue, Rules.BadLine];

    public static void Write(TextWriter output, IReadOnlyList<Finding> findings, bool all, int files)
    {
        foreach (Finding f in findings)
        {
            if (!all && f.Rule == Rules.Honoured) { continue; }
            string what = f.Section.Length == 0 ? "" : f.Key.Length == 0 ? $" [{f.Section}]" : $" [{f.Section}] {f.Key}=";
            output.WriteLine($"{Text.Quote.ForPeople(f.File)}{(f.Line > 0 ? ":" + f.Line : "")}: {f.Rule.Word}:{Text.Quote.ForPeople(what)}{(f.Text.Length > 0 ? " " + f.Text : "")}");
        }
        string counts = string.Join(", ", findings.GroupBy(f => f.Rule.Word).OrderBy(g => Array.FindIndex(s_kinds, kind => kind.Word == g.Key)).Select(g => $"{g.Count()} {g.Key}"));
        output.WriteLine($"{files} files: {(counts.Length > 0 ? counts : "nothing said in them")}");
    }

    public static void WriteJson(Stream output, IReadOnlyList<Finding> findings, bool all, int files)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteNumber("version", 1);
        json.WriteNumber("files", files);
        json.WriteStartObject("counts");
        foreach (Rule kind in s_kinds) { json.WriteNumber(kind.Word, findings.Count(f => f.Rule.Word == kind.Word)); }
        json.WriteEndObject();
        json.WriteStartArray("findings");
        foreach (Finding f in findings.Where(f => all || f.Rule != Rules.Honoured))
        {
            json.WriteStartObject();
            json.WriteString("file", Text.Quote.ForPeople(f.File));
            json.WriteNumber("line", f.Line);
            json.WriteString("verdict", f.Rule.Word);
            json.WriteString("section", Text.Quote.ForPeople(f.Section));
            json.WriteString("key", Text.Quote.ForPeople(f.Key));
            json.WriteString("text", f.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
