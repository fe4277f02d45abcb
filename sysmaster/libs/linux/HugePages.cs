namespace SysMaster.Linux;

/// <summary>
/// Transparent huge pages for this process and what it executes (the switch outlives execve and is inherited; /proc/PID/status shows it as
/// THP_enabled). Where the kernel gives them out always, one lands in the stack of a thread that uses 8 KiB: 2 MiB. prctl(2).
/// </summary>
public static class HugePages
{
    public static void Refuse() => _ = LibC.prctl(LibC.PR_SET_THP_DISABLE, 1, 0, 0, 0);

    /// <summary>For a program that is not ours: it decides for itself.</summary>
    public static void Allow() => _ = LibC.prctl(LibC.PR_SET_THP_DISABLE, 0, 0, 0, 0);
}
