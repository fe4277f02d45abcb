using System.Collections.Immutable;
using SysMaster.Core;

namespace SysMaster.Units.Swap;

/// <summary>The sub-states of a swap, as systemctl names them.</summary>
public enum SwapState : byte
{
    Dead, Activating,
    /// <summary>The kernel uses it, swapon(8) has not ended yet.</summary>
    ActivatingDone,
    Active, Deactivating, DeactivatingSigterm, DeactivatingSigkill, Failed, Cleaning,
}

/// <param name="KeepsControl">The command and the deadline outlive the entry into the state; else both are dropped.</param>
public readonly record struct SwapStateRow(SwapState State, string Text, UnitActiveState Active, bool KeepsControl);

/// <summary>Facts of each state, one row each.</summary>
public static class SwapStates
{
    public static readonly ImmutableArray<SwapStateRow> Rows =
    [
        new(SwapState.Dead, "dead", UnitActiveState.Inactive, false),
        new(SwapState.Activating, "activating", UnitActiveState.Activating, true),
        new(SwapState.ActivatingDone, "activating-done", UnitActiveState.Active, true),
        new(SwapState.Active, "active", UnitActiveState.Active, false),
        new(SwapState.Deactivating, "deactivating", UnitActiveState.Deactivating, true),
        new(SwapState.DeactivatingSigterm, "deactivating-sigterm", UnitActiveState.Deactivating, true),
        new(SwapState.DeactivatingSigkill, "deactivating-sigkill", UnitActiveState.Deactivating, true),
        new(SwapState.Failed, "failed", UnitActiveState.Failed, false),
        new(SwapState.Cleaning, "cleaning", UnitActiveState.Maintenance, true),
    ];

    public static SwapStateRow Row(SwapState state) => Rows[(int)state];

    public static bool IsDeactivating(SwapState state) =>
        state is SwapState.Deactivating or SwapState.DeactivatingSigterm or SwapState.DeactivatingSigkill;
}
