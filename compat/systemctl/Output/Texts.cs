using System.Globalization;
using System.Text;

namespace SysMaster.Systemctl;

/// <summary>How wide text is on a terminal, and how it is cut.</summary>
internal static class Texts
{
    /// <summary>Wide, zero-width and control characters by their Unicode blocks; what the C library calls wcwidth(3).</summary>
    private static readonly (int From, int To)[] s_wide =
    [
        (0x1100, 0x115f), (0x2e80, 0x303e), (0x3041, 0x33ff), (0x3400, 0x4dbf), (0x4e00, 0x9fff), (0xa000, 0xa4cf), (0xac00, 0xd7a3), (0xf900, 0xfaff),
        (0xfe30, 0xfe6f), (0xff00, 0xff60), (0xffe0, 0xffe6), (0x1f300, 0x1f64f), (0x1f900, 0x1f9ff), (0x20000, 0x3fffd),
    ];

    private static readonly string[] s_localeVariables = ["LC_ALL", "LC_CTYPE", "LANG"];

    /// <summary>The character that stands for what was cut; three dots where the terminal has no UTF-8.</summary>
    public static string Ellipsis => IsUtf8 ? "…" : "...";

    public static bool IsUtf8 { get; } = HasUtf8();

    public static int Width(string text)
    {
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes()) { width += Width(rune); }
        return width;
    }

    public static int Width(Rune rune)
    {
        if (rune.Value < 0x300) { return rune.Value is < 0x20 or 0x7f ? 0 : 1; }
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format) { return 0; }
        return Array.Exists(s_wide, range => rune.Value >= range.From && rune.Value <= range.To) ? 2 : 1;
    }

    /// <summary>At most so many columns; what is cut out is <paramref name="percent"/> of the way along.</summary>
    public static string Ellipsize(string text, int columns, int percent)
    {
        int width = Width(text);
        if (width <= columns) { return text; }
        if (columns <= 0) { return ""; }
        int room = columns - Width(Ellipsis);
        if (room <= 0) { return columns == 1 ? Ellipsis[..1] : Ellipsis[..Math.Min(columns, Ellipsis.Length)]; }
        int head = room * percent / 100, tail = room - head;
        return Take(text.EnumerateRunes(), head) + Ellipsis + Reverse(Take(text.EnumerateRunes().Reverse(), tail));
    }

    private static string Take(IEnumerable<Rune> runes, int columns)
    {
        var taken = new StringBuilder();
        foreach (Rune rune in runes)
        {
            columns -= Width(rune);
            if (columns < 0) { break; }
            taken.Append(rune.ToString());
        }
        return taken.ToString();
    }

    private static string Reverse(string text) => string.Concat(text.EnumerateRunes().Reverse().Select(r => r.ToString()));

    // $SYSTEMD_UTF8, else the locale's character set; "C" and "POSIX" mean nobody has said anything, and everybody reads UTF-8 today.
    private static bool HasUtf8()
    {
        if (BooleanWord.Environment("SYSTEMD_UTF8") is { } asked) { return asked; }
        string locale = s_localeVariables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(v => !string.IsNullOrEmpty(v)) ?? "";
        int dot = locale.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0) { return false; }
        return locale[(dot + 1)..].StartsWith("utf-8", StringComparison.OrdinalIgnoreCase)
            || locale[(dot + 1)..].StartsWith("utf8", StringComparison.OrdinalIgnoreCase);
    }
}
