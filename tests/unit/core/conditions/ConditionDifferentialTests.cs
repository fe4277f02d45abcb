using System.Text;
using SysMaster.Core.Boot;
using SysMaster.Core.Conditions;
using SysMaster.Linux;

namespace SysMaster.Core.Tests.Conditions;

/// <summary>Every kind against the real systemd on this machine, with real files.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class ConditionDifferentialTests : IDisposable
{
    private readonly string _dir = Directory.CreateTempSubdirectory("conditions").FullName;

    [Fact]
    public void Every_kind_answers_as_systemd_does()
    {
        if (!AnalyzeCondition.IsInstalled) { return; }   // the comparison needs it; the other tests do not
        MakeFiles();
        string[] cases = [.. Cases().Select(c => "Condition" + c.Replace("$DIR", _dir, StringComparison.Ordinal))];
        SystemFacts facts = Facts();

        Dictionary<string, string> theirs = AnalyzeCondition.Ask(cases);

        var differences = new List<string>();
        foreach (string one in cases)
        {
            string ours = Ours(one, facts);
            if (!theirs.TryGetValue(one, out string? answer)) { answer = "(silent)"; }
            if (ours != answer) { differences.Add($"{one}: systemd {answer}, we {ours}"); }
        }
        differences.Should().BeEmpty();
    }

    [Fact]
    public void The_cases_cover_every_kind()
    {
        IEnumerable<string> covered = Cases().Select(c => c.Split('=')[0]).Distinct();

        ConditionKinds.Table.Select(k => k.Name).Except(covered).Should().BeEmpty();
    }

    public void Dispose() => Directory.Delete(_dir, true);

    private static string Ours(string assignment, SystemFacts facts)
    {
        int equals = assignment.IndexOf('=', StringComparison.Ordinal);
        ConditionKind kind = ConditionKinds.FindOrNull(assignment.AsSpan(0, equals))!;
        Condition condition = Condition.Parse(kind, Encoding.UTF8.GetBytes(assignment[(equals + 1)..]));
        ConditionEvaluator.TestList([condition], facts);
        return condition.Result switch
        {
            ConditionResult.Succeeded => "yes",
            ConditionResult.Failed => "no",
            _ => "error",
        };
    }

    private static SystemFacts Facts()
    {
        var facts = new SystemFacts();
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            facts.Environment.Set(new ByteText($"{variable.Key}={variable.Value}"));
        }
        return facts;
    }

    private void MakeFiles()
    {
        Directory.CreateDirectory(_dir + "/empty");
        Directory.CreateDirectory(_dir + "/hidden");
        System.IO.File.WriteAllText(_dir + "/hidden/.x", "");
        Directory.CreateDirectory(_dir + "/backup");
        System.IO.File.WriteAllText(_dir + "/backup/a~", "");
        System.IO.File.WriteAllText(_dir + "/zero", "");
        System.IO.File.WriteAllText(_dir + "/text", "x");
        System.IO.File.WriteAllText(_dir + "/script", "#!");
        System.IO.File.SetUnixFileMode(_dir + "/script", UnixFileMode.UserExecute | UnixFileMode.UserRead);
        System.IO.File.CreateSymbolicLink(_dir + "/link", "text");
        System.IO.File.CreateSymbolicLink(_dir + "/dirlink", "hidden");
        System.IO.File.CreateSymbolicLink(_dir + "/dangling", "nowhere");
    }

    private static IEnumerable<string> Cases()
    {
        foreach (string path in new[] { "/", "/proc", "/sys", "/dev", "/dev/null", "/etc/passwd", "/nonexistent", "$DIR/empty", "$DIR/hidden", "$DIR/backup", "$DIR/zero", "$DIR/text", "$DIR/script", "$DIR/link", "$DIR/dirlink", "$DIR/dangling", "/proc/self/status", "!/etc" })
        {
            foreach (string kind in new[] { "PathExists", "PathIsDirectory", "PathIsSymbolicLink", "PathIsMountPoint", "PathIsReadWrite", "PathIsEncrypted", "DirectoryNotEmpty", "FileNotEmpty", "FileIsExecutable" })
            {
                yield return $"{kind}={path}";
            }
        }
        foreach (string one in OtherCases.All) { yield return one; }
    }
}
