namespace SysMaster.Core.Conditions;

/// <summary>
/// The order of version strings, https://uapi-group.org/specifications/specs/version_format_specification: segments of digits and letters;
/// "~" makes older than nothing, then "-", "^" and "." separate, numbers count as numbers.
/// </summary>
public static class VersionOrder
{
    public static int Compare(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        while (true)
        {
            a = SkipInvalid(a);
            b = SkipInvalid(b);
            if (Mark('~', ref a, ref b, out int order)) { if (order != 0) { return order; } }
            if (a.IsEmpty || b.IsEmpty) { return (a.IsEmpty ? 0 : 1) - (b.IsEmpty ? 0 : 1); }
            foreach (char separator in "-^.")
            {
                if (Mark(separator, ref a, ref b, out order) && order != 0) { return order; }
            }
            order = IsDigit(a) || IsDigit(b) ? Numbers(ref a, ref b) : Letters(ref a, ref b);
            if (order != 0) { return order; }
        }
    }

    private static ReadOnlySpan<char> SkipInvalid(ReadOnlySpan<char> text)
    {
        int i = 0;
        while (i < text.Length && !char.IsAsciiLetterOrDigit(text[i]) && text[i] is not ('~' or '-' or '^' or '.')) { i++; }
        return text[i..];
    }

    /// <summary>The side that has the mark is the older one; both having it, it is taken off both.</summary>
    private static bool Mark(char mark, ref ReadOnlySpan<char> a, ref ReadOnlySpan<char> b, out int order)
    {
        bool inA = a.StartsWith([mark]);
        bool inB = b.StartsWith([mark]);
        order = (inA ? 0 : 1) - (inB ? 0 : 1);
        if (inA && inB)
        {
            a = a[1..];
            b = b[1..];
        }
        return inA || inB;
    }

    private static bool IsDigit(ReadOnlySpan<char> text) => !text.IsEmpty && char.IsAsciiDigit(text[0]);

    private static int Numbers(ref ReadOnlySpan<char> a, ref ReadOnlySpan<char> b)
    {
        ReadOnlySpan<char> x = Take(ref a, digits: true);
        ReadOnlySpan<char> y = Take(ref b, digits: true);
        if (x.IsEmpty != y.IsEmpty) { return x.IsEmpty ? -1 : 1; }
        x = x.TrimStart('0');
        y = y.TrimStart('0');
        return x.Length != y.Length ? x.Length.CompareTo(y.Length) : Math.Sign(x.SequenceCompareTo(y));
    }

    private static int Letters(ref ReadOnlySpan<char> a, ref ReadOnlySpan<char> b)
    {
        ReadOnlySpan<char> x = Take(ref a, digits: false);
        ReadOnlySpan<char> y = Take(ref b, digits: false);
        return Math.Sign(x.SequenceCompareTo(y));
    }

    private static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> text, bool digits)
    {
        int n = 0;
        while (n < text.Length && (digits ? char.IsAsciiDigit(text[n]) : char.IsAsciiLetter(text[n]))) { n++; }
        ReadOnlySpan<char> taken = text[..n];
        text = text[n..];
        return taken;
    }
}
