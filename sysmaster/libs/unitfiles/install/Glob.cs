namespace SysMaster.UnitFiles.Install;

/// <summary>Shell patterns as fnmatch(3) with FNM_NOESCAPE has them: * ? [a-z] [!x]. No recursion: a star remembers where to try again.</summary>
public static class Glob
{
    /// <summary>Without patterns: yes.</summary>
    public static bool MatchesAny(ReadOnlySpan<string> patterns, ReadOnlySpan<char> text)
    {
        foreach (string pattern in patterns)
        {
            if (Matches(pattern, text)) { return true; }
        }
        return patterns.IsEmpty;
    }

    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int p = 0;
        int t = 0;
        int star = -1;
        int retry = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                retry = t;
            }
            else if (p < pattern.Length && MatchesOne(pattern, ref p, text[t])) { t++; }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++retry;
            }
            else { return false; }
        }
        while (p < pattern.Length && pattern[p] == '*') { p++; }
        return p == pattern.Length;
    }

    private static bool MatchesOne(ReadOnlySpan<char> pattern, ref int p, char c)
    {
        char first = pattern[p];
        if (first == '[' && SetMatches(pattern, p, c, out int end) is { } inSet)
        {
            if (inSet) { p = end; }
            return inSet;
        }
        if (first != '?' && first != c) { return false; }
        p++;
        return true;
    }

    /// <returns>Null for a "[" without an end, which is an ordinary character.</returns>
    private static bool? SetMatches(ReadOnlySpan<char> pattern, int start, char c, out int end)
    {
        end = start + 1;
        bool negated = end < pattern.Length && pattern[end] is '!' or '^';
        if (negated) { end++; }
        bool found = false;
        for (bool first = true; end < pattern.Length; first = false)
        {
            if (pattern[end] == ']' && !first)
            {
                end++;
                return found != negated;
            }
            char from = pattern[end++];
            char to = from;
            if (end + 1 < pattern.Length && pattern[end] == '-' && pattern[end + 1] != ']')
            {
                to = pattern[end + 1];
                end += 2;
            }
            found |= c >= from && c <= to;
        }
        return null;
    }
}
