namespace SysMaster.Systemctl;

/// <summary>The sign before a unit, by its active state.</summary>
internal static class Marker
{
    /// <summary>"" for what is idle.</summary>
    public static string ColorOf(string active) => active switch
    {
        "active" or "reloading" => Colors.HighlightGreen,
        "failed" => Colors.HighlightRed,
        "inactive" => "",
        _ => Colors.HighlightYellow,
    };

    public static string Of(string active) => active switch
    {
        "inactive" or "maintenance" => Texts.IsUtf8 ? "○" : "*",
        "failed" => Texts.IsUtf8 ? "×" : "x",
        "reloading" => Texts.IsUtf8 ? "↻" : "*",
        _ => Texts.IsUtf8 ? "●" : "*",
    };
}
