namespace SysMaster.UnitConverter.Output;

/// <summary>The lines that differ between two texts, as `diff -u` shows them. For files of the size of units.</summary>
internal static class Diff
{
    private const int Context = 3;
    private const int MaxLines = 4000;

    public static void Write(TextWriter output, string oldName, string oldText, string newName, string newText)
    {
        string[] a = Lines(oldText), b = Lines(newText);
        if (a.SequenceEqual(b)) { return; }
        output.WriteLine($"--- {oldName}");
        output.WriteLine($"+++ {newName}");
        List<(char Mark, string Line, int A, int B)> edits = a.Length > MaxLines || b.Length > MaxLines
            ? [.. a.Select((l, i) => ('-', l, i, 0)), .. b.Select((l, i) => ('+', l, a.Length, i))] : Edits(a, b);
        for (int i = 0; i < edits.Count; i++)
        {
            if (edits[i].Mark == ' ') { continue; }
            int from = Math.Max(0, i - Context), to = i;
            for (int quiet = 0; to < edits.Count && quiet <= 2 * Context; to++) { quiet = edits[to].Mark == ' ' ? quiet + 1 : 0; }
            while (to > i && edits[to - 1].Mark == ' ' && to - 1 > LastChange(edits, to) + Context) { to--; }
            Hunk(output, edits.GetRange(from, to - from));
            i = to - 1;
        }
    }

    private static int LastChange(List<(char Mark, string Line, int A, int B)> edits, int before)
    {
        int at = before - 1;
        while (at >= 0 && edits[at].Mark == ' ') { at--; }
        return at;
    }

    private static void Hunk(TextWriter output, List<(char Mark, string Line, int A, int B)> edits)
    {
        int olds = edits.Count(e => e.Mark != '+'), news = edits.Count(e => e.Mark != '-');
        output.WriteLine($"@@ -{(olds == 0 ? edits[0].A : edits[0].A + 1)},{olds} +{(news == 0 ? edits[0].B : edits[0].B + 1)},{news} @@");
        foreach ((char mark, string line, _, _) in edits) { output.WriteLine(mark + line); }
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n');

    private static List<(char Mark, string Line, int A, int B)> Edits(string[] a, string[] b)
    {
        int[,] common = new int[a.Length + 1, b.Length + 1];
        for (int i = a.Length - 1; i >= 0; i--)
        {
            for (int j = b.Length - 1; j >= 0; j--) { common[i, j] = a[i] == b[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]); }
        }
        var edits = new List<(char, string, int, int)>();
        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            if (i < a.Length && j < b.Length && a[i] == b[j]) { edits.Add((' ', a[i], i++, j++)); }
            else if (i < a.Length && (j == b.Length || common[i + 1, j] >= common[i, j + 1])) { edits.Add(('-', a[i], i++, j)); }
            else { edits.Add(('+', b[j], i, j++)); }
        }
        return edits;
    }
}
