namespace SysMaster.UnitFiles;

/// <summary>The words for unit types: "service", "socket", …</summary>
public static class UnitKinds
{
    private static readonly string[] s_words =
        ["", "service", "socket", "target", "device", "mount", "automount", "swap", "timer", "path", "slice", "scope"];

    private static readonly string[] s_suffixes =
        ["", ".service", ".socket", ".target", ".device", ".mount", ".automount", ".swap", ".timer", ".path", ".slice", ".scope"];

    /// <summary>"service"; empty for <see cref="UnitKind.None"/>.</summary>
    public static string Word(this UnitKind kind) => s_words[(int)kind];

    /// <summary>".service"; empty for <see cref="UnitKind.None"/>.</summary>
    public static string Suffix(this UnitKind kind) => s_suffixes[(int)kind];

    public static UnitKind FromWord(ReadOnlySpan<byte> word)
    {
        UnitKind kind = word switch
        {
            { Length: < 4 or > 9 } => UnitKind.None,
            _ => Candidate(word[0], word[1], word.Length),
        };
        if (kind == UnitKind.None) { return kind; }
        string expected = s_words[(int)kind];
        return System.Text.Ascii.Equals(word, expected) ? kind : UnitKind.None;
    }

    public static UnitKind FromWord(ReadOnlySpan<char> word)
    {
        Span<byte> bytes = stackalloc byte[9];
        if (word.Length > bytes.Length) { return UnitKind.None; }
        for (int i = 0; i < word.Length; i++) { bytes[i] = word[i] < 128 ? (byte)word[i] : (byte)'?'; }
        return FromWord(bytes[..word.Length]);
    }

    private static UnitKind Candidate(byte first, byte second, int length) => first switch
    {
        (byte)'s' => (second, length) switch
        {
            ((byte)'e', _) => UnitKind.Service,
            ((byte)'o', _) => UnitKind.Socket,
            ((byte)'w', _) => UnitKind.Swap,
            ((byte)'l', _) => UnitKind.Slice,
            ((byte)'c', _) => UnitKind.Scope,
            _ => UnitKind.None,
        },
        (byte)'t' => second == (byte)'a' ? UnitKind.Target : UnitKind.Timer,
        (byte)'d' => UnitKind.Device,
        (byte)'m' => UnitKind.Mount,
        (byte)'a' => UnitKind.Automount,
        (byte)'p' => UnitKind.Path,
        _ => UnitKind.None,
    };
}
