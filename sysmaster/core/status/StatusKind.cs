namespace SysMaster.Core.Status;

/// <summary>Who gets to see a line.</summary>
public enum StatusKind
{
    /// <summary>With status output on.</summary>
    Normal,

    /// <summary>Bad news: unless status output is off altogether.</summary>
    Notice,

    /// <summary>Always (the machine goes down).</summary>
    Emergency,

    /// <summary>As Normal, and overwritten by the next line: the running line.</summary>
    Ephemeral,
}
