namespace SysMaster.UnitFiles;

/// <summary>Names and numbers of users and groups. https://systemd.io/USER_NAMES: strict for what we make ourselves, relaxed for what others made.</summary>
public static class UserNameText
{
    private const int MaxStrict = 31;
    private const int MaxRelaxed = 255;

    /// <summary>A letter or "_", then letters, digits, "_", "-"; at most 31.</summary>
    public static bool IsStrict(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || name.Length > MaxStrict || Ascii.IsDigit(name[0]) || name[0] == (byte)'-') { return false; }
        foreach (byte c in name)
        {
            if (!Ascii.IsLetter(c) && !Ascii.IsDigit(c) && c is not ((byte)'_' or (byte)'-')) { return false; }
        }
        return true;
    }

    /// <summary>UTF-8 without control characters, ":" and "/", blanks at an end, no number, not "." or "..", no "-" in front.</summary>
    public static bool IsRelaxed(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || name.Length > MaxRelaxed || !Ascii.IsUtf8(name) || name[0] is (byte)'-' or (byte)' ' || name[^1] == (byte)' ') { return false; }
        bool number = true;
        foreach (byte c in name)
        {
            if (c is < 32 or 127 or (byte)':' or (byte)'/') { return false; }
            number &= Ascii.IsDigit(c);
        }
        return !number && !name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8);
    }

    /// <summary>User= and Group=: a relaxed name or a decimal id.</summary>
    public static bool IsNameOrId(ReadOnlySpan<byte> text) => TryParseId(text, out _) || IsRelaxed(text);

    /// <summary>Decimal, without sign or leading zeros; 65535 and 2^32 - 1 mean "none" to some kernel interfaces and are refused.</summary>
    public static bool TryParseId(ReadOnlySpan<byte> text, out uint id)
    {
        id = 0;
        if (text.IsEmpty || text.Length > 10 || (text.Length > 1 && text[0] == (byte)'0') || NumberText.ParseDigits(text, 10, out ulong value).Failed) { return false; }
        if (value > uint.MaxValue || !IsValidId((uint)value)) { return false; }
        id = (uint)value;
        return true;
    }

    public static bool IsValidId(uint id) => id is not (uint.MaxValue or 0xFFFF);
}
