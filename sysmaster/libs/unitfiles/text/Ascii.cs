namespace SysMaster.UnitFiles;

/// <summary>Small questions about ASCII bytes that the parsers of this room share.</summary>
internal static class Ascii
{
    public static ReadOnlySpan<byte> Whitespace => " \t\n\r"u8;

    public static bool IsWhite(byte c) => c is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r';

    public static bool IsDigit(byte c) => (uint)(c - '0') <= 9;

    public static bool IsLetter(byte c) => (uint)((c | 0x20) - 'a') <= 25;

    public static ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> text)
    {
        int start = 0;
        int end = text.Length;
        while (start < end && IsWhite(text[start])) { start++; }
        while (end > start && IsWhite(text[end - 1])) { end--; }
        return text[start..end];
    }

    public static ReadOnlySpan<byte> SkipWhite(ReadOnlySpan<byte> text)
    {
        int start = 0;
        while (start < text.Length && IsWhite(text[start])) { start++; }
        return text[start..];
    }

    /// <returns>-1 for what is no hexadecimal digit.</returns>
    public static int Hex(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        _ => -1,
    };

    public static bool EqualsIgnoreCase(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => System.Text.Ascii.EqualsIgnoreCase(a, b);

    public static bool StartsWithIgnoreCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> prefix)
        => text.Length >= prefix.Length && EqualsIgnoreCase(text[..prefix.Length], prefix);

    /// <summary>For text known to be ASCII, as names of options are.</summary>
    public static string ToText(ReadOnlySpan<byte> text) => System.Text.Encoding.UTF8.GetString(text);

    /// <summary>True when the text has no byte a C string cannot hold, and is UTF-8.</summary>
    public static bool IsUtf8(ReadOnlySpan<byte> text) => System.Text.Unicode.Utf8.IsValid(text);
}
