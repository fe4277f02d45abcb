using System.Text;

namespace SysMaster.Systemctl;

/// <summary>Rows of cells under headings: aligned columns for people, objects for programs.</summary>
internal sealed class Table(params string[] names)
{
    private readonly List<Cell[]> _rows = [];
    private readonly int[] _cut = [.. names.Select(_ => 100)];
    private readonly bool[] _right = new bool[names.Length];
    private readonly List<int> _hidden = [];

    /// <summary>What an empty cell shows.</summary>
    public string Nothing { get; set; } = "-";

    public int Count => _rows.Count;

    public bool HasHeader { get; set; } = true;

    public void Add(params Cell[] cells) => _rows.Add(cells);

    public void Hide(int column) => _hidden.Add(column);

    public void AlignRight(int column) => _right[column] = true;

    /// <summary>Where too long texts of a column are cut: 100 is at the end.</summary>
    public void CutAt(int column, int percent) => _cut[column] = percent;

    public void Print(Settings settings)
    {
        if (settings.IsJson) { Stdio.Write(Json.Format(Objects(), settings.Output)); }
        else { PrintText(settings); }
    }

    private IEnumerable<(string, object?)[]> Objects()
    {
        int[] shown = [.. Shown().Where(i => names[i].Length > 0)];
        return _rows.Select(row => shown.Select(i => (names[i].Replace(' ', '_'), row[i].Json)).ToArray());
    }

    private IEnumerable<int> Shown() => Enumerable.Range(0, names.Length).Where(i => !_hidden.Contains(i));

    private void PrintText(Settings settings)
    {
        int[] shown = [.. Shown()];
        List<Cell[]> rows = [.. _rows.Select(row => row.Select(c => c.Text.Length == 0 ? c with { Text = Nothing } : c).ToArray())];
        bool hasHeader = HasHeader && !settings.NoLegend;
        if (hasHeader) { rows.Insert(0, [.. names.Select(n => new Cell(n.ToUpperInvariant()) { IsUnderlined = true })]); }
        int[] widths = [.. shown.Select(i => rows.Count == 0 ? 0 : Math.Max(rows.Max(r => r[i].Width), 1))];
        if (!settings.Full && Tty.IsOutput && !Pager.IsOpen) { TableWidths.Fit(widths, Tty.Columns); }
        var line = new StringBuilder();
        foreach (Cell[] row in rows)
        {
            line.Clear();
            bool isHeader = hasHeader && ReferenceEquals(row, rows[0]);
            for (int n = 0; n < shown.Length; n++)
            {
                if (n > 0 && !isHeader) { Paint(line, row[shown[n - 1]] is { PaintsGap: true } or { IsUnderlined: true } ? row[shown[n - 1]].Style : "", " "); }
                Append(line, row[shown[n]], shown[n], widths[n], n == shown.Length - 1, n > 0 && isHeader ? " " : "");
            }
            Stdio.Line(line.ToString());
        }
    }

    private void Append(StringBuilder line, Cell cell, int column, int width, bool isLast, string before)
    {
        string text = Texts.Ellipsize(cell.Text, width, _cut[column]), style = cell.Style;
        string pad = new(' ', Math.Max(width - Texts.Width(text), 0));
        // Nobody sees the blanks at the end of a line, unless they are painted.
        string padded = _right[column] ? pad + text : isLast && style.Length == 0 ? text : text + pad;
        Paint(line, style, before + padded);
    }

    private static void Paint(StringBuilder line, string style, string text) => line.Append(style).Append(text).Append(style.Length > 0 ? Colors.Normal : "");
}
