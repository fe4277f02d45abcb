using SysMaster.Linux;
using SysMaster.UnitFiles.Install;
using SysMaster.UnitFiles.Lookup;
using SysMaster.UnitFiles.Tests.Lookup;

namespace SysMaster.UnitFiles.Tests.Install;

/// <summary>
/// One file of <c>cases/</c>: lines as <see cref="TempTree.Add"/> takes them, then commands, "$ enable foo.service", that both systemctl and we
/// carry out, each on a tree of its own. "V/" is usr/lib/systemd/system/, "E/" etc/systemd/system/, "R/" run/systemd/system/.
/// </summary>
public sealed class InstallCase
{
    private static readonly (string Short, string Long)[] s_places =
        [("V/", "usr/lib/systemd/system/"), ("E/", "etc/systemd/system/"), ("R/", "run/systemd/system/")];

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "install", "cases");

    public List<string> Tree { get; } = [];

    public List<string[]> Commands { get; } = [];

    public static InstallCase Read(string name)
    {
        var result = new InstallCase();
        foreach (string line in System.IO.File.ReadAllLines(Path.Combine(Folder, name)))
        {
            if (line.StartsWith("$ ", StringComparison.Ordinal)) { result.Commands.Add(line[2..].Split(' ')); }
            else if (line.Length > 0 && line[0] != '#') { result.Add(line); }
        }
        return result;
    }

    public void Add(string line) => Tree.Add(Expand(line));

    public TempTree Plant()
        => new TempTree().Add("etc/systemd/system/", "run/systemd/system/", "usr/lib/systemd/system/", "usr/lib/systemd/system-preset/").Add([.. Tree]);

    public static string Theirs(string root, string[] command)
    {
        (string output, int status) = TempTree.Run("systemctl", ["--root=" + root, .. command]);
        IEnumerable<string> lines = output.Split('\n').Where(IsTold);
        return Transcript(lines, root, status);
    }

    public static string Ours(UnitFileInstaller installer, string root, string[] command)
    {
        string[] words = [.. command.Where(w => !w.StartsWith("--", StringComparison.Ordinal))];
        string verb = words[0];
        string[] names = words[1..];
        InstallFlags flags = (command.Contains("--runtime") ? InstallFlags.Runtime : 0) | (command.Contains("--force") ? InstallFlags.Force : 0);
        PresetMode mode = command.Contains("--preset-mode=enable-only") ? PresetMode.EnableOnly
            : command.Contains("--preset-mode=disable-only") ? PresetMode.DisableOnly : PresetMode.Full;
        installer.TakeProblems();   // of what was asked before
        InstallResult result = verb switch
        {
            "enable" => installer.Enable(names, flags),
            "disable" => installer.Disable(names, flags),
            "reenable" => installer.Reenable(names, flags),
            "mask" => installer.Mask(names, flags),
            "unmask" => installer.Unmask(names, flags),
            "link" => installer.Link(names, flags),
            "revert" => installer.Revert(names),
            "preset" => installer.Preset(names, mode, flags),
            "preset-all" => installer.PresetAll(mode, flags),
            "add-wants" => installer.AddDependency(names[1..], names[0], DependencyLinkKind.Wants, flags),
            "add-requires" => installer.AddDependency(names[1..], names[0], DependencyLinkKind.Requires, flags),
            "set-default" => installer.SetDefaultTarget(names[0], flags | InstallFlags.Force),
            _ => throw new ArgumentException("no such command in these cases: " + verb),
        };
        string spoken = verb switch { "preset-all" => "preset", "add-wants" or "add-requires" => "add dependency on", "set-default" => "set default", _ => verb };
        IEnumerable<string> problems = installer.TakeProblems().Select(p => p.ToString());
        return Transcript([.. problems, .. result.Changes.Select(c => InstallText.Line(c, spoken))], root, result.Failed ? 1 : 0);
    }

    /// <summary>What was done and what was passed over: not the advice about units without [Install].</summary>
    private static bool IsTold(string line)
        => line.StartsWith("Created symlink ", StringComparison.Ordinal) || line.StartsWith("Removed ", StringComparison.Ordinal)
            || line.StartsWith("Failed to ", StringComparison.Ordinal) || line.StartsWith("Unit ", StringComparison.Ordinal)
            || line.EndsWith("rejecting.", StringComparison.Ordinal) || System.Text.RegularExpressions.Regex.IsMatch(line, ":[0-9]+: ");

    /// <summary>The order of links removed follows that of names in a directory, which differs between two copies: sorted. systemd names a bad line each time it reads it.</summary>
    private static string Transcript(IEnumerable<string> lines, string root, int status)
        => string.Join('\n', lines.Select(l => l.Replace(root, "@", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)) + $"\n= {status}";

    private static string Expand(string line)
    {
        foreach ((string place, string path) in s_places)
        {
            if (line.StartsWith(place, StringComparison.Ordinal)) { return path + line[place.Length..]; }
        }
        return line;
    }
}
