namespace SysMaster.Core.Status;

/// <summary>What stands in the brackets before a status line.</summary>
public enum StatusMark
{
    /// <summary>Nothing, and no indent.</summary>
    None,

    /// <summary>Nine blanks: something begins.</summary>
    Indent,
    Ok,
    Failed,
    Timeout,
    Dependency,
    Skip,
    Info,
    Assert,
    Unsupported,
    Once,
}
