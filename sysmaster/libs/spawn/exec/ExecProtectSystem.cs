namespace SysMaster.Spawn.Exec;

/// <summary>ProtectSystem=.</summary>
public enum ExecProtectSystem
{
    No,

    /// <summary>/usr and the boot loader's directories are read-only.</summary>
    Yes,

    /// <summary>And /etc.</summary>
    Full,

    /// <summary>Everything but the API file systems.</summary>
    Strict,
}
