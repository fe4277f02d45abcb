using System.Collections.Immutable;
using SysMaster.Core;

namespace SysMaster.Units.Mount;

/// <summary>The sub-states of a mount, as systemctl names them.</summary>
public enum MountState : byte
{
    Dead, Mounting, MountingDone, Mounted, Remounting, Unmounting, RemountingSigterm, RemountingSigkill,
    UnmountingSigterm, UnmountingSigkill, Failed, Cleaning,
}

/// <param name="KeepsControl">The command and the deadline outlive the entry into the state; else both are dropped.</param>
public readonly record struct MountStateRow(MountState State, string Text, UnitActiveState Active, bool KeepsControl);

/// <summary>Facts of each state, one row each.</summary>
public static class MountStates
{
    public static readonly ImmutableArray<MountStateRow> Rows =
    [
        new(MountState.Dead, "dead", UnitActiveState.Inactive, false),
        new(MountState.Mounting, "mounting", UnitActiveState.Activating, true),
        new(MountState.MountingDone, "mounting-done", UnitActiveState.Activating, true),
        new(MountState.Mounted, "mounted", UnitActiveState.Active, false),
        new(MountState.Remounting, "remounting", UnitActiveState.Reloading, true),
        new(MountState.Unmounting, "unmounting", UnitActiveState.Deactivating, true),
        new(MountState.RemountingSigterm, "remounting-sigterm", UnitActiveState.Reloading, true),
        new(MountState.RemountingSigkill, "remounting-sigkill", UnitActiveState.Reloading, true),
        new(MountState.UnmountingSigterm, "unmounting-sigterm", UnitActiveState.Deactivating, true),
        new(MountState.UnmountingSigkill, "unmounting-sigkill", UnitActiveState.Deactivating, true),
        new(MountState.Failed, "failed", UnitActiveState.Failed, false),
        new(MountState.Cleaning, "cleaning", UnitActiveState.Maintenance, true),
    ];

    public static MountStateRow Row(MountState state) => Rows[(int)state];

    public static bool IsUnmounting(MountState state) =>
        state is MountState.Unmounting or MountState.UnmountingSigterm or MountState.UnmountingSigkill;

    public static bool IsRemounting(MountState state) =>
        state is MountState.Remounting or MountState.RemountingSigterm or MountState.RemountingSigkill;
}
