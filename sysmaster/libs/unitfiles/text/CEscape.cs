namespace SysMaster.UnitFiles;

/// <summary>
/// C style escapes as systemd reads and writes them: \a \b \f \n \r \t \v \\ \" \' \s \xHH \OOO \uHHHH \UHHHHHHHH. man 5 systemd.service,
/// "Command lines", lists them. NUL is never produced.
/// </summary>
public static class CEscape
{
    /// <summary>One escape, without its backslash.</summary>
    /// <param name="text">What follows the backslash.</param>
    /// <param name="value">A byte, or a code point when <paramref name="isByte"/> is false.</param>
    /// <param name="isByte">The value is one byte as it is (\x, \OOO), not a character to encode.</param>
    /// <returns>Bytes used of the text; 0 when it is no escape.</returns>
    public static int TryUnescapeOne(ReadOnlySpan<byte> text, out uint value, out bool isByte)
    {
        value = 0;
        isByte = false;
        if (text.IsEmpty) { return 0; }
        switch (text[0])
        {
            case (byte)'a': value = 7; return 1;
            case (byte)'b': value = 8; return 1;
            case (byte)'f': value = 12; return 1;
            case (byte)'n': value = 10; return 1;
            case (byte)'r': value = 13; return 1;
            case (byte)'t': value = 9; return 1;
            case (byte)'v': value = 11; return 1;
            case (byte)'s': value = 32; return 1;
            case (byte)'\\' or (byte)'"' or (byte)'\'': value = text[0]; return 1;
            case (byte)'x': isByte = true; return Digits(text, 2, 16, ref value);
            case (byte)'u': return Digits(text, 4, 16, ref value);
            case (byte)'U':
                int used = Digits(text, 8, 16, ref value);
                return used > 0 && IsCharacter(value) ? used : 0;
            case >= (byte)'0' and <= (byte)'7':
                isByte = true;
                return Octal(text, ref value);
            default: return 0;
        }
    }

    /// <summary>Unescapes a whole text; unknown escapes are kept when <paramref name="relax"/>, else refused.</summary>
    public static bool TryUnescape(scoped ReadOnlySpan<byte> text, ref ByteBuilder output, bool relax = false)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != (byte)'\\')
            {
                output.Append(text[i]);
                continue;
            }
            int used = TryUnescapeOne(text[(i + 1)..], out uint value, out bool isByte);
            if (used == 0)
            {
                if (!relax) { return false; }
                output.Append((byte)'\\');
                continue;
            }
            AppendValue(ref output, value, isByte);
            i += used;
        }
        return true;
    }

    internal static void AppendValue(ref ByteBuilder output, uint value, bool isByte)
    {
        if (isByte) { output.Append((byte)value); }
        else { output.AppendCodePoint(value); }
    }

    /// <summary>The other way: control characters, quotes, backslash and bytes above ASCII become escapes, as systemd's cescape does.</summary>
    public static void Escape(scoped ReadOnlySpan<byte> text, ref ByteBuilder output)
    {
        foreach (byte c in text) { EscapeOne(c, ref output); }
    }

    public static void EscapeOne(byte c, ref ByteBuilder output)
    {
        int letter = c is >= 7 and <= 13 ? "abtnvfr"u8[c - 7] : c is (byte)'\\' or (byte)'"' or (byte)'\'' ? c : 0;
        if (letter != 0)
        {
            output.Append((byte)'\\');
            output.Append((byte)letter);
        }
        else if (c is < (byte)' ' or >= 127)
        {
            output.Append((byte)'\\');
            output.Append((byte)('0' + (c >> 6)));
            output.Append((byte)('0' + ((c >> 3) & 7)));
            output.Append((byte)('0' + (c & 7)));
        }
        else { output.Append(c); }
    }

    /// <summary>Escapes as \xHH the backslash, control characters, bytes above ASCII, and what <paramref name="bad"/> lists; systemd's xescape.</summary>
    public static void HexEscape(scoped ReadOnlySpan<byte> text, scoped ReadOnlySpan<byte> bad, ref ByteBuilder output)
    {
        foreach (byte c in text)
        {
            if (c is < (byte)' ' or >= 127 or (byte)'\\' || bad.Contains(c))
            {
                output.Append("\\x"u8);
                output.AppendHex(c, 2);
            }
            else { output.Append(c); }
        }
    }

    private static bool IsCharacter(uint c)
        => c < 0x110000 && (c & 0xFFFFF800) != 0xD800 && c is < 0xFDD0 or > 0xFDEF and < 0x110000 && (c & 0xFFFE) != 0xFFFE && (c & 0xFFFFF800) != 0xD800;

    private static int Digits(ReadOnlySpan<byte> text, int count, uint radix, ref uint value)
    {
        if (text.Length < count + 1) { return 0; }
        uint sum = 0;
        for (int i = 1; i <= count; i++)
        {
            int digit = Ascii.Hex(text[i]);
            if (digit < 0) { return 0; }
            sum = (sum * radix) + (uint)digit;
        }
        value = sum;
        return sum == 0 ? 0 : count + 1;
    }

    private static int Octal(ReadOnlySpan<byte> text, ref uint value)
    {
        if (text.Length < 3 || (uint)(text[1] - '0') > 7 || (uint)(text[2] - '0') > 7) { return 0; }
        uint sum = (uint)(((text[0] - '0') << 6) | ((text[1] - '0') << 3) | (text[2] - '0'));
        value = sum;
        return sum is 0 or > 255 ? 0 : 3;
    }
}
