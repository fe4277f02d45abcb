namespace SysMaster.Core;

/// <summary>Whether a unit's configuration could be read. D-Bus LoadState.</summary>
public enum UnitLoadState : byte { Stub, Loaded, NotFound, BadSetting, Error, Merged, Masked }

/// <summary>What a unit is doing, the same words for every type. D-Bus ActiveState.</summary>
public enum UnitActiveState : byte { Inactive, Active, Reloading, Failed, Activating, Deactivating, Maintenance, Refreshing }

/// <summary>D-Bus FreezerState.</summary>
public enum FreezerState : byte { Running, Freezing, Frozen, Thawing }

/// <summary>The words of the enumerations above, and what they imply.</summary>
public static class UnitStates
{
    public static string Text(this UnitLoadState s) => s switch
    {
        UnitLoadState.Stub => "stub",
        UnitLoadState.Loaded => "loaded",
        UnitLoadState.NotFound => "not-found",
        UnitLoadState.BadSetting => "bad-setting",
        UnitLoadState.Error => "error",
        UnitLoadState.Merged => "merged",
        _ => "masked",
    };

    public static string Text(this UnitActiveState s) => s switch
    {
        UnitActiveState.Inactive => "inactive",
        UnitActiveState.Active => "active",
        UnitActiveState.Reloading => "reloading",
        UnitActiveState.Failed => "failed",
        UnitActiveState.Activating => "activating",
        UnitActiveState.Deactivating => "deactivating",
        UnitActiveState.Maintenance => "maintenance",
        _ => "refreshing",
    };

    public static string Text(this FreezerState s) => s switch
    {
        FreezerState.Running => "running",
        FreezerState.Freezing => "freezing",
        FreezerState.Frozen => "frozen",
        _ => "thawing",
    };

    public static bool IsInactiveOrFailed(this UnitActiveState s) => s is UnitActiveState.Inactive or UnitActiveState.Failed;

    public static bool IsActiveOrReloading(this UnitActiveState s) =>
        s is UnitActiveState.Active or UnitActiveState.Reloading or UnitActiveState.Refreshing;

    public static bool IsActiveOrActivating(this UnitActiveState s) => s.IsActiveOrReloading() || s == UnitActiveState.Activating;

    public static bool IsInactiveOrDeactivating(this UnitActiveState s) => s.IsInactiveOrFailed() || s == UnitActiveState.Deactivating;
}
