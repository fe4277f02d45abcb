using SysMaster.UnitConverter.Input;

namespace SysMaster.UnitConverter.Formats;

/// <param name="Section">Without brackets; empty before the first.</param>
/// <param name="Key">As written.</param>
/// <param name="Value">Trimmed.</param>
internal sealed record IniLine(int Line, string Section, string Key, string Value);

/// <summary>Files of "[section]" and "key = value", as Python's reader and its kin take them. Continuation lines begin with a blank.</summary>
internal static class Ini
{
    /// <param name="bad">Told of each line that is neither: line, text.</param>
    public static List<IniLine> Read(SourceText source, char comment, Action<int, string> bad)
    {
        var lines = new List<IniLine>();
        string section = "";
        for (int i = 0; i < source.Lines.Length; i++)
        {
            string raw = source.Lines[i], text = raw.Trim();
            if (text.Length == 0 || text[0] == '#' || text[0] == comment) { continue; }
            if (text[0] == '[')
            {
                int end = text.IndexOf(']', StringComparison.Ordinal);
                if (end < 0) { bad(i + 1, text); }
                section = end < 0 ? "" : text[1..end].Trim();
            }
            else if (char.IsWhiteSpace(raw[0]) && lines.Count > 0 && lines[^1].Section == section) { lines[^1] = lines[^1] with { Value = $"{lines[^1].Value}\n{text}".Trim() }; }
            else if (text.IndexOf('=', StringComparison.Ordinal) is > 0 and int equals) { lines.Add(new IniLine(i + 1, section, text[..equals].Trim(), text[(equals + 1)..].Trim())); }
            else { bad(i + 1, text); }
        }
        return lines;
    }
}
