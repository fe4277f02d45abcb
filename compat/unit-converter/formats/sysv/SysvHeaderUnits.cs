using SysMaster.UnitConverter.Input;
using SysMaster.UnitConverter.Text;

namespace SysMaster.UnitConverter.Formats.Sysv;

/// <summary>The header's words as dependencies and as what wants the unit.</summary>
internal sealed class SysvHeaderUnits(LsbHeader header, SourceText source, InputOptions options, ConvertedUnit unit, Conversion into)
{
    public void Write()
    {
        Provides();
        foreach ((string key, string value, int line) in header.Fields)
        {
            switch (key.ToLowerInvariant())
            {
                case "required-start" or "should-start": Order("After", key, value, line); break;
                case "x-start-before": Order("Before", key, value, line); break;
                case "required-stop" or "should-stop" or "x-stop-after":
                    if (value.Length > 0) { into.Changed(line, $"{key}: {value}", "a unit stops in the reverse of the order in which it starts"); }
                    break;
                case "default-stop":
                    if (value.Length > 0) { into.Carried(line, $"{key}: {value}", "each service is stopped at shutdown, and by rescue.target"); }
                    break;
                case "x-interactive": into.Dropped(line, $"{key}: {value}", "StandardInput=tty in the unit, when it has to ask something on the console"); break;
                case "provides" or "default-start" or "description" or "short-description": break;
                default: into.Dropped(line, $"{key}: {value}", "not a word of the LSB"); break;
            }
        }
        Install();
    }

    private void Provides()
    {
        string own = unit.Name;
        foreach ((string word, int line) in header.Words("Provides"))
        {
            if (Facility.UnitOf(word) is not { } name || name == own) { continue; }
            if (name.EndsWith(".target", StringComparison.Ordinal))
            {
                unit.AddOnce("Unit", "Wants", name, line);
                unit.AddOnce("Unit", "Before", name, line);
                into.Carried(line, $"Provides: {word}", $"Before={name}, Wants={name}");
            }
            else if (options.Exists($"/usr/lib/systemd/system/{name}") || options.Exists($"/lib/systemd/system/{name}") || options.Exists($"/etc/init.d/{word}"))
            {
                into.Dropped(line, $"Provides: {word}", $"there is a {name} of its own");
            }
            else
            {
                unit.AddOnce("Install", "Alias", name, line);
                into.Carried(line, $"Provides: {word}", $"Alias={name}");
            }
        }
    }

    private void Order(string directive, string key, string value, int line)
    {
        foreach (string word in value.Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            string? name = Facility.UnitOf(word.TrimStart('+'));
            if (name is null) { into.Carried(line, $"{key}: {word}", "always there when services start"); }
            else if (name != unit.Name)
            {
                unit.AddOnce("Unit", directive, name, line);
                // The one target that nothing else pulls in.
                if (name == "network-online.target" && directive == "After") { unit.AddOnce("Unit", "Wants", name, line); }
                into.Carried(line, $"{key}: {word}", $"{directive}={name}");
            }
        }
    }

    /// <summary>Run levels: the links in rcN.d where they are, since the administrator made those; else the header's.</summary>
    private void Install()
    {
        (string levels, int line, string origin) = Levels();
        var targets = new List<string>();
        if (levels.IndexOfAny(['2', '3', '4']) >= 0) { targets.Add("multi-user.target"); }
        if (levels.Contains('5', StringComparison.Ordinal) && targets.Count == 0) { targets.Add("graphical.target"); }
        if (levels.Contains('S', StringComparison.OrdinalIgnoreCase) && unit.Has("Unit", "After"))
        {
            // What it waits for comes after sysinit.target itself: before it there would be a circle.
            if (targets.Count == 0) { targets.Add("multi-user.target"); }
            into.Changed(line, "run level S", "wanted by multi-user.target, since what it waits for is not there earlier");
        }
        else if (levels.Contains('S', StringComparison.OrdinalIgnoreCase))
        {
            // Before there are services: with what every other service waits for.
            targets.Add("sysinit.target");
            unit.Add("Unit", "DefaultDependencies", "no", line);
            unit.AddOnce("Unit", "After", "local-fs.target", line);
            unit.AddOnce("Unit", "Before", "sysinit.target", line);
            unit.AddOnce("Unit", "Before", "shutdown.target", line);
            unit.Add("Unit", "Conflicts", "shutdown.target", line);
        }
        if (levels.Contains('1', StringComparison.Ordinal)) { targets.Add("rescue.target"); }
        foreach (string target in targets) { unit.Add("Install", "WantedBy", target, line); }
        if (targets.Count > 0) { into.Carried(line, $"run levels {levels}", $"WantedBy={string.Join(' ', targets)} ({origin})"); }
        else { into.Advice(line, "run levels", "none starts it: the unit has no [Install] target of its own"); }
    }

    private (string Levels, int Line, string Origin) Levels()
    {
        string parent = source.Folder[..Math.Max(source.Folder.LastIndexOf('/'), 0)];
        if (source.Folder.EndsWith("/init.d", StringComparison.Ordinal))
        {
            string linked = string.Concat("S12345".Where(level => HasLink($"{parent}/rc{level}.d")));
            if (linked.Length > 0) { return (linked, 0, $"links in {parent}/rc?.d"); }
        }
        string words = string.Concat(header.Words("Default-Start").Select(w => w.Word));
        if (words.Length > 0) { return (words, header.Words("Default-Start").First().Line, "Default-Start"); }
        return header.Chkconfig.Levels is { Length: > 0 } levels and not "-" ? (levels, header.Chkconfig.Line, "chkconfig") : ("", 0, "");
    }

    private bool HasLink(string folder)
    {
        foreach (string name in options.List(folder))
        {
            if (name.Length > 3 && name[0] == 'S' && char.IsAsciiDigit(name[1]) && char.IsAsciiDigit(name[2]) && name[3..] == source.FileName) { return true; }
        }
        return false;
    }
}
