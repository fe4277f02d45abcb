using SysMaster.Core.Directives;

namespace SysMaster.Core;

/// <summary>What a job does to its unit. The first five can be installed; the rest collapse into them. D-Bus JobType.</summary>
public enum JobType : byte { Start, VerifyActive, Stop, Reload, Restart, Nop, TryRestart, TryReload, ReloadOrStart }

/// <summary>How a job ended. D-Bus, the last argument of JobRemoved.</summary>
public enum JobResult : byte
{
    Done, Canceled, Timeout, Failed, Dependency, Skipped, Invalid, Assert, Unsupported, Collected, Once,
}

public enum JobState : byte { Waiting, Running }

/// <summary>Words, and the algebra of job types: which may stand beside each other on one unit and what they become together.</summary>
public static class JobTypes
{
    private static readonly string[] s_types =
        ["start", "verify-active", "stop", "reload", "restart", "nop", "try-restart", "try-reload", "reload-or-start"];

    private static readonly string[] s_modes =
        ["fail", "replace", "replace-irreversibly", "isolate", "flush", "ignore-dependencies", "ignore-requirements", "triggering", "restart-dependencies"];

    private static readonly string[] s_results =
        ["done", "canceled", "timeout", "failed", "dependency", "skipped", "invalid", "assert", "unsupported", "collected", "once"];

    public static string Text(this JobType t) => s_types[(int)t];

    public static string Text(this JobMode m) => s_modes[(int)m];

    public static string Text(this JobResult r) => s_results[(int)r];

    public static string Text(this JobState s) => s == JobState.Waiting ? "waiting" : "running";

    public static JobMode? ParseMode(string text) => Array.IndexOf(s_modes, text) is >= 0 and int i ? (JobMode)i : null;

    public static JobType? ParseType(string text) => Array.IndexOf(s_types, text) is >= 0 and int i ? (JobType)i : null;

    /// <summary>What two jobs of one unit become together; null if they exclude each other. Symmetric.</summary>
    public static JobType? Merge(JobType a, JobType b)
    {
        if (a == b) { return a; }
        if (a > b) { (a, b) = (b, a); }
        return (a, b) switch
        {
            (JobType.Start, JobType.VerifyActive) => JobType.Start,
            (JobType.Start, JobType.Reload) => JobType.ReloadOrStart,
            (JobType.Start, JobType.Restart) => JobType.Restart,
            (JobType.VerifyActive, JobType.Reload) => JobType.Reload,
            (JobType.VerifyActive, JobType.Restart) => JobType.Restart,
            (JobType.Reload, JobType.Restart) => JobType.Restart,
            _ => null,
        };
    }

    /// <summary>May <paramref name="a"/>, already queued, be said to contain <paramref name="b"/>?</summary>
    public static bool IsSuperset(JobType a, JobType b) => Merge(a, b) == a;

    /// <summary>The compound types, resolved by what the unit is doing now.</summary>
    public static JobType Collapse(JobType type, Unit unit) => type switch
    {
        JobType.TryRestart => unit.ActiveState.IsInactiveOrDeactivating() ? JobType.Nop : JobType.Restart,
        JobType.TryReload => unit.ActiveState.IsActiveOrReloading() ? JobType.Reload : JobType.Nop,
        JobType.ReloadOrStart => unit.ActiveState.IsActiveOrReloading() ? JobType.Reload : JobType.Start,
        _ => type,
    };

    /// <summary>Nothing to do, since the unit is there already.</summary>
    public static bool IsRedundant(JobType type, UnitActiveState state) => type switch
    {
        JobType.Start or JobType.VerifyActive => state.IsActiveOrReloading(),
        JobType.Stop => state.IsInactiveOrFailed(),
        JobType.Reload => state == UnitActiveState.Reloading,
        JobType.Restart => state == UnitActiveState.Activating,
        JobType.Nop => true,
        _ => false,
    };
}
