using System.Text;
using SysMaster.Linux;

namespace SysMaster.Core.Boot;

/// <summary>Files of one line or few: /proc, /sys, /etc/hostname.</summary>
internal static class SmallFile
{
    /// <summary>The first line, without blanks around it; null when the file cannot be read.</summary>
    public static string? FirstLineOrNull(string path)
    {
        Result<byte[]> file = Sys.ReadFile(new ByteText(path), 64 * 1024);
        if (file.Failed) { return null; }
        ReadOnlySpan<byte> text = file.Value;
        int end = text.IndexOf((byte)'\n');
        return Encoding.UTF8.GetString(end < 0 ? text : text[..end]).Trim(' ', '\t', '\r', '\0');
    }

    public static string? TextOrNull(string path)
    {
        Result<byte[]> file = Sys.ReadFile(new ByteText(path), 1 << 20);
        return file.Failed ? null : Encoding.UTF8.GetString(file.Value);
    }

    /// <summary>The value behind "Name:" in a file like /proc/self/status; null when there is none.</summary>
    public static string? FieldOrNull(string path, string name)
    {
        string? text = TextOrNull(path);
        if (text is null) { return null; }
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(name) && line.Length > name.Length && line[name.Length] is ':' or '\t' or ' ')
            {
                return line[name.Length..].TrimStart(":\t ").Trim().ToString();
            }
        }
        return null;
    }

    public static ulong? NumberOrNull(string path)
        => ulong.TryParse(FirstLineOrNull(path), out ulong value) ? value : null;

    public static Errno Write(string path, string text) => Sys.WriteFile(new ByteText(path), Encoding.UTF8.GetBytes(text));

    public static bool Exists(string path) => Sys.Exists(new ByteText(path));
}
