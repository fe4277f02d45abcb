using System.Text;
using SysMaster.UnitConverter.Input;

namespace SysMaster.UnitConverter.Formats.Sysv;

/// <summary>The comments at the head of an init script that say when it runs: LSB's block, and the lines of chkconfig.</summary>
internal sealed class LsbHeader
{
    private readonly List<(string Key, string Value, int Line)> _fields = [];

    public IReadOnlyList<(string Key, string Value, int Line)> Fields => _fields;

    public bool HasBlock { get; private set; }

    /// <summary>"2345", and the line; empty without one. "-" says: in none.</summary>
    public (string Levels, int Line) Chkconfig { get; private set; } = ("", 0);

    public string Description { get; private set; } = "";

    public string? PidFile { get; private set; }

    public static LsbHeader Read(SourceText source)
    {
        var header = new LsbHeader();
        bool inside = false;
        string last = "";
        for (int i = 0; i < source.Lines.Length; i++)
        {
            string line = source.Lines[i];
            if (!line.StartsWith('#')) { continue; }
            string text = line.TrimStart('#').Trim();
            if (line.StartsWith("### BEGIN INIT INFO", StringComparison.Ordinal)) { header.HasBlock = inside = true; }
            else if (line.StartsWith("### END INIT INFO", StringComparison.Ordinal)) { inside = false; }
            else if (inside) { last = header.TakeField(line, text, last, i + 1); }
            else { i = header.TakeChkconfig(source, i, text); }
        }
        header.Finish();
        return header;
    }

    public IEnumerable<(string Word, int Line)> Words(string key)
    {
        foreach ((string name, string value, int line) in _fields)
        {
            if (!name.Equals(key, StringComparison.OrdinalIgnoreCase)) { continue; }
            foreach (string word in value.Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries)) { yield return (word, line); }
        }
    }

    private string TakeField(string line, string text, string last, int number)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        bool isContinuation = last == "Description" && (line.StartsWith("#\t", StringComparison.Ordinal) || line.StartsWith("#  ", StringComparison.Ordinal) || text.Length == 0);
        if (isContinuation)
        {
            Description += " " + text;
            return last;
        }
        if (colon <= 0) { return last; }
        string key = text[..colon].Trim(), value = text[(colon + 1)..].Trim();
        _fields.Add((key, value, number));
        if (key == "Description") { Description = value; }
        return key;
    }

    private int TakeChkconfig(SourceText source, int index, string text)
    {
        if (text.StartsWith("chkconfig:", StringComparison.Ordinal) && Chkconfig.Line == 0)
        {
            string[] words = text["chkconfig:".Length..].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0) { Chkconfig = (words[0], index + 1); }
        }
        else if (text.StartsWith("pidfile:", StringComparison.Ordinal)) { PidFile = text["pidfile:".Length..].Trim(); }
        else if (text.StartsWith("description:", StringComparison.Ordinal))
        {
            var description = new StringBuilder(text["description:".Length..].Trim());
            while (description.Length > 0 && description[^1] == '\\' && index + 1 < source.Lines.Length && source.Lines[index + 1].StartsWith('#'))
            {
                description.Length--;
                description.Append(' ').Append(source.Lines[++index].TrimStart('#').Trim());
            }
            if (Description.Length == 0) { Description = description.ToString().Trim(); }
        }
        return index;
    }

    private void Finish()
    {
        string brief = _fields.Find(f => f.Key.Equals("Short-Description", StringComparison.OrdinalIgnoreCase)).Value ?? "";
        Description = (brief.Length > 0 ? brief : Description).Trim();
        if (Description.Length > 200) { Description = Description[..200]; }
    }
}
