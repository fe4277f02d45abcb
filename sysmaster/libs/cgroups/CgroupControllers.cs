namespace SysMaster.Cgroups;

/// <summary>Controllers, as a set. v1 and v2 names side by side: cpuacct and blkio are v1's, io is v2's.</summary>
[Flags]
public enum CgroupControllers
{
    None = 0,
    Cpu = 1,
    Cpuacct = 2,
    Cpuset = 4,
    Io = 8,
    Blkio = 16,
    Memory = 32,
    Devices = 64,
    Pids = 128,
    Freezer = 256,

    /// <summary>Those that v2 switches through cgroup.subtree_control.</summary>
    AllV2 = Cpu | Cpuset | Io | Memory | Pids,
}
