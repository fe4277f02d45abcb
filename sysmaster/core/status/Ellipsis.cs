using System.Text;
using SysMaster.Core.Logging;

namespace SysMaster.Core.Status;

/// <summary>
/// Fits a line into a terminal: its middle is replaced by "…". Colour sequences take no column and are all kept, so a cut never leaves the
/// terminal coloured (systemd 252 counts their bytes, and cuts through them).
/// </summary>
internal static class Ellipsis
{
    public static void Fit(LogBuffer to, ReadOnlySpan<byte> text, int columns)
    {
        int width = Width(text);
        if (width <= columns)
        {
            to.Append(text);
            return;
        }
        int keep = Math.Max(columns - 1, 0);
        int head = (keep + 1) / 2;
        int tailFrom = width - (keep - head);
        int column = 0;
        bool marked = false;
        while (!text.IsEmpty)
        {
            int length = Next(text, out int w);
            bool shown = w == 0 || column + w <= head || column >= tailFrom;
            if (shown)
            {
                to.Append(text[..length]);
            }
            else if (!marked)
            {
                to.Append("…"u8);
                marked = true;
            }
            column += w;
            text = text[length..];
        }
    }

    /// <summary>Columns that a text takes.</summary>
    public static int Width(ReadOnlySpan<byte> text)
    {
        int width = 0;
        while (!text.IsEmpty)
        {
            int length = Next(text, out int w);
            width += w;
            text = text[length..];
        }
        return width;
    }

    /// <summary>Bytes of the next thing (a rune or an escape sequence) and the columns it takes.</summary>
    private static int Next(ReadOnlySpan<byte> text, out int width)
    {
        if (text[0] == 0x1B && text.Length > 1 && text[1] == (byte)'[')
        {
            width = 0;
            int i = 2;
            while (i < text.Length && text[i] is < 0x40 or > 0x7E) { i++; }
            return Math.Min(i + 1, text.Length);
        }
        _ = Rune.DecodeFromUtf8(text, out Rune rune, out int consumed);
        width = rune.Value < 0x20 ? 0 : IsWide(rune.Value) ? 2 : 1;
        return consumed;
    }

    private static bool IsWide(int rune) => rune is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6)
        or (>= 0x1F300 and <= 0x1F64F) or (>= 0x20000 and <= 0x3FFFD);
}
