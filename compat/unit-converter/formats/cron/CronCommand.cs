using System.Text;

namespace SysMaster.UnitConverter.Formats.Cron;

/// <summary>The rest of a crontab line: a shell command, and after the first bare "%" the lines of its standard input.</summary>
/// <param name="Command">For /bin/sh -c.</param>
/// <param name="Input">Null when there is none.</param>
internal sealed record CronCommand(string Command, string? Input)
{
    public static CronCommand Parse(string text)
    {
        var parts = new List<StringBuilder> { new() };
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] == '%') { parts[^1].Append(text[++i]); }
            else if (text[i] == '%') { parts.Add(new StringBuilder()); }
            else { parts[^1].Append(text[i]); }
        }
        return new CronCommand(parts[0].ToString().Trim(), parts.Count == 1 ? null : string.Join('\n', parts.Skip(1)) + "\n");
    }

    /// <summary>The program's own name, for the unit's.</summary>
    public string Word
    {
        get
        {
            foreach (string word in Command.Split([' ', '\t', ';', '&', '|', '(', ')', '"', '\''], StringSplitOptions.RemoveEmptyEntries))
            {
                bool isProgram = word is not ("[" or "test" or "if" or "then" or "cd" or "command" or "sudo" or "nice" or "ionice" or "exec" or "sh" or "bash" or "set")
                    && !word.StartsWith('-') && !word.Contains('=', StringComparison.Ordinal) && word.Any(char.IsAsciiLetter)
                    && !word.StartsWith('$') && !word.StartsWith('/') | (word.Contains("bin/", StringComparison.Ordinal) || word.Contains("/lib", StringComparison.Ordinal));
                if (isProgram) { return word[(word.TrimEnd('/').LastIndexOf('/') + 1)..].TrimEnd('/'); }
            }
            return "job";
        }
    }
}
