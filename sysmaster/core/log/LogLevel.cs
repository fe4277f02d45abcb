namespace SysMaster.Core.Logging;

/// <summary>Priorities of syslog(3), the most urgent first; a record is dropped when its number is above the maximum level.</summary>
public enum LogLevel
{
    Emergency,
    Alert,
    Critical,
    Error,
    Warning,
    Notice,
    Info,
    Debug,
}
