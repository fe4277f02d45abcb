namespace SysMaster.Core.Directives;

/// <summary>How much of /home, /root and /run/user is visible.</summary>
public enum ProtectHome
{
    No,
    Yes,
    ReadOnly,
    Tmpfs,
}
