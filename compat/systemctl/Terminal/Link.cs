using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>Text that a terminal opens when it is clicked (OSC 8): $SYSTEMD_URLIFY, else where there are colours.</summary>
internal static class Link
{
    private static readonly bool s_isOn = BooleanWord.Environment("SYSTEMD_URLIFY") ?? Colors.IsOn;

    public static string To(string url, string text) => s_isOn ? $"\u001b]8;;{url}\a{text}\u001b]8;;\a" : text;

    /// <summary>A file of this machine.</summary>
    public static string ToFile(string path) => s_isOn ? To($"file://{Sys.Uname(1)}{path}", path) : path;
}
