using System.Security.Cryptography;
using System.Text;

namespace SysMaster.Compat;

/// <summary>
/// One scenario: a file of sections, each begun by a line <c>== NAME</c>. <c>script</c> is what to do, <c>reset</c> what to put back
/// by hand; <c>PATH</c> is a file, <c>PATH -&gt; TARGET</c> a link, both below <c>/etc/systemd/system</c> unless absolute.
/// Lines before the first section say what it is about; <c>boot: own</c> there keeps it from sharing a boot, <c>boot: ends</c> says that its script ends
/// it (only what is written to the console is seen of it), <c>outcomes: several</c> says
/// that systemd itself does not always do the same: ours must be one of those seen; <c>root: NAME</c> is the root file system it needs, when not the minimal one.
/// </summary>
public sealed class Scenario
{
    private static readonly string[] s_suffixes =
        [".service", ".socket", ".target", ".mount", ".automount", ".swap", ".device", ".timer", ".path", ".slice", ".scope"];

    private readonly List<(string Path, string Text)> _files = [];
    private readonly List<(string Path, string Target)> _links = [];

    /// <summary>Room and name: <c>jobs/conflicts</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it is about, in its own words.</summary>
    public string About { get; private set; } = "";

    public bool OwnBoot { get; private set; }

    public bool EndsBoot { get; private set; }

    /// <summary>How often the reference is played.</summary>
    public int References => HasSeveralOutcomes ? 6 : 2;

    public bool HasSeveralOutcomes { get; private set; }

    /// <summary>One of tests/rootfs: the programs that the script runs.</summary>
    public string RootFs { get; private set; } = "minimal";

    /// <summary>Changes when anything of the scenario changes.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>The name as one path component.</summary>
    public string Key => Name.Replace('/', '.');

    public static Scenario Read(string file, string name) => Parse(File.ReadAllText(file), name);

    /// <param name="text">The file.</param>
    /// <param name="name">Room and name.</param>
    public static Scenario Parse(string text, string name)
    {
        var scenario = new Scenario { Name = name, Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16] };
        string? section = null;
        var body = new StringBuilder();
        var about = new List<string>();
        foreach (string line in text.TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("== ", StringComparison.Ordinal))
            {
                scenario.Add(section, body.ToString());
                section = line[3..].Trim();
                body.Clear();
            }
            else if (section is null) { about.Add(line.Trim()); }
            else { body.Append(line).Append('\n'); }
        }
        scenario.Add(section, body.ToString());
        scenario.EndsBoot = about.Remove("boot: ends");
        scenario.OwnBoot = about.Remove("boot: own") || scenario.EndsBoot;
        scenario.HasSeveralOutcomes = about.Remove("outcomes: several");
        if (about.Find(l => l.StartsWith("root: ", StringComparison.Ordinal)) is { } needed)
        {
            about.Remove(needed);
            scenario.RootFs = needed[6..].Trim();
        }
        scenario.About = string.Join(' ', about).Trim();
        return scenario._files.Exists(f => f.Path == "script") ? scenario : throw new InvalidDataException($"{name}: no section `script`");
    }

    /// <summary>Lays it out as the driver inside wants it.</summary>
    public void Unpack(string folder)
    {
        string root = Path.Combine(folder, Key);
        Directory.CreateDirectory(Path.Combine(root, "files"));
        foreach ((string path, string text) in _files)
        {
            string at = path is "script" or "reset" ? Path.Combine(root, path) : Path.Combine(root, "files", Placed(path)[1..]);
            Directory.CreateDirectory(Path.GetDirectoryName(at)!);
            File.WriteAllText(at, text);
            if (OperatingSystem.IsLinux() && text.StartsWith("#!", StringComparison.Ordinal)) { File.SetUnixFileMode(at, (UnixFileMode)0x1ED); }
        }
        File.WriteAllLines(Path.Combine(root, "links"), _links.Select(l => $"{l.Target}\t{Placed(l.Path)}"));
        File.WriteAllLines(Path.Combine(root, "units"), Units());
    }

    /// <summary>The units that its files make, but templates and drop-ins.</summary>
    private IEnumerable<string> Units() => _files.Select(f => f.Path).Concat(_links.Select(l => l.Path))
        .Where(p => s_suffixes.Contains(Path.GetExtension(p)) && !p.Contains("@.", StringComparison.Ordinal))
        .Where(p => !p.StartsWith('/') || p.Contains("/systemd/", StringComparison.Ordinal))
        .Select(p => Path.GetFileName(p)).Distinct().Order(StringComparer.Ordinal);

    private static string Placed(string path) => path.StartsWith('/') ? path : "/etc/systemd/system/" + path;

    private void Add(string? section, string body)
    {
        if (section is null) { return; }
        int arrow = section.IndexOf(" -> ", StringComparison.Ordinal);
        if (arrow > 0) { _links.Add((section[..arrow], section[(arrow + 4)..])); }
        else if (_files.Exists(f => f.Path == section)) { throw new InvalidDataException($"{Name}: section `{section}` twice"); }
        else { _files.Add((section, body)); }
    }
}
