namespace SysMaster.Compat;

/// <summary>The lines that two lists do not share, in order: <c>-</c> only the first, <c>+</c> only the second.</summary>
public static class Difference
{
    public static List<string> Of(IReadOnlyList<string> a, IReadOnlyList<string> b)
    {
        var lengths = new int[a.Count + 1, b.Count + 1];
        for (int i = a.Count - 1; i >= 0; i--)
        {
            for (int j = b.Count - 1; j >= 0; j--)
                lengths[i, j] = a[i] == b[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
        }
        var lines = new List<string>();
        int x = 0, y = 0;
        while (x < a.Count || y < b.Count)
        {
            if (x < a.Count && y < b.Count && a[x] == b[y]) { x++; y++; }
            else if (y >= b.Count || (x < a.Count && lengths[x + 1, y] >= lengths[x, y + 1])) { lines.Add("- " + a[x++]); }
            else { lines.Add("+ " + b[y++]); }
        }
        return lines;
    }
}
