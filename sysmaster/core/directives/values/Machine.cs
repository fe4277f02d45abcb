namespace SysMaster.Core.Directives;

/// <summary>What percentages are percentages of. The program sets both once at start, before units are loaded.</summary>
public static class Machine
{
    /// <summary>Physical memory in bytes, within the manager's own cgroup.</summary>
    public static ulong Memory { get; set; } = ulong.MaxValue;

    /// <summary>Most tasks the machine takes: the least of pid_max, threads-max and the root cgroup's pids.max.</summary>
    public static ulong Tasks { get; set; } = ulong.MaxValue;
}
