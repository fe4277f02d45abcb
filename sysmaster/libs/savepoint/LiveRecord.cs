namespace SysMaster.Savepoint;

/// <summary>Where the latest record of a key stands, and what a running compaction has done with it.</summary>
internal sealed class LiveRecord(RecordKey key)
{
    public readonly RecordKey Key = key;
    public long Offset;
    public int Length;   // padded

    /// <summary>Its place in the segment being filled; 0 while it is not there.</summary>
    public long CopyOffset;

    /// <summary>Waits to be copied (again).</summary>
    public bool Queued;

    /// <summary>Removed while a compaction runs, which must say so if it has copied it.</summary>
    public bool Removed;
}
