namespace SysMaster.Savepoint;

/// <summary>Why the replay of a segment ended where it did.</summary>
public enum ReplayEnd
{
    /// <summary>At the end of what was written.</summary>
    Clean,

    /// <summary>Sound records without their commit mark: the process died before it had decided. They are ignored.</summary>
    OpenBatch,

    /// <summary>Something that is no sound record: a torn write, or damage with nothing sound behind it. It is ignored.</summary>
    Unsound,
}
