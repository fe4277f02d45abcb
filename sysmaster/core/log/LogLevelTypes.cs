namespace SysMaster.Core.Logging;

/// <summary>A level known at compile time, so that an interpolated text is not even begun when its level is filtered.</summary>
public interface ILogLevel
{
    static abstract LogLevel Level { get; }
}

public readonly struct EmergencyLevel : ILogLevel
{
    public static LogLevel Level => LogLevel.Emergency;
}

public readonly struct CriticalLevel : ILogLevel
{
    public static LogLevel Level => LogLevel.Critical;
}

public readonly struct ErrorLevel : ILogLevel
{
    public static LogLevel Level => LogLevel.Error;
}

public readonly struct WarningLevel : ILogLevel
{
    public static LogLevel Level => LogLevel.Warning;
}

public readonly struct NoticeLevel : ILogLevel
{
    public static LogLevel Level => LogLevel.Notice;
}

public readonly struct InfoLevel : ILogLevel
{
    public static LogLevel Level => LogLevel.Info;
}

public readonly struct DebugLevel : ILogLevel
{
    public static LogLevel Level => LogLevel.Debug;
}
