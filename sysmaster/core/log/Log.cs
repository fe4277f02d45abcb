namespace SysMaster.Core.Logging;

/// <summary>
/// The manager's one way to speak: <c>Log.Info(unit, $"Deactivated successfully.")</c>, or <see cref="Write"/> with a
/// <see cref="LogContext"/> for fields. Never blocks and never fails towards its caller. One thread. Lower rooms return, the caller that
/// knows the unit logs, once.
/// </summary>
public static partial class Log
{
    [ThreadStatic]
    private static LogBuffer? s_spare;

    private static LogLevel s_max = LogLevel.Info;
    private static LogRouter? s_router;

    /// <summary>Records above it are dropped before their text is made. Settable at run time (signals RTMIN+22 and +23, LogControl1).</summary>
    public static LogLevel MaxLevel
    {
        get => s_max;
        set => s_max = value;
    }

    public static LogTarget Target
    {
        get => s_router?.Target ?? LogTarget.Null;
        set
        {
            if (s_router is not null) { s_router.Target = value; }
        }
    }

    /// <summary>Records go to the console now: job messages that the status output shows anyway are left out then.</summary>
    public static bool OnConsole => s_router?.OnConsole ?? false;

    /// <summary>Records that no place took since <see cref="Open"/>.</summary>
    public static ulong Lost => s_router?.Lost ?? 0;

    /// <summary>Sets the log up. Called once, early; calling again replaces all (re-execution, tests). Before it, records vanish.</summary>
    public static void Open(LogOptions options) => Use(LogRouter.Open(options), options.MaxLevel);

    /// <summary>Closes every descriptor: before execve, or when the file systems go.</summary>
    public static void Close()
    {
        s_router?.Dispose();
        s_router = null;
    }

    /// <summary>
    /// journald runs (its socket and its service do), or it does not: until told so, nothing is sent to a socket that nobody may ever read.
    /// The manager calls it on each change of those units.
    /// </summary>
    public static void JournalIsRunning(bool running)
    {
        if (s_router is not null) { s_router.JournalIsRunning = running; }
    }

    public static bool IsEnabled(LogLevel level) => level <= s_max && s_router is not null;

    public static bool IsEnabled(LogLevel level, ILogSubject? subject)
        => IsEnabled(level) && (subject is null || level <= subject.LogLevelMax);

    internal static void Use(LogRouter router, LogLevel max)
    {
        Close();
        s_router = router;
        s_max = max;
    }

    internal static LogBuffer RentBuffer()
    {
        LogBuffer buffer = s_spare ?? new LogBuffer();
        s_spare = null;   // a value's ToString() may log itself
        buffer.Clear();
        return buffer;
    }

    private static void Emit(LogLevel level, scoped in LogContext context, LogBuffer? text, in CodeLocation where)
    {
        if (text is null) { return; }
        s_router?.Write(level, context, text.Span, where);
        s_spare = text;
    }
}
