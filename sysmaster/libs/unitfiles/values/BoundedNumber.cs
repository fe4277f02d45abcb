namespace SysMaster.UnitFiles;

/// <summary>The small numbers of processes, each with its range.</summary>
public static class BoundedNumber
{
    /// <summary>Nice=: -20 to 19.</summary>
    public static bool TryParseNice(ReadOnlySpan<byte> text, out int value) => TryParse(text, -20, 19, out value);

    /// <summary>OOMScoreAdjust=: -1000 to 1000.</summary>
    public static bool TryParseOomScoreAdjust(ReadOnlySpan<byte> text, out int value) => TryParse(text, -1000, 1000, out value);

    /// <summary>IOSchedulingPriority=: 0 to 7.</summary>
    public static bool TryParseIoPriority(ReadOnlySpan<byte> text, out int value) => TryParse(text, 0, 7, out value);

    /// <summary>An IP port, 1 to 65535; a zero in front makes it octal, as with every number here.</summary>
    public static bool TryParsePort(ReadOnlySpan<byte> text, out int value) => TryParse(text, 1, 65535, out value);

    public static bool TryParse(ReadOnlySpan<byte> text, int min, int max, out int value)
    {
        if (NumberText.TryParse(text, out value) && value >= min && value <= max) { return true; }
        value = 0;
        return false;
    }
}
