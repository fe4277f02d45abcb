using System.Collections.Immutable;
using SysMaster.Core;

namespace SysMaster.Units.Timer;

/// <summary>The sub-states of a timer, as systemctl names them.</summary>
public enum TimerState : byte { Dead, Waiting, Running, Elapsed, Failed }

/// <param name="State">Which.</param>
/// <param name="Text">As systemctl shows it.</param>
/// <param name="Active">What the manager sees.</param>
/// <param name="KeepsDeadlines">The deadlines stay armed; in all other states they are dropped.</param>
public readonly record struct TimerStateRow(TimerState State, string Text, UnitActiveState Active, bool KeepsDeadlines);

/// <summary>Facts of each state, one row each.</summary>
public static class TimerStates
{
    public static readonly ImmutableArray<TimerStateRow> Rows =
    [
        new(TimerState.Dead, "dead", UnitActiveState.Inactive, false),
        new(TimerState.Waiting, "waiting", UnitActiveState.Active, true),
        new(TimerState.Running, "running", UnitActiveState.Active, false),
        new(TimerState.Elapsed, "elapsed", UnitActiveState.Active, false),
        new(TimerState.Failed, "failed", UnitActiveState.Failed, false),
    ];

    public static TimerStateRow Row(TimerState state) => Rows[(int)state];
}

/// <summary>Why the timer ended as it did. D-Bus Result.</summary>
public enum TimerResult : byte { Success, Resources, StartLimitHit }

public static class TimerResults
{
    private static readonly string[] s_texts = ["success", "resources", "start-limit-hit"];

    public static string Text(this TimerResult result) => s_texts[(int)result];
}

/// <summary>One On…= line of a running timer.</summary>
public sealed class TimerValue(TimerSpec spec)
{
    public TimerSpec Spec { get; } = spec;

    /// <summary>Without random delay: monotonic for spans, CLOCK_REALTIME for calendars; zero while it is not known.</summary>
    public Linux.Usec Next { get; internal set; }

    /// <summary>It elapses once and has done so.</summary>
    public bool IsDisabled { get; internal set; }
}
