using SysMaster.UnitConverter.Input;
using SysMaster.UnitConverter.Text;
using SysMaster.UnitFiles;

namespace SysMaster.UnitConverter.Formats.Supervisord;

/// <summary>supervisord.conf and the files of conf.d: a service for each program, a target for each group. supervisord.org, "Configuration File".</summary>
internal sealed class SupervisordFormat : SourceFormat
{
    public override string Name => "supervisord";

    public override string Title => "supervisord configuration";

    public override bool Recognises(SourceText source, InputOptions options)
        => Array.Exists(source.Lines, l => l.StartsWith("[program:", StringComparison.Ordinal) || l.StartsWith("[supervisord]", StringComparison.Ordinal) || l.StartsWith("[fcgi-program:", StringComparison.Ordinal)
            || l.StartsWith("[eventlistener:", StringComparison.Ordinal));

    public override void Convert(SourceText source, InputOptions options, Conversion into)
    {
        List<IniLine> lines = [.. Ini.Read(source, ';', (line, text) => into.Error(line, text, "is no setting, left out")).Select(l => l with { Value = WithoutComment(l.Value) })];
        foreach (IGrouping<string, IniLine> section in lines.GroupBy(l => l.Section))
        {
            string[] name = section.Key.Split(':', 2);
            switch (name[0])
            {
                case "program" when name.Length == 2: new SupervisordProgram(name[1].Trim(), [.. section], source, into).Write(); break;
                case "group" when name.Length == 2: Group(name[1].Trim(), section, lines, source, into); break;
                case "supervisord" or "supervisorctl" or "unix_http_server" or "inet_http_server" or "rpcinterface":
                    into.Dropped(section.First().Line, $"[{section.Key}]", "settings of supervisord itself: the manager takes its place");
                    break;
                case "include": into.Dropped(section.First().Line, $"[include] {section.First().Value}", "not followed: name those files as sources too"); break;
                case "eventlistener" or "fcgi-program": into.Dropped(section.First().Line, $"[{section.Key}]", "speaks to supervisord: no unit can stand for it"); break;
                default: into.Dropped(section.First().Line, $"[{section.Key}]", "not a section that is known"); break;
            }
        }
    }

    private static void Group(string name, IEnumerable<IniLine> lines, List<IniLine> all, SourceText source, Conversion into)
    {
        ConvertedUnit target = into.Unit(UnitNames.Of(name, UnitKind.Target));
        target.Add("Unit", "Description", Quote.Line($"Group {name} ({source.Path})"));
        foreach (IniLine line in lines)
        {
            if (line.Key == "programs")
            {
                foreach (string program in line.Value.Split([',', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries)) 
                {
                    foreach (string unit in SupervisordProgram.Units(program, [.. all.Where(l => l.Section == "program:" + program)])) { target.AddOnce("Unit", "Wants", unit, line.Line); }
                }
                into.Carried(line.Line, $"programs={line.Value}", $"Wants= of {target.Name}");
            }
            else { into.Dropped(line.Line, $"{line.Key}={line.Value}", "a group has no such word as a target"); }
        }
        target.Add("Install", "WantedBy", "multi-user.target");
    }

    /// <summary>A semicolon after a blank begins a comment.</summary>
    private static string WithoutComment(string value)
    {
        int at = value.IndexOf(" ;", StringComparison.Ordinal);
        return at < 0 ? value : value[..at].TrimEnd();
    }
}
