using System.Collections.Immutable;
using SysMaster.Core;

namespace SysMaster.Units.Automount;

/// <summary>The sub-states of an automount, as systemctl names them.</summary>
public enum AutomountState : byte
{
    Dead,
    /// <summary>The trigger is set: nobody has come yet.</summary>
    Waiting,
    /// <summary>Somebody came: the mount is asked for or there.</summary>
    Running, Failed,
}

public readonly record struct AutomountStateRow(AutomountState State, string Text, UnitActiveState Active);

/// <summary>Facts of each state, one row each.</summary>
public static class AutomountStates
{
    public static readonly ImmutableArray<AutomountStateRow> Rows =
    [
        new(AutomountState.Dead, "dead", UnitActiveState.Inactive),
        new(AutomountState.Waiting, "waiting", UnitActiveState.Active),
        new(AutomountState.Running, "running", UnitActiveState.Active),
        new(AutomountState.Failed, "failed", UnitActiveState.Failed),
    ];

    public static AutomountStateRow Row(AutomountState state) => Rows[(int)state];
}
