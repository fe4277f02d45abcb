namespace SysMaster.Core.Directives;

/// <summary>What systemd-oomd may do with a cgroup.</summary>
public enum ManagedOomMode
{
    Auto,
    Kill,
}
