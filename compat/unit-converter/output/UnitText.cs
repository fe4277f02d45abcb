using System.Text;

namespace SysMaster.UnitConverter.Output;

/// <summary>A converted unit as the text of its file.</summary>
internal static class UnitText
{
    public static string Of(ConvertedUnit unit, Conversion from)
    {
        var text = new StringBuilder();
        text.Append("# Converted from ").Append(Text.Quote.ForPeople(from.Source)).Append(" (").Append(from.Format).Append(") by unit-converter\n");
        foreach (string section in Sections(unit))
        {
            text.Append("\n[").Append(section).Append("]\n");
            foreach (Assignment line in unit.Assignments)
            {
                if (line.Section == section) { text.Append(line.Key).Append('=').Append(line.Value).Append('\n'); }
            }
        }
        return text.ToString();
    }

    /// <summary>[Unit] first, [Install] last, as people expect it.</summary>
    private static IEnumerable<string> Sections(ConvertedUnit unit)
        => unit.Assignments.Select(a => a.Section).Distinct().OrderBy(s => s switch { "Unit" => 0, "Install" => 2, _ => 1 });
}
