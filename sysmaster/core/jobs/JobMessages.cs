namespace SysMaster.Core;

/// <summary>
/// What a unit type says when a job starts or ends; %s stands for the unit. Null: nothing is said, and of a beginning only where it takes time. The phrases are those that
/// operators and their log filters know from systemd.
/// </summary>
public sealed class JobMessages
{
    public string? Starting { get; init; } = "Starting %s...";

    public string? Stopping { get; init; } = "Stopping %s...";

    public string Started { get; init; } = "Started %s.";

    /// <summary>For units that are down again by the time their start is done (oneshot).</summary>
    public string? Finished { get; init; }

    public string StartFailed { get; init; } = "Failed to start %s.";

    public string StartTimeout { get; init; } = "Timed out starting %s.";

    public string Stopped { get; init; } = "Stopped %s.";

    public string StopFailed { get; init; } = "Stopped (with error) %s.";

    public string StopTimeout { get; init; } = "Timed out stopping %s.";
}
