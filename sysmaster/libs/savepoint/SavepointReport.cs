namespace SysMaster.Savepoint;

/// <summary>What opening a log found.</summary>
public readonly record struct SavepointReport
{
    public SegmentState First { get; init; }

    public SegmentState Second { get; init; }

    /// <summary>Committed batches that were read.</summary>
    public int Batches { get; init; }

    /// <summary>Records in them, superseded ones included.</summary>
    public int Records { get; init; }

    public ReplayEnd End { get; init; }

    /// <summary>Where the sound part ends.</summary>
    public long EndOffset { get; init; }

    /// <summary>Records of an open batch that were ignored.</summary>
    public int IgnoredRecords { get; init; }

    /// <summary>Records with a bit that was turned over, and right again.</summary>
    public int Repaired { get; init; }

    /// <summary>Bytes that were stepped over since they were no sound record, with committed batches behind them: changes are lost.</summary>
    public long Lost { get; init; }
}
