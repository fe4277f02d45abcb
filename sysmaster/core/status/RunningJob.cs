using SysMaster.Linux;

namespace SysMaster.Core.Status;

/// <summary>One job that is under way, as the running line shows it.</summary>
public readonly struct RunningJob
{
    /// <summary>start, stop, reload…: the job's type as systemd names it.</summary>
    public string JobType { get; init; }

    public string UnitName { get; init; }

    public string Description { get; init; }

    /// <summary>CLOCK_MONOTONIC.</summary>
    public Usec Began { get; init; }

    /// <summary>When it is given up, CLOCK_MONOTONIC; infinity: no limit.</summary>
    public Usec Deadline { get; init; }

    /// <summary>STATUS= of the service, or null.</summary>
    public string? StatusText { get; init; }
}
