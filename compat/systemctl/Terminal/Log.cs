using System.Globalization;
using System.Text;
using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>Messages on standard error: $SYSTEMD_LOG_LEVEL says from which level, a terminal gets colours, a journal the level.</summary>
internal static class Log
{
    private const int LevelError = 3, LevelWarning = 4, LevelNotice = 5, LevelInfo = 6, LevelDebug = 7;

    private static readonly string[] s_levels = ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"];
    private static readonly int s_max = MaxLevel();
    private static readonly bool s_marks = IsJournal();
    private static readonly string s_lineEnd = Tty.IsError ? "\r\n" : "\n";   // a terminal may be raw

    public static bool IsDebug => s_max >= LevelDebug;

    /// <returns>1, the exit code of a failure.</returns>
    public static int Error(string text) => Write(LevelError, text);

    public static int Error(string text, Errno error) => Write(LevelError, $"{text}: {error}");

    public static void Warning(string text) => Write(LevelWarning, text);

    public static void Notice(string text) => Write(LevelNotice, text);

    public static void Info(string text) => Write(LevelInfo, text);

    public static void Debug(string text) => Write(LevelDebug, text);

    private static int Write(int level, string text)
    {
        if (level > s_max) { return 1; }
        if (Tty.IsOutput) { Stdio.Flush(); }
        var lines = new StringBuilder();
        string on = ColorOf(level);
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (s_marks) { lines.Append(CultureInfo.InvariantCulture, $"<{level}>"); }
            lines.Append(on).Append(line).Append(on.Length > 0 ? Colors.Normal : "").Append(s_lineEnd);
        }
        // Where to complain that standard error is gone?
        _ = Sys.WriteAll(new Fd(2), Encoding.UTF8.GetBytes(lines.ToString()));
        return 1;
    }

    private static string ColorOf(int level) => level switch
    {
        <= LevelError => Colors.HighlightRed,
        LevelWarning => Colors.HighlightYellow,
        LevelNotice => Colors.Highlight,
        LevelDebug => Colors.Grey,
        _ => "",
    };

    private static int MaxLevel()
    {
        string asked = Environment.GetEnvironmentVariable("SYSTEMD_LOG_LEVEL") ?? "";
        int word = Array.IndexOf(s_levels, asked);
        if (word >= 0) { return word; }
        return int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= LevelDebug ? number : LevelInfo;
    }

    // $JOURNAL_STREAM is the device and inode of what a service's output goes to: not ours any more behind a pipe.
    private static bool IsJournal()
    {
        if (Environment.GetEnvironmentVariable("JOURNAL_STREAM") is not { } stream) { return false; }
        Result<FileStat> stat = Sys.Stat(new Fd(2));
        return !stat.Failed && stream == string.Create(CultureInfo.InvariantCulture, $"{DeviceNumber(stat.Value.Device)}:{stat.Value.Inode}");
    }

    // st_dev as C has it, from the halves of statx(2).
    private static ulong DeviceNumber(ulong halves)
    {
        ulong major = halves >> 32, minor = (uint)halves;
        return ((major & 0xfff) << 8) | (minor & 0xff) | ((minor & ~0xffUL) << 12);
    }
}
