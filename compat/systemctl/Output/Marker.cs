namespace SysMaster.Systemctl;

/// <summary>The sign before a unit, by its active state.</summary>
internal static class Marker
{
    public static string Of(string active) => active switch
    {
        "inactive" or "maintenance" => Texts.IsUtf8 ? "○" : "*",
        "failed" => Texts.IsUtf8 ? "×" : "x",
        "reloading" => Texts.IsUtf8 ? "↻" : "*",
        _ => Texts.IsUtf8 ? "●" : "*",
    };
}
