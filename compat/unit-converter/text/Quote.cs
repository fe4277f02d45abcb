using System.Globalization;
using System.Text;

namespace SysMaster.UnitConverter.Text;

/// <summary>
/// Text of a source as text of a unit file: whatever stands in it, it comes out as the same one word or value and can mean nothing else. man 7
/// systemd.syntax, man 5 systemd.service ("Command lines"). Bytes that are no UTF-8 are lone surrogates here (<see cref="Input.SourceText"/>).
/// </summary>
internal static class Quote
{
    private const string Bare = "-_./:,+=@~^";

    /// <summary>An argument of a command line. "%" and "$" are themselves.</summary>
    public static string Argument(string text) => Word(text, isPath: false, dollars: true);

    /// <summary>The program of a command line: no variables are expanded there.</summary>
    public static string Program(string path) => Word(path, isPath: true, dollars: false);

    /// <summary>One word of a list that knows quotes, but no variables (Environment=, BindPaths=).</summary>
    public static string ListWord(string text) => Word(text, isPath: false, dollars: false);

    /// <summary>Text that is taken to the end of the line, without quotes (Description=, PIDFile=).</summary>
    public static string Line(string text)
    {
        string value = Clean(text).Replace("%", "%%", StringComparison.Ordinal).Trim();
        // A backslash at the end would take the next line in.
        return value.EndsWith('\\') ? value.TrimEnd('\\').TrimEnd() : value;
    }

    /// <summary>The last guard: a value can never begin a second line.</summary>
    public static string OneLine(string value)
    {
        string line = Clean(value).Trim();
        int slashes = line.Length - line.TrimEnd('\\').Length;
        return slashes % 2 == 0 ? line : line[..^1].TrimEnd();
    }

    /// <summary>For messages: no control characters, no half characters.</summary>
    public static string ForPeople(string text) => Clean(text);

    /// <summary>Single quotes for a shell.</summary>
    public static string Shell(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    /// <summary>Whether a value can be said in the unit at all where there is no quoting.</summary>
    public static bool IsPlain(string text)
    {
        foreach (char c in text)
        {
            if (char.IsControl(c) || char.IsSurrogate(c)) { return false; }
        }
        return text == text.Trim() && !text.EndsWith('\\');
    }

    private static string Word(string text, bool isPath, bool dollars)
    {
        if (IsBare(text, isPath)) { return text; }
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '%') { quoted.Append("%%"); }
            else if (c == '$') { quoted.Append(dollars ? "$$" : "$"); }
            else if (c is '"' or '\\') { quoted.Append('\\').Append(c); }
            else if (c == '\n') { quoted.Append("\\n"); }
            else if (c == '\t') { quoted.Append("\\t"); }
            else if (c == '\r') { quoted.Append("\\r"); }
            else if (c < ' ' || c == 127) { AppendHex(quoted, c); }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) { quoted.Append(c).Append(text[++i]); }
            else if (c is >= '\udc80' and <= '\udcff') { AppendHex(quoted, c - 0xdc00); }
            else if (char.IsSurrogate(c)) { quoted.Append('?'); }
            else if (c is >= '\u0080' and < '\u00a0') { AppendUtf8(quoted, c); }
            else { quoted.Append(c); }
        }
        return quoted.Append('"').ToString();
    }

    private static bool IsBare(string text, bool isPath)
    {
        if (text.Length == 0) { return false; }
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !Bare.Contains(c, StringComparison.Ordinal) && !(isPath && c == '$')) { return false; }
        }
        return true;
    }

    private static void AppendHex(StringBuilder to, int value) => to.Append("\\x").Append(value.ToString("x2", CultureInfo.InvariantCulture));

    private static void AppendUtf8(StringBuilder to, char c)
    {
        foreach (byte b in Encoding.UTF8.GetBytes([c])) { AppendHex(to, b); }
    }

    private static string Clean(string text)
    {
        bool clean = true;
        foreach (char c in text) { clean &= !char.IsControl(c) && !char.IsSurrogate(c); }
        if (clean) { return text; }
        var result = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) { result.Append(c).Append(text[++i]); }
            else if (char.IsSurrogate(c)) { result.Append('?'); }
            else { result.Append(char.IsControl(c) ? ' ' : c); }
        }
        return result.ToString();
    }
}
