namespace SysMaster.Core;

/// <summary>A job as long as the transaction is only planned: several may still stand for one unit.</summary>
internal sealed class TransactionJob(Unit unit, JobType type)
{
    public Unit Unit { get; } = unit;
    public JobType Type { get; set; } = type;
    public bool Irreversible { get; init; }
    public bool IgnoreOrder { get; init; }

    /// <summary>Removing it would break the job that the caller asked for.</summary>
    public bool MattersToAnchor { get; set; }

    public List<TransactionLink> Subjects { get; } = [];
    public List<TransactionLink> Objects { get; } = [];

    /// <summary>Only for a plan: who has pulled it in, whatever became of that one's job since.</summary>
    public List<(TransactionJob By, bool Matters)>? PulledBy { get; set; }

    public int Generation { get; set; }
    public TransactionJob? Marker { get; set; }
    public bool Removed { get; set; }
}

/// <summary>"Subject needs object"; the anchor's subject is null.</summary>
internal sealed class TransactionLink(TransactionJob? subject, TransactionJob target, bool matters, bool conflicts)
{
    public TransactionJob? Subject { get; } = subject;
    public TransactionJob Object { get; } = target;
    public bool Matters { get; } = matters;
    public bool Conflicts { get; } = conflicts;
}
