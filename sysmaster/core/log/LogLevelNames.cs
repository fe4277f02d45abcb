namespace SysMaster.Core.Logging;

/// <summary>The words of <c>systemd.log_level=</c>, <c>LogLevel=</c> and <c>LogLevelMax=</c>: a name or a number 0 to 7.</summary>
public static class LogLevelNames
{
    private static readonly string[] s_names = ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"];

    public static string Of(LogLevel level) => s_names[(int)level];

    public static bool TryParse(ReadOnlySpan<char> text, out LogLevel level)
    {
        level = default;
        if (text.Length == 1 && text[0] is >= '0' and <= '7')
        {
            level = (LogLevel)(text[0] - '0');
            return true;
        }
        for (int i = 0; i < s_names.Length; i++)
        {
            if (text.SequenceEqual(s_names[i]))
            {
                level = (LogLevel)i;
                return true;
            }
        }
        return false;
    }
}
