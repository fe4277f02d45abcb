using System.Text;
using SysMaster.Linux;

namespace SysMaster.RandomSeed;

/// <summary>Lines on standard error; with a syslog level before them where a journal reads it (sd-daemon(3)).</summary>
internal static class Say
{
    private static readonly bool s_levels = Environment.GetEnvironmentVariable("JOURNAL_STREAM") is not null;
    private static readonly bool s_debug = Environment.GetEnvironmentVariable("SYSTEMD_LOG_LEVEL") is "debug" or "7";

    /// <returns>1, the exit code.</returns>
    public static int Error(string text) => Write(3, text);

    public static int Error(string text, Errno error) => Write(3, $"{text}: {error}");

    public static void Warning(string text, Errno error) => Write(4, $"{text}: {error}");

    public static void Notice(string text) => Write(5, text);

    public static void Info(string text) => Write(6, text);

    public static void Debug(string text)
    {
        if (s_debug) { Write(7, text); }
    }

    private static int Write(int level, string text)
    {
        // Where to complain that standard error is gone?
        _ = Sys.WriteAll(new Fd(2), Encoding.UTF8.GetBytes(s_levels ? $"<{level}>{text}\n" : text + "\n"));
        return 1;
    }
}
