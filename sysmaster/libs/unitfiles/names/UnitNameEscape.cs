namespace SysMaster.UnitFiles;

/// <summary>
/// Escaping of arbitrary text and of paths for unit names: "/" is "-", what a name cannot hold is \xHH. man 5 systemd.unit, "String escaping
/// for inclusion in unit names"; man 1 systemd-escape.
/// </summary>
public static class UnitNameEscape
{
    /// <summary>Letters, digits, ":-_.\" and "@".</summary>
    internal static bool IsNameByte(byte c) => c < 128 && (s_nameBytes[c >> 6] & (1UL << (c & 63))) != 0;

    private static readonly ulong[] s_nameBytes = MakeNameBytes();

    public static void Escape(scoped ReadOnlySpan<byte> text, ref ByteBuilder output)
    {
        for (int i = 0; i < text.Length; i++)
        {
            byte c = text[i];
            if (c == (byte)'/') { output.Append((byte)'-'); }
            else if (c is (byte)'-' or (byte)'\\' or (byte)'@' || !IsNameByte(c) || (i == 0 && c == (byte)'.')) { AppendHex(c, ref output); }
            else { output.Append(c); }
        }
    }

    /// <summary>The way back. A NUL (\x00) ends the text, as it does in C.</summary>
    /// <returns>False for a backslash that is not followed by "x" and two hexadecimal digits.</returns>
    public static bool TryUnescape(scoped ReadOnlySpan<byte> text, ref ByteBuilder output)
    {
        for (int i = 0; i < text.Length; i++)
        {
            byte c = text[i];
            if (c == (byte)'-') { output.Append((byte)'/'); }
            else if (c != (byte)'\\') { output.Append(c); }
            else
            {
                if (i + 3 >= text.Length || text[i + 1] != (byte)'x') { return false; }
                int high = Ascii.Hex(text[i + 2]);
                int low = Ascii.Hex(text[i + 3]);
                if (high < 0 || low < 0) { return false; }
                if ((high | low) == 0) { return true; }
                output.Append((byte)((high << 4) | low));
                i += 3;
            }
        }
        return true;
    }

    /// <summary>A path: simplified first, leading and trailing "/" dropped, the root is "-".</summary>
    /// <returns>False when a component is "..", or the path or a component is longer than the kernel takes.</returns>
    public static bool TryEscapePath(scoped ReadOnlySpan<byte> path, ref ByteBuilder output)
    {
        var simple = new ByteBuilder(stackalloc byte[512]);
        try
        {
            if (!PathText.IsNormalizable(path)) { return false; }
            PathText.Simplify(path, ref simple);
            ReadOnlySpan<byte> trimmed = simple.Written.Trim((byte)'/');
            if (trimmed.IsEmpty || trimmed.SequenceEqual("."u8)) { output.Append((byte)'-'); }
            else { Escape(trimmed, ref output); }
            return true;
        }
        finally { simple.Dispose(); }
    }

    /// <summary>The way back: always an absolute path.</summary>
    public static bool TryUnescapePath(scoped ReadOnlySpan<byte> text, ref ByteBuilder output)
    {
        if (text.IsEmpty) { return false; }
        if (text.SequenceEqual("-"u8))
        {
            output.Append((byte)'/');
            return true;
        }
        if (text[0] == (byte)'-' || text[^1] == (byte)'-' || text.IndexOf("--"u8) >= 0) { return false; }
        int start = output.Length;
        output.Append((byte)'/');
        if (TryUnescape(text, ref output) && PathText.IsNormalized(output.Written[start..])) { return true; }
        output.Truncate(start);
        return false;
    }

    internal static void AppendHex(byte c, ref ByteBuilder output)
    {
        output.Append("\\x"u8);
        output.AppendHex(c, 2);
    }

    private static ulong[] MakeNameBytes()
    {
        ulong[] set = new ulong[2];
        foreach (byte c in "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ:-_.\\@"u8) { set[c >> 6] |= 1UL << (c & 63); }
        return set;
    }
}
