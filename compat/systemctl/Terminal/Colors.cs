namespace SysMaster.Systemctl;

/// <summary>Escape sequences, or nothing: $SYSTEMD_COLORS, $NO_COLOR, a terminal that can.</summary>
internal static class Colors
{
    private enum Depth { None, Sixteen, Full }

    private static readonly Depth s_depth = Choose();

    public static bool IsOn => s_depth != Depth.None;

    public static string Normal => On("0");

    public static string Underline => On("0;4");

    public static string Highlight => On("0;1;39");

    public static string HighlightUnderline => On("0;1;4");

    public static string Red => On("0;31");

    public static string HighlightRed => On("0;1;31");

    public static string Green => On("0;32");

    public static string HighlightGreen => On("0;1;32");

    public static string HighlightYellow => s_depth == Depth.Full ? On("0;1;38;5;185") : On("0;1;33");

    public static string HighlightYellowUnderline => s_depth == Depth.Full ? On("0;1;4;38;5;185") : On("0;1;4;33");

    public static string HighlightBlue => On("0;1;34");

    public static string HighlightMagenta => On("0;1;35");

    public static string Grey => s_depth == Depth.Full ? On("0;38;5;245") : On("0;90");

    private static string On(string codes) => IsOn ? $"\u001b[{codes}m" : "";

    private static Depth Choose()
    {
        string? asked = Environment.GetEnvironmentVariable("SYSTEMD_COLORS");
        switch (asked)
        {
            case null: break;
            case "16": return Depth.Sixteen;
            case "256" or "auto-256": return Depth.Full;
            default:
                if (BooleanWord.TryParse(asked, out bool on)) { return on ? Depth.Full : Depth.None; }
                break;
        }
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))) { return Depth.None; }
        return Tty.IsDumb ? Depth.None : Depth.Full;
    }
}
