using System.Globalization;
using SysMaster.UnitConverter.Input;

namespace SysMaster.UnitConverter.Formats.Fstab;

/// <summary>fstab(5): mounts, automounts and swaps.</summary>
internal sealed class FstabFormat : SourceFormat
{
    public override string Name => "fstab";

    public override string Title => "fstab";

    public override bool Recognises(SourceText source, InputOptions options)
    {
        if (source.Path == "/etc/fstab") { return true; }
        bool any = false;
        foreach (string line in source.Lines)
        {
            string[] words = Words(line);
            if (words.Length == 0) { continue; }
            bool isEntry = words.Length is >= 3 and <= 6 && (words[1].StartsWith('/') || words[1] is "none" or "swap") && words[2].All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or ',' or '_' or '-')
                && words.Skip(4).All(w => w.All(char.IsAsciiDigit));
            if (!isEntry) { return false; }
            any = true;
        }
        return any;
    }

    public override void Convert(SourceText source, InputOptions options, Conversion into)
    {
        for (int i = 0; i < source.Lines.Length; i++)
        {
            string[] words = Words(source.Lines[i]);
            if (words.Length == 0) { continue; }
            if (words.Length < 3)
            {
                into.Error(i + 1, source.Lines[i].Trim(), "is no fstab line, left out: there are less than three fields");
                continue;
            }
            string[] fields = [.. words.Take(6).Select(Unescape)];
            if (words.Length > 6) { into.Dropped(i + 1, string.Join(' ', words.Skip(6)), "fstab has six fields: this is more"); }
            if (words.Length > 4 && words[4] != "0") { into.Dropped(i + 1, $"dump {words[4]}", "for dump(8) only, which reads /etc/fstab"); }
            int pass = words.Length > 5 && int.TryParse(words[5], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
            new FstabEntry(i + 1, fields[0], fields[1], fields[2], words.Length > 3 ? fields[3] : "defaults", pass).Write(source, into);
        }
        if (into.Units.Count > 0) { into.Advice(0, "the old lines", "systemd makes the same units from /etc/fstab at each boot: these here take their place, so take out the lines that you convert"); }
    }

    private static string[] Words(string line) => line.TrimStart() is ['#', ..] ? [] : line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Three octal digits after a backslash are a byte: getmntent(3).</summary>
    private static string Unescape(string field)
    {
        if (!field.Contains('\\', StringComparison.Ordinal)) { return field; }
        var text = new System.Text.StringBuilder();
        for (int i = 0; i < field.Length; i++)
        {
            if (field[i] == '\\' && i + 3 < field.Length && field[(i + 1)..(i + 4)].All(c => c is >= '0' and <= '7'))
            {
                text.Append((char)(Convert(field, i + 1) & 0xff));
                i += 3;
            }
            else { text.Append(field[i]); }
        }
        return text.ToString();
    }

    private static int Convert(string field, int at) => ((field[at] - '0') * 64) + ((field[at + 1] - '0') * 8) + (field[at + 2] - '0');
}
