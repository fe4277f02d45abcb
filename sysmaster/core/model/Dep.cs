namespace SysMaster.Core;

/// <summary>
/// The kinds of edge between two units, as bits: an <see cref="Edge"/> holds all kinds that lead from one unit to one other.
/// Each kind has its inverse (<see cref="Deps.Inverse"/>), kept on the other unit. systemd.unit(5), "Mapping of unit properties to their inverses".
/// </summary>
[Flags]
public enum Dep : uint
{
    None = 0,
    Requires = 1u << 0,
    Requisite = 1u << 1,
    Wants = 1u << 2,
    BindsTo = 1u << 3,
    PartOf = 1u << 4,
    Upholds = 1u << 5,
    RequiredBy = 1u << 6,
    RequisiteOf = 1u << 7,
    WantedBy = 1u << 8,
    BoundBy = 1u << 9,
    ConsistsOf = 1u << 10,
    UpheldBy = 1u << 11,
    Conflicts = 1u << 12,
    ConflictedBy = 1u << 13,
    Before = 1u << 14,
    After = 1u << 15,
    OnSuccess = 1u << 16,
    OnSuccessOf = 1u << 17,
    OnFailure = 1u << 18,
    OnFailureOf = 1u << 19,
    Triggers = 1u << 20,
    TriggeredBy = 1u << 21,
    PropagatesReloadTo = 1u << 22,
    ReloadPropagatedFrom = 1u << 23,
    PropagatesStopTo = 1u << 24,
    StopPropagatedFrom = 1u << 25,
    JoinsNamespaceOf = 1u << 26,
    References = 1u << 27,
    ReferencedBy = 1u << 28,
    InSlice = 1u << 29,
    SliceOf = 1u << 30,

    // What each kind does, by group.

    /// <summary>A start of this unit starts those, and fails with them.</summary>
    PullInStart = Requires | BindsTo,
    /// <summary>A start of this unit starts those; their failure is ignored.</summary>
    PullInStartIgnored = Wants | Upholds,
    /// <summary>A start of this unit needs those to be active already.</summary>
    PullInVerify = Requisite,
    /// <summary>A start of this unit stops those.</summary>
    PullInStop = Conflicts,
    /// <summary>A start of this unit stops those if it may.</summary>
    PullInStopIgnored = ConflictedBy,
    /// <summary>Those stop when this unit is stopped by a job.</summary>
    PropagateRestart = RequiredBy | RequisiteOf | BoundBy | ConsistsOf,
    PropagateStop = PropagateRestart | PropagatesStopTo,
    /// <summary>Those fail when the start of this unit fails.</summary>
    PropagateStartFailure = RequiredBy | RequisiteOf | BoundBy,
    /// <summary>Those fail when the stop of this unit fails.</summary>
    PropagateStopFailure = ConflictedBy,
    /// <summary>Those are needed while this one is up, although it came up by itself.</summary>
    RetroactiveStartReplace = Requires | BindsTo | Upholds,
    RetroactiveStartFail = Wants,
    RetroactiveStopOnStart = Conflicts | ConflictedBy,
    RetroactiveStopOnStop = BoundBy | PropagatesStopTo,
    /// <summary>Those keep this unit from being unneeded while they are up.</summary>
    PinsStopWhenUnneeded = RequiredBy | RequisiteOf | WantedBy | BoundBy | UpheldBy,
    /// <summary>Those may become unneeded when this unit goes down.</summary>
    AddStopWhenUnneeded = Requires | Requisite | Wants | BindsTo | Upholds,
    /// <summary>A target orders itself after those by default.</summary>
    DefaultTargetDependencies = Requires | Requisite | Wants | BindsTo | Upholds,
    /// <summary>Inverse of the former.</summary>
    WantedInAnyWay = RequiredBy | RequisiteOf | WantedBy | BoundBy | UpheldBy,
}

/// <summary>Why an edge exists: what a reload may drop, and what `dot` and `sctl why` show.</summary>
[Flags]
public enum DepOrigin : ushort
{
    None = 0,
    /// <summary>Written in the unit's file or a drop-in, or a .wants link.</summary>
    File = 1,
    /// <summary>Follows from the unit's type and settings.</summary>
    Implicit = 2,
    /// <summary>Of DefaultDependencies=yes.</summary>
    Default = 4,
    /// <summary>From RequiresMountsFor= and paths that imply it.</summary>
    Path = 8,
    /// <summary>From the kernel's mount table.</summary>
    Mountinfo = 16,
    /// <summary>From the udev database.</summary>
    Udev = 32,
    /// <summary>Set over the bus for a transient unit.</summary>
    Bus = 64,
    /// <summary>From /proc/swaps.</summary>
    ProcSwap = 128,
}

/// <summary>Names and inverses of the kinds.</summary>
public static class Deps
{
    public const int Count = 31;

    private static readonly string[] s_names =
    [
        "Requires", "Requisite", "Wants", "BindsTo", "PartOf", "Upholds", "RequiredBy", "RequisiteOf", "WantedBy", "BoundBy",
        "ConsistsOf", "UpheldBy", "Conflicts", "ConflictedBy", "Before", "After", "OnSuccess", "OnSuccessOf", "OnFailure",
        "OnFailureOf", "Triggers", "TriggeredBy", "PropagatesReloadTo", "ReloadPropagatedFrom", "PropagatesStopTo",
        "StopPropagatedFrom", "JoinsNamespaceOf", "References", "ReferencedBy", "InSlice", "SliceOf",
    ];

    private static readonly Dep[] s_inverse =
    [
        Dep.RequiredBy, Dep.RequisiteOf, Dep.WantedBy, Dep.BoundBy, Dep.ConsistsOf, Dep.UpheldBy, Dep.Requires, Dep.Requisite,
        Dep.Wants, Dep.BindsTo, Dep.PartOf, Dep.Upholds, Dep.ConflictedBy, Dep.Conflicts, Dep.After, Dep.Before, Dep.OnSuccessOf,
        Dep.OnSuccess, Dep.OnFailureOf, Dep.OnFailure, Dep.TriggeredBy, Dep.Triggers, Dep.ReloadPropagatedFrom,
        Dep.PropagatesReloadTo, Dep.StopPropagatedFrom, Dep.PropagatesStopTo, Dep.None, Dep.ReferencedBy,
        Dep.References, Dep.SliceOf, Dep.InSlice,
    ];

    /// <summary>The D-Bus property and directive name of one kind.</summary>
    public static string Name(Dep one) => s_names[System.Numerics.BitOperations.TrailingZeroCount((uint)one)];

    /// <summary>The kind of that directive or property name; None if there is none such.</summary>
    public static Dep Parse(ReadOnlySpan<char> name)
    {
        for (int i = 0; i < s_names.Length; i++)
        {
            if (name.SequenceEqual(s_names[i])) { return (Dep)(1u << i); }
        }
        return Dep.None;
    }

    public static Dep Inverse(Dep kinds)
    {
        Dep result = Dep.None;
        for (uint rest = (uint)kinds; rest != 0; rest &= rest - 1)
        {
            result |= s_inverse[System.Numerics.BitOperations.TrailingZeroCount(rest)];
        }
        return result;
    }
}
