namespace SysMaster.Systemctl;

/// <summary>One field of a table.</summary>
/// <param name="Text">As people see it; "" shows as the table's stand-in for nothing.</param>
/// <param name="Json">As a program sees it: string, ulong, long, uint, bool, string[] or null.</param>
/// <param name="Color">Escape sequence before it.</param>
/// <param name="IsUnderlined">A line between groups of rows.</param>
/// <param name="PaintsGap">The space behind it has its colour too.</param>
internal readonly record struct Cell(string Text, object? Json, string Color = "", bool IsUnderlined = false, bool PaintsGap = false)
{
    public Cell(string text, string color = "") : this(text, text.Length == 0 ? null : text, color) { }

    /// <summary>Escape sequences before the text; "" for none.</summary>
    public string Style => !Colors.IsOn ? "" : !IsUnderlined ? Color : (Color.Length > 0 ? Color : Colors.Normal) + Colors.Underline;

    public int Width => Texts.Width(Text);
}
