namespace SysMaster.Cgroups;

/// <summary>How the control groups of this machine or container are mounted.</summary>
public enum CgroupMode
{
    /// <summary>No tree that processes could be tracked in.</summary>
    None,

    /// <summary>One cgroup2 tree for everything.</summary>
    Unified,

    /// <summary>Controllers in v1 trees, processes tracked in a cgroup2 tree (and in name=systemd where that is mounted).</summary>
    Hybrid,

    /// <summary>v1 alone: processes are tracked in name=systemd; emptiness is told by a release agent.</summary>
    Legacy,
}
