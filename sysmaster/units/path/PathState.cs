using System.Collections.Immutable;
using SysMaster.Core;

namespace SysMaster.Units.Path;

/// <summary>The sub-states of a path, as systemctl names them.</summary>
public enum PathState : byte { Dead, Waiting, Running, Failed }

/// <param name="State">Which.</param>
/// <param name="Text">As systemctl shows it.</param>
/// <param name="Active">What the manager sees.</param>
/// <param name="KeepsWatches">Changes are watched; in all other states they are not.</param>
public readonly record struct PathStateRow(PathState State, string Text, UnitActiveState Active, bool KeepsWatches);

/// <summary>Facts of each state, one row each.</summary>
public static class PathStates
{
    public static readonly ImmutableArray<PathStateRow> Rows =
    [
        new(PathState.Dead, "dead", UnitActiveState.Inactive, false),
        new(PathState.Waiting, "waiting", UnitActiveState.Active, true),
        new(PathState.Running, "running", UnitActiveState.Active, false),
        new(PathState.Failed, "failed", UnitActiveState.Failed, false),
    ];

    public static PathStateRow Row(PathState state) => Rows[(int)state];
}

/// <summary>Why the path ended as it did. D-Bus Result.</summary>
public enum PathResult : byte { Success, Resources, StartLimitHit, UnitStartLimitHit, TriggerLimitHit }

public static class PathResults
{
    private static readonly string[] s_texts = ["success", "resources", "start-limit-hit", "unit-start-limit-hit", "trigger-limit-hit"];

    public static string Text(this PathResult result) => s_texts[(int)result];
}
