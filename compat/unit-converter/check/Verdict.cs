namespace SysMaster.UnitConverter.Check;

/// <summary>What sysmaster does with one line of a unit file.</summary>
internal enum Verdict
{
    /// <summary>Has its effect.</summary>
    Honoured,

    /// <summary>Read and shown; nothing comes of it.</summary>
    ParsedOnly,

    /// <summary>An old name: accepted, and means another directive or nothing.</summary>
    Obsolete,

    /// <summary>No directive of this section: passed over.</summary>
    Unknown,

    /// <summary>The value is refused, or a part of it.</summary>
    BadValue,

    /// <summary>Not a line of a unit file.</summary>
    BadLine,
}
