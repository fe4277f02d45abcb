namespace SysMaster.Systemctl;

/// <summary>States of unit files: their colours, and whether a preset says anything about them.</summary>
internal static class FileStates
{
    public static string Color(string state) => state switch
    {
        "masked" or "masked-runtime" or "disabled" or "bad" => Colors.HighlightRed,
        "enabled" or "alias" => Colors.HighlightGreen,
        _ => "",
    };

    public static string PresetColor(string preset) => preset switch
    {
        "enabled" => Colors.HighlightGreen,
        "disabled" => Colors.HighlightRed,
        "ignored" => Colors.HighlightYellow,
        _ => "",
    };

    public static bool HasPreset(string state) => state is not ("alias" or "static" or "generated" or "transient");
}
