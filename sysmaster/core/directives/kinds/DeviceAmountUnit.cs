namespace SysMaster.Core.Directives;

/// <summary>What a number for a block device counts.</summary>
public enum DeviceAmountUnit
{
    /// <summary>1 to 10000.</summary>
    Weight,

    /// <summary>10 to 1000, of control groups v1.</summary>
    BlockWeight,

    /// <summary>Bytes or operations per second, suffixes of 1000; "infinity".</summary>
    Bandwidth,

    /// <summary>Bytes per second of control groups v1.</summary>
    BlockBandwidth,

    /// <summary>A time span in microseconds.</summary>
    Latency,
}
