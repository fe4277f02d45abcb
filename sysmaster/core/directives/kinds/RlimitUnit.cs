namespace SysMaster.Core.Directives;

/// <summary>What the numbers of a resource limit count.</summary>
public enum RlimitUnit
{
    Count,
    Bytes,
    Sec,
    Usec,

    /// <summary>Raw 0..40, or a nice level with its sign.</summary>
    Nice,
}
