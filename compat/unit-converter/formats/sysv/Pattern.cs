namespace SysMaster.UnitConverter.Formats.Sysv;

/// <summary>Patterns of "case": "*", "?" and "[…]", by hand, since a pattern is input: no regular expression is made of it.</summary>
internal static class Pattern
{
    public static bool Matches(string pattern, string text)
    {
        int p = 0, t = 0, star = -1, mark = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                mark = t;
            }
            else if (p < pattern.Length && One(pattern, p, text[t], out int next))
            {
                p = next;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++mark;
            }
            else { return false; }
        }
        while (p < pattern.Length && pattern[p] == '*') { p++; }
        return p == pattern.Length;
    }

    private static bool One(string pattern, int at, char c, out int next)
    {
        next = at + 1;
        if (pattern[at] == '?') { return true; }
        int close = pattern[at] == '[' ? pattern.IndexOf(']', Math.Min(at + 2, pattern.Length)) : -1;
        if (close < 0) { return pattern[at] == c; }
        next = close + 1;
        bool negated = pattern[at + 1] is '!' or '^', found = false;
        for (int i = at + (negated ? 2 : 1); i < close; i++)
        {
            bool range = i + 2 < close && pattern[i + 1] == '-';
            found |= range ? c >= pattern[i] && c <= pattern[i + 2] : c == pattern[i];
            i += range ? 2 : 0;
        }
        return found != negated;
    }
}
