namespace SysMaster.UnitFiles;

/// <summary>Reading unit names, and the cache of their strings.</summary>
public readonly partial struct UnitName
{
    private const int CacheSize = 4096;

    // One slot a hash; a collision replaces the string. Bounded, so that a client's made-up names cost nothing for ever.
    private static readonly string?[] s_cache = new string?[CacheSize];

    // Differs in each process: nobody outside can prepare names that fall into one slot.
    private static readonly uint s_seed = (uint)string.GetHashCode("unit name") | 1;

    public static bool TryParse(ReadOnlySpan<byte> text, out UnitName name)
    {
        name = default;
        if (text.Length is < 3 or > MaxLength) { return false; }
        int at = 0;
        int dot = -1;
        uint hash = s_seed;
        for (int i = 0; i < text.Length; i++)
        {
            byte c = text[i];
            if (!UnitNameEscape.IsNameByte(c)) { return false; }
            if (c == (byte)'.') { dot = i; }
            else if (c == (byte)'@')
            {
                if (i == 0) { return false; }
                if (at == 0) { at = i; }
            }
            hash = (hash ^ c) * 16777619;
        }
        if (dot <= 0) { return false; }
        UnitKind kind = UnitKinds.FromWord(text[(dot + 1)..]);
        if (kind == UnitKind.None || at > dot) { return false; }
        name = new UnitName(Intern(text, hash), hash, at, dot, kind);
        return true;
    }

    public static bool TryParse(ReadOnlySpan<char> text, out UnitName name)
    {
        Span<byte> bytes = stackalloc byte[MaxLength];
        name = default;
        return text.Length <= MaxLength && Narrow(text, bytes) && TryParse(bytes[..text.Length], out name);
    }

    public static bool TryParse(string text, out UnitName name) => TryParse(text.AsSpan(), out name);

    /// <summary>Is this a valid instance, the part between "@" and the suffix?</summary>
    public static bool IsValidInstance(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (c >= 128 || !UnitNameEscape.IsNameByte((byte)c)) { return false; }
        }
        return !text.IsEmpty;
    }

    private static bool Narrow(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] >= 128) { return false; }
            bytes[i] = (byte)text[i];
        }
        return true;
    }

    private static string Intern(ReadOnlySpan<byte> text, uint hash)
    {
        ref string? slot = ref s_cache[(hash ^ (hash >> 16)) & (CacheSize - 1)];
        string? have = slot;
        if (have is not null && System.Text.Ascii.Equals(text, have)) { return have; }
        return slot = System.Text.Encoding.ASCII.GetString(text);
    }
}
