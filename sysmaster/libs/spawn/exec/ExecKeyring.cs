namespace SysMaster.Spawn.Exec;

/// <summary>KeyringMode=.</summary>
public enum ExecKeyring
{
    Inherit,
    Private,
    Shared,
}
