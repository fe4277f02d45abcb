using System.Buffers;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>Printing values so that the parser gives them back.</summary>
public static class TextOut
{
    private static readonly SearchValues<byte> s_special = SearchValues.Create(" \t\n\r\"'\\"u8);

    /// <summary>As an octal mode, four digits or more.</summary>
    public static void Octal(uint number, ref ByteBuilder to)
    {
        Span<byte> text = stackalloc byte[12];
        int at = text.Length;
        do
        {
            text[--at] = (byte)('0' + (number & 7));
            number >>= 3;
        }
        while (number != 0 || at > text.Length - 4);
        to.Append(text[at..]);
    }

    /// <summary>With every '%' doubled, so that specifier expansion gives it back.</summary>
    public static void Percent(scoped ReadOnlySpan<byte> text, ref ByteBuilder to)
    {
        for (int percent; (percent = text.IndexOf((byte)'%')) >= 0; text = text[(percent + 1)..])
        {
            to.Append(text[..percent]);
            to.Append("%%"u8);
        }
        to.Append(text);
    }

    /// <summary>One word: quoted and escaped where it must be; '%' doubled where the directive expands <paramref name="specifiers"/>.</summary>
    /// <param name="escapes">Does the directive know C escapes? Else a backslash makes any byte an ordinary one, and stands for nothing more.</param>
    public static void Word(scoped ReadOnlySpan<byte> text, ref ByteBuilder to, bool specifiers = true, bool escapes = true)
    {
        if (!text.IsEmpty && text.IndexOfAny(s_special) < 0 && text[0] != (byte)';' && !HasControl(text))
        {
            if (specifiers)
                Percent(text, ref to);
            else
                to.Append(text);
            return;
        }
        Quoted(text, ref to, specifiers, escapes);
    }

    /// <summary>One word between quotes, whether it must be or not.</summary>
    public static void Quoted(scoped ReadOnlySpan<byte> text, ref ByteBuilder to, bool specifiers = true, bool escapes = true)
    {
        to.Append((byte)'"');
        foreach (byte c in text)
        {
            if (c == (byte)'%' && specifiers)
                to.Append("%%"u8);
            else if (c is >= 128 or (byte)'\'' || (!escapes && c is not ((byte)'"' or (byte)'\\')))
                to.Append(c);
            else
                CEscape.EscapeOne(c, ref to);
        }
        to.Append((byte)'"');
    }

    /// <summary>Blank before all but the first.</summary>
    public static void Blank(ref bool first, ref ByteBuilder to)
    {
        if (!first)
            to.Append((byte)' ');
        first = false;
    }

    private static bool HasControl(ReadOnlySpan<byte> text) => text.IndexOfAnyInRange((byte)0, (byte)31) >= 0 || text.Contains((byte)127);
}
