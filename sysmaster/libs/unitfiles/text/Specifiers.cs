namespace SysMaster.UnitFiles;

/// <summary>
/// Expanding %-specifiers. man 5 systemd.unit, "Specifiers". "%%" is a percent sign; a letter nobody knows, and a percent sign at the end, stay.
/// What a specifier gives is not looked at again.
/// </summary>
public static class Specifiers
{
    /// <summary>Longest result systemd makes for a path; others have <see cref="MaxString"/>.</summary>
    public const int MaxPath = PathText.MaxPath - 1;

    /// <summary>sysconf(_SC_ARG_MAX) as systemd's limit on other strings.</summary>
    public const int MaxString = 2 << 20;

    /// <summary>Letters of units of the system and user manager; man 5 systemd.unit, with D of 255 and later.</summary>
    public static ReadOnlySpan<byte> OfUnits => "aAbBCdDEfgGhHiIjJlLmMnNopPsStTuUvVwWyY"u8;

    /// <summary>Letters that [Install] has; the others have no value before a unit is loaded.</summary>
    public static ReadOnlySpan<byte> OfInstall => "aAbBgGHijlmMnNopTuUvVwW"u8;

    /// <summary>Is there anything to expand? The cheap question to ask first.</summary>
    public static bool IsNeeded(ReadOnlySpan<byte> text) => text.Contains((byte)'%');

    /// <summary>Appends the text with its specifiers expanded, at most <paramref name="limit"/> bytes.</summary>
    /// <returns>Done, or why not (never Unknown); nothing is appended when not done.</returns>
    public static SpecifierResult Expand(scoped ReadOnlySpan<byte> text, ISpecifierSource source, ref ByteBuilder output, int limit = MaxString)
    {
        int start = output.Length;
        while (true)
        {
            int percent = text.IndexOf((byte)'%');
            output.Append(percent < 0 ? text : text[..percent]);
            if (output.Length - start > limit) { return Undo(ref output, start, SpecifierResult.TooLong); }
            if (percent < 0) { return SpecifierResult.Done; }
            if (percent + 1 == text.Length)
            {
                output.Append((byte)'%');
                return SpecifierResult.Done;
            }
            byte letter = text[percent + 1];
            text = text[(percent + 2)..];
            if (letter == (byte)'%')
            {
                output.Append(letter);
                continue;
            }
            SpecifierResult result = source.Expand(letter, ref output);
            if (result is SpecifierResult.Failed or SpecifierResult.TooLong) { return Undo(ref output, start, result); }
            if (result == SpecifierResult.Unknown)
            {
                output.Append((byte)'%');
                output.Append(letter);
            }
        }
    }

    /// <summary>What each letter of a unit name stands for: n N p P i I j J f. The part of a source that needs only the name.</summary>
    public static SpecifierResult ExpandName(UnitName name, byte specifier, ref ByteBuilder output)
    {
        switch (specifier)
        {
            case (byte)'n': output.AppendAscii(name.Text); return SpecifierResult.Done;
            case (byte)'N': output.AppendAscii(name.Stem); return SpecifierResult.Done;
            case (byte)'p': output.AppendAscii(name.Prefix); return SpecifierResult.Done;
            case (byte)'i': output.AppendAscii(name.Instance); return SpecifierResult.Done;
            case (byte)'j': output.AppendAscii(LastPart(name)); return SpecifierResult.Done;
            case (byte)'P': return Unescaped(name.Prefix, path: false, ref output);
            case (byte)'I': return Unescaped(name.Instance, path: false, ref output);
            case (byte)'J': return Unescaped(LastPart(name), path: false, ref output);
            case (byte)'f': return FilePath(name, ref output);
            default: return SpecifierResult.Unknown;
        }
    }

    private static ReadOnlySpan<char> LastPart(UnitName name) => name.Prefix[(name.Prefix.LastIndexOf('-') + 1)..];

    /// <summary>%f: the instance as a path, or without one the prefix; always with a "/" in front.</summary>
    private static SpecifierResult FilePath(UnitName name, ref ByteBuilder output)
    {
        if (name.IsInstance) { return Unescaped(name.Instance, path: true, ref output); }
        output.Append((byte)'/');
        return Unescaped(name.Prefix, path: false, ref output);
    }

    private static SpecifierResult Unescaped(ReadOnlySpan<char> text, bool path, ref ByteBuilder output)
    {
        int start = output.Length;
        var bytes = new ByteBuilder(stackalloc byte[256]);
        bytes.AppendAscii(text);
        bool done = path ? UnitNameEscape.TryUnescapePath(bytes.Written, ref output) : UnitNameEscape.TryUnescape(bytes.Written, ref output);
        bytes.Dispose();
        return done ? SpecifierResult.Done : Undo(ref output, start, SpecifierResult.Failed);
    }

    private static SpecifierResult Undo(ref ByteBuilder output, int start, SpecifierResult result)
    {
        output.Truncate(start);
        return result;
    }
}
