namespace SysMaster.Core.Logging;

/// <summary>How <see cref="Log.Open"/> sets the log up. Level and target change later by <see cref="Log.MaxLevel"/> and <see cref="Log.Target"/>.</summary>
public sealed class LogOptions
{
    public LogLevel MaxLevel { get; init; } = LogLevel.Info;

    public LogTarget Target { get; init; } = LogTarget.JournalOrKmsg;

    /// <summary>USER_UNIT= instead of UNIT=, and no credentials of PID 1.</summary>
    public bool IsUserManager { get; init; }

    /// <summary>SYSLOG_IDENTIFIER= and the tag in the kernel's log. The core is "systemd" to those who read logs.</summary>
    public string Identifier { get; init; } = "systemd";

    /// <summary>Whom the records are from: 1 for the system manager, also in the kernel's log.</summary>
    public int Pid { get; init; } = 1;

    public string JournalSocket { get; init; } = "/run/systemd/journal/socket";

    public string KmsgDevice { get; init; } = "/dev/kmsg";

    public string ConsoleDevice { get; init; } = "/dev/console";

    /// <summary>False in a container: /dev/kmsg is the host's, if it is there at all.</summary>
    public bool UseKmsg { get; init; } = true;

    /// <summary>systemd.log_ratelimit_kmsg=: at most 200 records in 5 seconds.</summary>
    public bool RateLimitKmsg { get; init; } = true;

    public IJournalRelay? Relay { get; init; }

    /// <summary>Coloured by level on the console.</summary>
    public bool ConsoleColors { get; init; } = true;
}
