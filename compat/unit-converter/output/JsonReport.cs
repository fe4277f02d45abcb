using System.Text.Json;

namespace SysMaster.UnitConverter.Output;

/// <summary>The report for programs: the schema is in docs/convert.md ("JSON"). Written token by token: no reflection.</summary>
internal static class JsonReport
{
    public static void Write(Stream output, IEnumerable<Conversion> conversions)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteNumber("version", 1);
        json.WriteStartArray("conversions");
        foreach (Conversion conversion in conversions) { Write(json, conversion); }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Conversion conversion)
    {
        json.WriteStartObject();
        json.WriteString("source", Text.Quote.ForPeople(conversion.Source));
        json.WriteString("format", conversion.Format);
        json.WriteStartArray("units");
        foreach (ConvertedUnit unit in conversion.Units)
        {
            json.WriteStartObject();
            json.WriteString("name", unit.Name);
            json.WriteString("text", UnitText.Of(unit, conversion));
            json.WriteStartArray("assignments");
            foreach (Assignment line in unit.Assignments)
            {
                json.WriteStartObject();
                json.WriteString("section", line.Section);
                json.WriteString("key", line.Key);
                json.WriteString("value", line.Value);
                json.WriteNumber("line", line.Line);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (Note note in conversion.Notes)
        {
            json.WriteStartObject();
            json.WriteString("kind", TextReport.Word(note.Kind));
            json.WriteNumber("line", note.Line);
            json.WriteString("what", note.What);
            json.WriteString("why", note.Why);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
