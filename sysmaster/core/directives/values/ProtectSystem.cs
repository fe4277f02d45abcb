namespace SysMaster.Core.Directives;

/// <summary>How much of the system is read-only.</summary>
public enum ProtectSystem
{
    No,
    Yes,
    Full,
    Strict,
}
