using System.Text;
using SysMaster.Linux;

namespace SysMaster.Core.Boot;

/// <summary>
/// The host name, hostname(5): systemd.hostname=, else /etc/hostname, else what the kernel already has, else the fallback
/// ($SYSTEMD_DEFAULT_HOSTNAME, DEFAULT_HOSTNAME= of os-release, "localhost").
/// </summary>
public static class HostnameSetup
{
    public const int MaxLength = 64;

    /// <param name="wanted">systemd.hostname=, or null.</param>
    /// <param name="release">For DEFAULT_HOSTNAME=.</param>
    /// <param name="root">A prefix of the paths; empty is this machine.</param>
    /// <returns>The name in use afterwards; the error of sethostname(2) (EPERM in a container that may not).</returns>
    public static Result<string> Apply(string? wanted, OsRelease release, string root = "")
    {
        string current = Sys.Uname(1);
        string name = Choose(wanted, current, release, root, out bool isFallback);
        if (isFallback) { _ = SmallFile.Write(root + "/run/systemd/default-hostname", name + "\n"); }
        if (name == current) { return name; }
        Errno e = Sys.SetHostname(Encoding.ASCII.GetBytes(name));
        return e.Failed ? e : name;
    }

    internal static string Choose(string? wanted, string current, OsRelease release, string root, out bool isFallback)
    {
        isFallback = false;
        if (wanted is not null && IsValid(wanted)) { return wanted; }
        string fromFile = ReadOrEmpty(root + "/etc/hostname");
        if (fromFile.Length > 0) { return fromFile; }
        if (current.Length > 0 && current != "(none)") { return current; }
        isFallback = true;
        string standard = Environment.GetEnvironmentVariable("SYSTEMD_DEFAULT_HOSTNAME") ?? release["DEFAULT_HOSTNAME"];
        return IsValid(standard) ? standard : "localhost";
    }

    /// <summary>Labels of letters, digits, "-" and "_", joined by single dots; at most 64 bytes.</summary>
    public static bool IsValid(string name)
    {
        if (name.Length is 0 or > MaxLength || name is "." or "..") { return false; }
        bool atLabel = false;
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            if (c == '.')
            {
                if (!atLabel || name[i - 1] == '-') { return false; }
                atLabel = false;
                continue;
            }
            if (!(char.IsAsciiLetterOrDigit(c) || c == '_' || (c == '-' && atLabel))) { return false; }
            atLabel = true;
        }
        return atLabel && name[^1] != '-';
    }

    /// <summary>The first line that is neither empty nor a comment, with what no name may have taken out of it.</summary>
    private static string ReadOrEmpty(string path)
    {
        foreach (string line in (SmallFile.TextOrNull(path) ?? "").Split('\n'))
        {
            string name = line.Trim();
            if (name.Length == 0 || name[0] == '#') { continue; }
            name = Clean(name);
            return IsValid(name) ? name : "";
        }
        return "";
    }

    private static string Clean(string name)
    {
        var clean = new StringBuilder();
        foreach (char c in name)
        {
            bool dot = c == '.' && clean.Length > 0 && clean[^1] != '.';
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '_' || dot) { clean.Append(c); }
        }
        string text = clean.ToString().TrimEnd('.', '-').TrimStart('-');
        return text.Length > MaxLength ? text[..MaxLength].TrimEnd('.', '-') : text;
    }
}
