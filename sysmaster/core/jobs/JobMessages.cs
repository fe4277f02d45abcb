namespace SysMaster.Core;

/// <summary>
/// What a unit type says when a job starts or ends; {0} stands for the description. Null: nothing is said. The texts are what operators
/// and their log filters know from systemd.
/// </summary>
public sealed class JobMessages
{
    /// <summary>"Starting {0}..."; also on the console.</summary>
    public string? Starting { get; init; }

    public string? Stopping { get; init; }

    public string Started { get; init; } = "Started {0}.";

    /// <summary>For units that ended successfully by the time their start is done (oneshot).</summary>
    public string? Finished { get; init; }

    public string StartFailed { get; init; } = "Failed to start {0}.";

    public string StartTimeout { get; init; } = "Timed out starting {0}.";

    public string Stopped { get; init; } = "Stopped {0}.";

    public string StopFailed { get; init; } = "Stopped (with error) {0}.";

    public string StopTimeout { get; init; } = "Timed out stopping {0}.";
}
