using SysMaster.Linux;

namespace SysMaster.Core.Logging;

/// <summary>Everything of a record but level and text. Fields are those of proto.md "PID 1 fields"; what is unset is not sent.</summary>
public readonly ref struct LogContext
{
    public LogContext(ILogSubject? subject) => Subject = subject;

    public ILogSubject? Subject { get; init; }

    /// <summary>Job messages ("Started x.service - X.") name the unit in their text; all others get "x.service: " in front.</summary>
    public bool NoPrefix { get; init; }

    /// <summary>One of <see cref="MessageIds"/>.</summary>
    public string? MessageId { get; init; }

    /// <summary>JOB_ID=; zero is none.</summary>
    public uint JobId { get; init; }

    public string? JobType { get; init; }

    public string? JobResult { get; init; }

    /// <summary>CONFIG_FILE= and CONFIG_LINE=: the file that the message complains about.</summary>
    public string? ConfigFile { get; init; }

    public int ConfigLine { get; init; }

    /// <summary>ERRNO=.</summary>
    public Errno Error { get; init; }

    public ReadOnlySpan<LogField> Fields { get; init; }
}
