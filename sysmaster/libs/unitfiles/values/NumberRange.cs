namespace SysMaster.UnitFiles;

/// <summary>"5" or "5-9": CPUs, ports, user ids. First above Last is an empty range.</summary>
/// <param name="First">Lowest.</param>
/// <param name="Last">Highest, itself included.</param>
public readonly record struct NumberRange(uint First, uint Last)
{
    public bool IsEmpty => First > Last;

    public bool Contains(uint n) => n >= First && n <= Last;

    /// <summary>May run backwards: what that means is the caller's.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out NumberRange range)
    {
        range = default;
        int dash = text.IndexOf((byte)'-');
        if (!NumberText.TryParse(dash < 0 ? text : text[..dash], out uint first)) { return false; }
        uint last = first;
        if (dash >= 0 && !NumberText.TryParse(text[(dash + 1)..], out last)) { return false; }
        range = new NumberRange(first, last);
        return true;
    }

    /// <summary>User ids: decimal, neither 65535 nor 2^32 - 1 at an end, not backwards.</summary>
    public static bool TryParseIds(ReadOnlySpan<byte> text, out NumberRange range)
        => TryParse(text, out range) && !range.IsEmpty && UserNameText.IsValidId(range.First) && UserNameText.IsValidId(range.Last);

    /// <summary>Ports: 1 to 65535, not backwards.</summary>
    public static bool TryParsePorts(ReadOnlySpan<byte> text, out NumberRange range)
        => TryParse(text, out range) && !range.IsEmpty && range.First >= 1 && range.Last <= 65535;

    public void AppendTo(ref ByteBuilder output)
    {
        output.AppendDecimal(First);
        if (First == Last) { return; }
        output.Append((byte)'-');
        output.AppendDecimal(Last);
    }
}
