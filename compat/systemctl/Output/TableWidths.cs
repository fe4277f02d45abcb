namespace SysMaster.Systemctl;

/// <summary>Columns that want more than there is: who wants little gets it, the others share the rest alike.</summary>
internal static class TableWidths
{
    /// <param name="widths">What each wants; then what it gets.</param>
    /// <param name="room">Columns of the terminal, with a space between each two.</param>
    public static void Fit(int[] widths, int room)
    {
        int left = Math.Max(room - Math.Max(widths.Length - 1, 0), widths.Length);
        if (widths.Sum() <= left) { return; }
        var open = new List<int>(Enumerable.Range(0, widths.Length));
        while (open.FindIndex(i => widths[i] <= left / open.Count) is var modest && modest >= 0)
        {
            left -= widths[open[modest]];
            open.RemoveAt(modest);
        }
        for (int n = 0; n < open.Count; n++)
        {
            widths[open[n]] = left / (open.Count - n);
            left -= widths[open[n]];
        }
    }
}
