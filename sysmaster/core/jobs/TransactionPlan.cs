using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>What a request would put into the queue, as data: <see cref="Manager.PlanJob"/>. Names, not units: it outlives the turn.</summary>
public sealed class TransactionPlan
{
    public List<PlannedJob> Jobs { get; } = [];

    /// <summary>What was pulled in and left out again, or could not be.</summary>
    public List<PlannedDrop> Dropped { get; } = [];

    /// <summary>Units that were pulled in and are already as they are to be.</summary>
    public List<UnitName> Unchanged { get; } = [];

    /// <summary>Queued jobs of other units that the mode (isolate, flush) would cancel.</summary>
    public List<PlannedDrop> Cancelled { get; } = [];
}

/// <summary>One job that would be queued.</summary>
/// <param name="Queued">The job that the unit has already, "" for none: it is merged with the new one, or cancelled for it (<paramref name="Replaces"/>).</param>
/// <param name="Matters">The job that was asked for cannot do without it.</param>
/// <param name="Reasons">Who pulls it in; none for the one that was asked for.</param>
/// <param name="After">Units whose jobs, planned or queued, it would wait for.</param>
public sealed record PlannedJob(UnitName Unit, string Type, string Queued, bool Replaces, bool Matters, IReadOnlyList<PlannedReason> Reasons, IReadOnlyList<UnitName> After);

/// <summary>Why a job is in it.</summary>
/// <param name="By">The unit whose job needs it.</param>
/// <param name="How">The dependency's name: "Requires", "ConflictedBy"; or the mode: "isolate".</param>
/// <param name="IsNeeded">That job fails without it.</param>
public sealed record PlannedReason(UnitName By, string How, bool IsNeeded);

/// <param name="Type">Of the job; empty where there was none yet.</param>
/// <param name="Why">For people.</param>
public sealed record PlannedDrop(UnitName Unit, string Type, string Why);
