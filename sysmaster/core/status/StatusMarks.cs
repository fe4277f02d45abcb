namespace SysMaster.Core.Status;

/// <summary>The marks as they are printed: six columns in brackets, coloured.</summary>
internal static class StatusMarks
{
    public const string Normal = "\e[0m";
    private const string Green = "\e[0;32m";
    private const string Red = "\e[0;1;31m";
    private const string Yellow = "\e[0;1;38;5;185m";
    private const string Bright = "\e[0;1;39m";

    private static readonly (StatusMark Mark, string Word, string Color)[] s_rows =
    [
        (StatusMark.Ok, "  OK  ", Green),
        (StatusMark.Failed, "FAILED", Red),
        (StatusMark.Timeout, " TIME ", Red),
        (StatusMark.Dependency, "DEPEND", Yellow),
        (StatusMark.Skip, " SKIP ", Red),
        (StatusMark.Info, " INFO ", Bright),
        (StatusMark.Assert, "ASSERT", Yellow),
        (StatusMark.Unsupported, "UNSUPP", Yellow),
        (StatusMark.Once, " ONCE ", Red),
    ];

    /// <summary>"[  OK  ] ", nine blanks, or nothing.</summary>
    public static string Text(StatusMark mark, bool colors)
    {
        if (mark == StatusMark.None) { return ""; }
        foreach ((StatusMark row, string word, string color) in s_rows)
        {
            if (row == mark)
            {
                return colors ? $"[{color}{word}{Normal}] " : $"[{word}] ";
            }
        }
        return "         ";
    }
}
