namespace SysMaster.Core.Directives;

/// <summary>The kernel session keyring of a process.</summary>
public enum ExecKeyringMode
{
    Inherit,
    Private,
    Shared,
}
