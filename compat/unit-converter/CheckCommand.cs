using System.CommandLine;
using SysMaster.Lint;
using SysMaster.UnitConverter.Check;
using SysMaster.UnitConverter.Input;

namespace SysMaster.UnitConverter;

/// <summary><c>unit-converter check DIR…</c>: what sysmaster does with each directive of the unit files there.</summary>
internal static class CheckCommand
{
    private static readonly string[] s_default = ["/etc/systemd/system", "/run/systemd/system", "/usr/lib/systemd/system"];

    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = $"Unit files and folders of them; {string.Join(", ", s_default)} when there is none.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all", "-a") { Description = "Show what is honoured too." };
        var json = new Option<bool>("--json") { Description = "For programs." };
        var command = new Command("check", "Tell what sysmaster does with each directive of unit files: honoured, parsed only, obsolete, unknown, bad value.") { paths, all, json };
        command.SetAction(result => Run(result.GetValue(paths) ?? [], result.GetValue(all), result.GetValue(json)));
        return command;
    }

    private static int Run(string[] paths, bool all, bool json)
    {
        var findings = new List<Finding>();
        bool isDefault = paths.Length == 0;
        IEnumerable<string> places = isDefault ? s_default.Where(System.IO.Directory.Exists) : paths.Select(System.IO.Path.GetFullPath);
        int files = 0;
        foreach (SourcePath path in SourceTree.List(places, _ => false, (p, why) => findings.Add(new Finding(Rules.BadLine, p, 0, "", "", why))))
        {
            if (!UnitFileLint.IsUnitFile(path.Path))
            {
                if (path.IsNamed) { findings.Add(new Finding(Rules.BadLine, path.Path, 0, "", "", "is no name of a unit file")); }
                continue;
            }
            files++;
            UnitFileLint.Run(path.Path, machine: null, findings);
        }
        if (json)
        {
            using Stream output = Console.OpenStandardOutput();
            CheckReport.WriteJson(output, findings, all, files);
            output.WriteByte((byte)'\n');
        }
        else { CheckReport.Write(Console.Out, findings, all, files); }
        return findings.Exists(f => f.Rule != Rules.Honoured) ? ExitCodes.Findings : ExitCodes.Done;
    }
}
