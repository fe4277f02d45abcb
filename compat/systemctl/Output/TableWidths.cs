namespace SysMaster.Systemctl;

/// <summary>Columns that want more than there is.</summary>
internal static class TableWidths
{
    /// <summary>Takes from the widest until they fit, with a space between each two.</summary>
    public static void Fit(int[] widths, int room)
    {
        int excess = widths.Sum() + Math.Max(widths.Length - 1, 0) - room;
        while (excess > 0)
        {
            int widest = Array.IndexOf(widths, widths.Max());
            int next = widths.Where(w => w < widths[widest]).DefaultIfEmpty(1).Max();
            int cut = Math.Min(excess, Math.Max(widths[widest] - next, 1));
            if (widths[widest] - cut < 1) { return; }
            widths[widest] -= cut;
            excess -= cut;
        }
    }
}
