namespace SysMaster.Spawn.Exec;

/// <summary>The words after the name in OpenFile=. systemd.service(5).</summary>
[Flags]
public enum ExecOpenOptions
{
    /// <summary>Read and write.</summary>
    None = 0,
    ReadOnly = 1,
    Append = 2,
    Truncate = 4,

    /// <summary>One that cannot be opened is left out.</summary>
    Graceful = 8,
}
