using System.CommandLine;
using SysMaster.Lint;
using SysMaster.Linux;

namespace SysMaster.Sctl;

/// <summary><c>sctl lint</c>: unit files looked over with the manager's own tables. Exit code 0: nothing above a note; 1: something is.</summary>
internal static class LintCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Unit files and folders of them; those of the system when there is none.", Arity = ArgumentArity.ZeroOrMore };
        var root = new Option<string>("--root") { Description = "Look up programs, files and units below this folder.", DefaultValueFactory = _ => "/" };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var sarif = new Option<bool>("--sarif") { Description = "Print SARIF 2.1.0, for code review tools." };
        var fix = new Option<bool>("--fix") { Description = "Write today's name where an old one of the same meaning is used." };
        var rules = new Option<bool>("--rules") { Description = "List the rules." };
        var command = new Command("lint", "Look over unit files: unknown, refused, unhonoured and obsolete directives, missing programs, files and units.") { paths, root, json, sarif, fix, rules };
        command.SetAction(result => result.GetValue(rules) ? ListRules()
            : Run(result.GetValue(paths) ?? [], result.GetValue(root)!, result.GetValue(json), result.GetValue(sarif), result.GetValue(fix)));
        return command;
    }

    private static int Run(string[] paths, string root, bool json, bool sarif, bool fix)
    {
        var findings = new List<Finding>();
        int files = LintRun.Over(paths, root, findings);
        findings.RemoveAll(f => f.Rule.Level == Level.None);
        if (fix) { Fix(findings); }
        using Stream output = Console.OpenStandardOutput();
        if (json) { LintReport.WriteJson(output, findings, files); }
        else if (sarif) { LintReport.WriteSarif(output, findings); }
        else { LintReport.Write(Console.Out, findings, files); }
        if (json || sarif) { output.WriteByte((byte)'\n'); }
        return findings.Exists(f => f.Rule.Level >= Level.Warning) ? 1 : 0;
    }

    private static void Fix(List<Finding> findings)
    {
        foreach (string file in findings.Where(f => f.NewKey is not null).Select(f => f.File).Distinct().ToList())
        {
            Result<int> mended = Mend.File(file, findings);
            if (mended.Failed) { Console.Error.WriteLine($"{file} cannot be mended and stays as it was: {mended.Error}"); }
            else { findings.RemoveAll(f => f.File == file && f.NewKey is not null); }
        }
    }

    private static int ListRules()
    {
        foreach (Rule rule in Rules.All.Where(rule => rule.Level != Level.None)) { Console.Out.WriteLine($"{rule.Id}  {rule.Level.ToString().ToLowerInvariant(),-8} {rule.Text}"); }
        return 0;
    }
}
