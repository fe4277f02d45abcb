namespace SysMaster.Core.Boot;

/// <summary>128-bit ids as text: 32 lower-case hex digits, not all zero; machine-id(5). UUIDs with dashes are the same in other clothes.</summary>
public static class MachineIdText
{
    public const int Length = 32;

    public static bool IsValid(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiHexDigitLower(c)) { return false; }
        }
        return text.Length == Length && text.ContainsAnyExcept('0');
    }

    /// <summary>With or without dashes, any case; empty when it is no id.</summary>
    public static string FromUuidOrEmpty(string? text)
    {
        if (text is null) { return ""; }
        string plain = text.Length == 36 ? text.Replace("-", "", StringComparison.Ordinal) : text;
#pragma warning disable CA1308 // hex digits are written small
        plain = plain.ToLowerInvariant();
#pragma warning restore CA1308
        return IsValid(plain) ? plain : "";
    }

    /// <summary>A file that holds an id; empty when it does not (missing, "uninitialized", garbage).</summary>
    public static string ReadOrEmpty(string path)
    {
        string? line = SmallFile.FirstLineOrNull(path);
        return line is not null && IsValid(line) ? line : "";
    }
}
