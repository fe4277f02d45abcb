using System.Collections.Immutable;
using SysMaster.Core;

namespace SysMaster.Units.Service;

/// <summary>The sub-states of a service, as systemctl names them.</summary>
public enum ServiceState : byte
{
    Dead, Condition, StartPre, Start, StartPost, Running, Exited, Reload, ReloadSignal, ReloadNotify,
    Stop, StopWatchdog, StopSigterm, StopSigkill, StopPost, FinalWatchdog, FinalSigterm, FinalSigkill, Failed, AutoRestart, Cleaning,
    AutoRestartQueued, DeadResourcesPinned,
}

/// <summary>What of a service outlives the entry into a state; all else is dropped, in one place.</summary>
[Flags]
public enum Keep : byte
{
    None = 0,
    Timer = 1,
    MainPid = 2,
    ControlPid = 4,
    Watchdog = 8,
    PidFileWatch = 16,
    Processes = MainPid | ControlPid,
}

public readonly record struct ServiceStateRow(ServiceState State, string Text, UnitActiveState Active, Keep Keep);

/// <summary>Facts of each state, one row each.</summary>
public static class ServiceStates
{
    private const Keep Busy = Keep.Timer | Keep.Processes;

    public static readonly ImmutableArray<ServiceStateRow> Rows =
    [
        new(ServiceState.Dead, "dead", UnitActiveState.Inactive, Keep.None),
        new(ServiceState.Condition, "condition", UnitActiveState.Activating, Busy),
        new(ServiceState.StartPre, "start-pre", UnitActiveState.Activating, Busy),
        new(ServiceState.Start, "start", UnitActiveState.Activating, Busy | Keep.Watchdog | Keep.PidFileWatch),
        new(ServiceState.StartPost, "start-post", UnitActiveState.Activating, Busy | Keep.Watchdog | Keep.PidFileWatch),
        new(ServiceState.Running, "running", UnitActiveState.Active, Keep.Timer | Keep.MainPid | Keep.Watchdog),
        new(ServiceState.Exited, "exited", UnitActiveState.Active, Keep.None),
        new(ServiceState.Reload, "reload", UnitActiveState.Reloading, Busy | Keep.Watchdog),
        new(ServiceState.ReloadSignal, "reload-signal", UnitActiveState.Reloading, Busy | Keep.Watchdog),
        new(ServiceState.ReloadNotify, "reload-notify", UnitActiveState.Reloading, Busy | Keep.Watchdog),
        new(ServiceState.Stop, "stop", UnitActiveState.Deactivating, Busy),
        new(ServiceState.StopWatchdog, "stop-watchdog", UnitActiveState.Deactivating, Busy),
        new(ServiceState.StopSigterm, "stop-sigterm", UnitActiveState.Deactivating, Busy),
        new(ServiceState.StopSigkill, "stop-sigkill", UnitActiveState.Deactivating, Busy),
        new(ServiceState.StopPost, "stop-post", UnitActiveState.Deactivating, Busy),
        new(ServiceState.FinalWatchdog, "final-watchdog", UnitActiveState.Deactivating, Busy),
        new(ServiceState.FinalSigterm, "final-sigterm", UnitActiveState.Deactivating, Busy),
        new(ServiceState.FinalSigkill, "final-sigkill", UnitActiveState.Deactivating, Busy),
        new(ServiceState.Failed, "failed", UnitActiveState.Failed, Keep.None),
        new(ServiceState.AutoRestart, "auto-restart", UnitActiveState.Activating, Keep.Timer),
        new(ServiceState.Cleaning, "cleaning", UnitActiveState.Maintenance, Keep.Timer | Keep.ControlPid),
        new(ServiceState.AutoRestartQueued, "auto-restart-queued", UnitActiveState.Activating, Keep.None),
        new(ServiceState.DeadResourcesPinned, "dead-resources-pinned", UnitActiveState.Inactive, Keep.None),
    ];

    public static ServiceStateRow Row(ServiceState state) => Rows[(int)state];

    /// <summary>An idle service counts as active from the moment it is asked for: nothing waits for it.</summary>
    public static UnitActiveState ActiveOf(ServiceState state, bool idle) =>
        idle && state is ServiceState.Condition or ServiceState.StartPre or ServiceState.Start or ServiceState.StartPost && idle
            ? UnitActiveState.Active
            : Row(state).Active;

    /// <summary>It does not run, and nothing of its last run is under way.</summary>
    public static bool IsDead(ServiceState state) => state is ServiceState.Dead or ServiceState.DeadResourcesPinned;

    /// <summary>It waits for its restart, or for the job that makes it.</summary>
    public static bool AwaitsRestart(ServiceState state) => state is ServiceState.AutoRestart or ServiceState.AutoRestartQueued;

    public static bool IsStopping(ServiceState state) => state is >= ServiceState.Stop and <= ServiceState.FinalSigkill;
}

/// <summary>Why the service ended as it did. D-Bus Result.</summary>
public enum ServiceResult : byte
{
    Success, Resources, Protocol, Timeout, ExitCode, Signal, CoreDump, Watchdog, StartLimitHit, OomKill, ExecCondition,
}

public static class ServiceResults
{
    private static readonly string[] s_texts =
        ["success", "resources", "protocol", "timeout", "exit-code", "signal", "core-dump", "watchdog", "start-limit-hit", "oom-kill", "exec-condition"];

    public static string Text(this ServiceResult result) => s_texts[(int)result];
}
