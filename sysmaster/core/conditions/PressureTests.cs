using System.Globalization;
using System.Text;
using SysMaster.Core.Boot;
using SysMaster.Linux;

namespace SysMaster.Core.Conditions;

/// <summary>
/// ConditionMemoryPressure= and its like: "[SLICE:]PERCENT[/10sec|/1min|/5min]" holds while the pressure is at most that. A kernel without
/// pressure information, or a slice without a group, has no pressure. Documentation/accounting/psi.rst.
/// </summary>
internal static class PressureTests
{
    public static Result<bool> Memory(ByteText parameter, SystemFacts facts) => Test(parameter, "memory", "full");

    public static Result<bool> Io(ByteText parameter, SystemFacts facts) => Test(parameter, "io", "full");

    /// <summary>"full" means nothing for CPU at the top: "some".</summary>
    public static Result<bool> Cpu(ByteText parameter, SystemFacts facts) => Test(parameter, "cpu", "some");

    private static Result<bool> Test(ByteText parameter, string resource, string line)
    {
        string text = parameter.ToString();
        string file = "/proc/pressure/" + resource;
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (!SmallFile.Exists(file)) { return true; }
        if (colon >= 0)
        {
            if (!SmallFile.Exists("/sys/fs/cgroup/cgroup.controllers")) { return true; }   // groups have pressure in v2 alone
            if (SlicePathOrNull(text[..colon].Trim()) is not { } slice) { return Errno.EINVAL; }
            file = $"/sys/fs/cgroup{slice}/{resource}.pressure";
            text = text[(colon + 1)..];
        }
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string? average = slash < 0 ? "avg300=" : AverageOrNull(text[(slash + 1)..].Trim());
        if (average is null || PercentOrNull(slash < 0 ? text : text[..slash]) is not { } limit) { return Errno.EINVAL; }
        return Current(file, line, average) is not { } current || current <= limit;
    }

    private static string? AverageOrNull(string span) => span switch
    {
        "10" or "10s" or "10sec" => "avg10=",
        "60" or "60s" or "1min" or "1m" => "avg60=",
        "300" or "300s" or "5min" or "5m" => "avg300=",
        _ => null,
    };

    private static decimal? PercentOrNull(string text)
    {
        text = text.Trim();
        decimal unit = text.EndsWith('%') ? 1 : text.EndsWith('‰') ? 0.1m : text.EndsWith('‱') ? 0.01m : 0;
        return unit != 0 && decimal.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
            && value * unit <= 100 ? value * unit : null;
    }

    private static decimal? Current(string file, string line, string average)
    {
        foreach (string one in (SmallFile.TextOrNull(file) ?? "").Split('\n'))
        {
            int at = one.IndexOf(average, StringComparison.Ordinal);
            if (!one.StartsWith(line, StringComparison.Ordinal) || at < 0) { continue; }
            string number = one[(at + average.Length)..].Split(' ')[0];
            return decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value) ? value : null;
        }
        return null;
    }

    /// <summary>"a-b.slice" lies in "/a.slice/a-b.slice"; null when it is no slice's name.</summary>
    private static string? SlicePathOrNull(string slice)
    {
        if (slice == "-.slice") { return ""; }
        if (!slice.EndsWith(".slice", StringComparison.Ordinal) || slice.Contains('/')) { return null; }
        var path = new StringBuilder();
        string stem = slice[..^".slice".Length];
        for (int i = 0; i <= stem.Length; i++)
        {
            if (i < stem.Length && stem[i] != '-') { continue; }
            if (i == 0 || stem[i - 1] == '-') { return null; }
            path.Append('/').Append(stem, 0, i).Append(".slice");
        }
        return path.ToString();
    }
}
