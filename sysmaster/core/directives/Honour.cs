namespace SysMaster.Core.Directives;

/// <summary>What a directive does here. Parsing is not doing: the difference is declared, reported when used, and counted in public.</summary>
public enum Honour : byte
{
    /// <summary>Parsed and acted upon.</summary>
    Yes,

    /// <summary>Parsed, shown and kept, but without effect so far.</summary>
    Not,

    /// <summary>An old name: accepted with a notice; it means another directive, or nothing any more.</summary>
    Obsolete,
}
