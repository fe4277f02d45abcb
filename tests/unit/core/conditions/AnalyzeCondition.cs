using System.Diagnostics;
using System.Text.RegularExpressions;

namespace SysMaster.Core.Tests.Conditions;

/// <summary>What the machine's own systemd-analyze says of conditions; all in one run, since "|" makes it go on after a failure.</summary>
internal static partial class AnalyzeCondition
{
    public static bool IsInstalled => System.IO.File.Exists("/usr/bin/systemd-analyze");

    /// <returns>"yes", "no" or "error" by "ConditionKind=parameter".</returns>
    public static Dictionary<string, string> Ask(IEnumerable<string> conditions)
    {
        var start = new ProcessStartInfo("/usr/bin/systemd-analyze") { RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("condition");
        foreach (string condition in conditions)
        {
            int equals = condition.IndexOf('=', StringComparison.Ordinal);
            start.ArgumentList.Add($"{condition[..equals]}=|{condition[(equals + 1)..]}");
        }
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var answers = new Dictionary<string, string>();
        foreach (Match line in Line().Matches(errors.Result))
        {
            string name = line.Groups["error"].Success ? line.Groups["error"].Value : line.Groups["name"].Value;
            string answer = line.Groups["error"].Success ? "error" : line.Groups["how"].Value == "succeeded" ? "yes" : "no";
            answers[name.Replace("=|", "=", StringComparison.Ordinal)] = answer;
        }
        return answers;
    }

    [GeneratedRegex(@"^test\.service: (Couldn't determine result for (?<error>.*), assuming failed: .*|(?<name>.*) (?<how>succeeded|failed)\.)$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
