namespace SysMaster.Systemctl;

/// <summary>Strokes of trees.</summary>
internal static class Tree
{
    public static string Branch => Texts.IsUtf8 ? "├─" : "|-";

    public static string Last => Texts.IsUtf8 ? "└─" : "`-";

    public static string Vertical => Texts.IsUtf8 ? "│ " : "| ";

    public const string Space = "  ";

    public static string Arrow => Texts.IsUtf8 ? "→" : "->";

    public static string Bullet => Texts.IsUtf8 ? "•" : "*";
}
