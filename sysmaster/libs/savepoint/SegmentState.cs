namespace SysMaster.Savepoint;

/// <summary>What a segment's header says of it.</summary>
public enum SegmentState
{
    /// <summary>Not ours, or never written.</summary>
    Foreign,

    /// <summary>Its checksum or size is wrong.</summary>
    Unsound,

    /// <summary>Written by a build with another format.</summary>
    OtherVersion,

    /// <summary>A compaction was filling it.</summary>
    Filling,

    Complete,
}
