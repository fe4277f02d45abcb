namespace SysMaster.Core.Directives;

/// <summary>How gladly systemd-oomd picks a cgroup.</summary>
public enum ManagedOomPreference
{
    None,
    Avoid,
    Omit,
}
