namespace SysMaster.Core.Logging;

/// <summary>The words of <c>systemd.log_target=</c>, <c>LogTarget=</c> and the LogControl1 interface.</summary>
public static class LogTargetNames
{
    private static readonly string[] s_names =
        ["console", "console-prefixed", "kmsg", "journal", "journal-or-kmsg", "syslog", "syslog-or-kmsg", "auto", "null"];

    public static string Of(LogTarget target) => s_names[(int)target];

    public static bool TryParse(ReadOnlySpan<char> text, out LogTarget target)
    {
        target = default;
        for (int i = 0; i < s_names.Length; i++)
        {
            if (text.SequenceEqual(s_names[i]))
            {
                target = (LogTarget)i;
                return true;
            }
        }
        return false;
    }
}
