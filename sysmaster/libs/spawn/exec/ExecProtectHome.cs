namespace SysMaster.Spawn.Exec;

/// <summary>ProtectHome=.</summary>
public enum ExecProtectHome
{
    No,
    Yes,
    ReadOnly,
    Tmpfs,
}
