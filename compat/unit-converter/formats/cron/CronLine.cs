namespace SysMaster.UnitConverter.Formats.Cron;

/// <summary>Takes a line of a crontab apart.</summary>
internal static class CronLine
{
    /// <summary>"NAME = value", both sides perhaps quoted. Null when the line is none.</summary>
    public static (string Name, string Value)? Variable(string line)
    {
        int equals = line.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0) { return null; }
        string name = Unquoted(line[..equals].Trim());
        if (name.Length == 0 || !(char.IsAsciiLetter(name[0]) || name[0] == '_') || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')) { return null; }
        return (name, Unquoted(line[(equals + 1)..].Trim()));
    }

    /// <param name="rest">What follows the time.</param>
    /// <param name="bad">What is wrong, for people.</param>
    public static CronSchedule? Schedule(string line, out string rest, out string bad)
    {
        string[] words = line.Split([' ', '\t'], 6, StringSplitOptions.RemoveEmptyEntries);
        rest = "";
        bad = "there are less than five time fields and a command";
        if (line.StartsWith('@'))
        {
            words = line.Split([' ', '\t'], 2, StringSplitOptions.RemoveEmptyEntries);
            bad = $"\"{words[0]}\" is no time that cron knows";
            rest = words.Length == 2 ? words[1].Trim() : "";
            return rest.Length == 0 ? null : CronSchedule.OfWord(words[0].ToLowerInvariant());
        }
        if (words.Length < 6) { return null; }
        rest = words[5].Trim();
        return CronSchedule.Parse(words.AsSpan(0, 5), out bad);
    }

    private static string Unquoted(string text) => text.Length >= 2 && text[0] is '"' or '\'' && text[^1] == text[0] ? text[1..^1] : text;
}
