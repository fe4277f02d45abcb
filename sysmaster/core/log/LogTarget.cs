namespace SysMaster.Core.Logging;

/// <summary>Where records go: <c>systemd.log_target=</c>. A target that is not open falls to kmsg where its name allows it, else to the console.</summary>
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
