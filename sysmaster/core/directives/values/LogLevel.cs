namespace SysMaster.Core.Directives;

/// <summary>syslog severity, with syslog's numbers.</summary>
public enum LogLevel
{
    Emerg,
    Alert,
    Crit,
    Err,
    Warning,
    Notice,
    Info,
    Debug,
}
