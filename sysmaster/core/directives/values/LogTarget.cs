namespace SysMaster.Core.Directives;

/// <summary>Where the manager's own log goes.</summary>
public enum LogTarget
{
    Console,
    ConsolePrefixed,
    Kmsg,
    Journal,
    JournalOrKmsg,
    Syslog,
    SyslogOrKmsg,
    Auto,
    Null,
}
