using System.Collections.Immutable;
using System.Text;
using SysMaster.Linux;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.UnitFiles.Install;

/// <summary>The preset policy: which units are enabled when they are installed. man 5 systemd.preset. The first line that fits decides; without any, enable.</summary>
public sealed class Presets
{
    private readonly List<PresetRule> _rules = [];
    private readonly List<InstallProblem> _problems = [];

    private Presets()
    {
    }

    public IReadOnlyList<PresetRule> Rules => _rules;

    public IReadOnlyList<InstallProblem> Problems => _problems;

    /// <summary>All preset files of a scope: of equal names the first directory's, then sorted by name over all directories.</summary>
    public static Presets Read(SearchScope scope, FileTree tree)
    {
        var presets = new Presets();
        string kind = scope == SearchScope.System ? "system-preset" : "user-preset";
        string[] parents = ["/etc/systemd/", "/run/systemd/", "/usr/local/lib/systemd/", "/usr/lib/systemd/", "/lib/systemd/"];
        foreach (ByteText path in ConfigFiles.List(tree, Array.ConvertAll(parents, p => new ByteText(p + kind)), ".preset"u8))
        {
            presets.ReadFile(path, tree);
        }
        return presets;
    }

    /// <summary>From the text of one file.</summary>
    public static Presets Parse(ReadOnlySpan<byte> text)
    {
        var presets = new Presets();
        presets.AddLines(text, default);
        return presets;
    }

    public PresetChoice Query(UnitName unit)
    {
        foreach (PresetRule rule in _rules)
        {
            if (Matches(rule, unit, out ImmutableArray<UnitName> instances)) { return new PresetChoice(rule.Action, instances); }
        }
        return new PresetChoice(PresetAction.Enable, []);
    }

    private static bool Matches(PresetRule rule, UnitName unit, out ImmutableArray<UnitName> instances)
    {
        instances = [];
        if (rule.Instances.IsEmpty) { return Glob.Matches(rule.Pattern, unit.Text); }
        if (unit.Template.Text != rule.Pattern) { return false; }
        if (unit.IsInstance) { return rule.Instances.Contains(unit.Instance.ToString()); }
        instances = [.. rule.Instances.Select(i => unit.WithInstance(i)).Where(static n => n.IsValid)];
        return true;
    }

    private void ReadFile(ByteText path, FileTree tree)
    {
        Result<byte[]> text = tree.ReadFile(path);
        if (!text.Failed) { AddLines(text.Value, tree.Outside(path)); }
        else if (text.Error != Errno.ENOENT) { _problems.Add(new InstallProblem("", tree.Outside(path), 0, $"Failed to read {tree.Outside(path)}, ignoring: {text.Error}")); }
    }

    private void AddLines(ReadOnlySpan<byte> text, ByteText file)
    {
        int number = 0;
        foreach (Range range in text.Split((byte)'\n'))
        {
            number++;
            string line = Encoding.UTF8.GetString(text[range]).Trim(' ', '\t', '\r');
            if (line.Length == 0 || line[0] is '#' or ';') { continue; }
            if (RuleOf(line) is { } rule) { _rules.Add(rule); }
            else { _problems.Add(new InstallProblem("", file, number, $"Couldn't parse line '{line}'. Ignoring.")); }
        }
    }

    private static PresetRule? RuleOf(string line)
    {
        string[] words = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        PresetAction? action = words[0] switch
        {
            "enable" => PresetAction.Enable,
            "disable" => PresetAction.Disable,
            "ignore" => PresetAction.Ignore,
            _ => null,
        };
        if (action is null || words.Length < 2) { return null; }
        if (action != PresetAction.Enable) { return new PresetRule(action.Value, string.Join(' ', words[1..]), []); }
        if (words.Length == 2) { return new PresetRule(PresetAction.Enable, words[1], []); }
        return UnitName.Parse(words[1]).IsTemplate && Array.TrueForAll(words[2..], static w => UnitName.IsValidInstance(w))
            ? new PresetRule(PresetAction.Enable, words[1], [.. words[2..]])
            : null;
    }
}
