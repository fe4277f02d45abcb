using SysMaster.Core.Directives;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>What a unit type can do, asked by the core instead of naming types.</summary>
[Flags]
public enum UnitCaps : ushort
{
    None = 0,
    CanTransient = 1,
    CanFail = 2,
    CanTrigger = 4,
    /// <summary>Has processes, hence a control group.</summary>
    HasCgroup = 8,
    /// <summary>Runs commands with [Service]-like execution settings.</summary>
    HasExec = 16,
    HasKill = 32,
    CanDelegate = 64,
    /// <summary>A start job that was done once stays so; nothing more is to be said of it (devices, mounts seen by the kernel).</summary>
    GcJobs = 128,
    /// <summary>Start and stop are messages on the console.</summary>
    Announces = 256,
    /// <summary>A start is done once it was asked for (targets): no "Starting…" line.</summary>
    OncePerStart = 512,
    /// <summary>Comes and goes by itself: nothing can be ordered before it by us (devices).</summary>
    NeverOrdered = 1024,
    /// <summary>Comes after what it pulls in, by default (targets).</summary>
    OrdersAfterWanted = 2048,
    /// <summary>What isolate leaves alone unless the unit's file says otherwise: what the kernel has, and what others are in.</summary>
    OutlivesIsolate = 4096,
}

/// <param name="fields">Of the record.</param>
/// <param name="pids">What is in the unit's control group; at least one.</param>
public delegate bool RecordExplains(SysMaster.Savepoint.RecordReader fields, IReadOnlyList<int> pids);

/// <summary>
/// One unit type: the single value through which the rest of the manager knows it. A type is a folder in sysmaster/units; the list of
/// folders in SysMaster.Units.csproj emits the registry of these.
/// </summary>
public sealed class UnitType
{
    public required UnitKind Kind { get; init; }

    /// <summary>The sections of its files and the rows that are valid in them.</summary>
    public required DirectiveSet Directives { get; init; }

    public required Func<Manager, UnitName, Unit> Create { get; init; }

    public UnitCaps Caps { get; init; }

    /// <summary>May this type exist here (swap without /proc/swaps, automount without autofs)?</summary>
    public Func<Manager, bool>? IsSupported { get; init; }

    /// <summary>Once at start-up and after a reload: find what the kernel has already (mounts, swaps, devices).</summary>
    public Action<Manager>? Enumerate { get; init; }

    /// <summary>Puts those of the manager's settings that are defaults of this type into a bag that its units fall back to.</summary>
    public Action<SettingsBag, SettingsBag>? ApplyDefaults { get; init; }

    /// <summary>Whether a record of such a unit, perhaps an old one, goes with the processes found in its control group. Null: it always does.</summary>
    public RecordExplains? Explains { get; init; }

    /// <summary>Ends the type's own watches.</summary>
    public Action<Manager>? Shutdown { get; init; }

    /// <summary>What is said when a job of this type's units starts or ends; null: nothing on the console.</summary>
    public JobMessages? Messages { get; init; }

    public bool Has(UnitCaps cap) => (Caps & cap) != 0;
}
