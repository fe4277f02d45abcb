using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Boot;

/// <summary>os-release(5): /etc/os-release, else /usr/lib/os-release.</summary>
public sealed class OsRelease
{
    private readonly Dictionary<string, string> _fields = [];

    /// <param name="root">A prefix of the paths; empty is this machine.</param>
    public static OsRelease Load(string root = "")
    {
        var release = new OsRelease();
        Result<byte[]> file = Sys.ReadFile(new ByteText(root + "/etc/os-release"), 1 << 20);
        if (file.Failed) { file = Sys.ReadFile(new ByteText(root + "/usr/lib/os-release"), 1 << 20); }
        if (!file.Failed) { release.Parse(file.Value); }
        return release;
    }

    /// <summary>A field such as ID or VERSION_ID; empty when it is not there, which readers take for the same.</summary>
    public string this[string key] => _fields.TryGetValue(key, out string? value) ? value : "";

    public bool IsEmpty => _fields.Count == 0;

    /// <summary>For the greeting: PRETTY_NAME, else NAME, else "Linux".</summary>
    public string PrettyName => this["PRETTY_NAME"] is { Length: > 0 } pretty ? pretty : this["NAME"] is { Length: > 0 } name ? name : "Linux";

    public string AnsiColor => this["ANSI_COLOR"];

    private void Parse(ReadOnlySpan<byte> file)
    {
        using var reader = new EnvironmentFileReader(file);
        while (reader.MoveNext())
        {
            _fields[System.Text.Encoding.UTF8.GetString(reader.Key)] = System.Text.Encoding.UTF8.GetString(reader.Value);
        }
    }
}
