namespace SysMaster.Spawn.Pid1;

/// <summary>Signal sets as the kernel has them: bit n-1 is signal n.</summary>
public static class SignalMasks
{
    /// <summary>ILL TRAP ABRT BUS FPE SEGV SYS: blocked, they would kill at once, handler or not.</summary>
    public const ulong Faults = 1UL << 3 | 1UL << 4 | 1UL << 5 | 1UL << 6 | 1UL << 7 | 1UL << 10 | 1UL << 30;

    /// <summary>Everything but faults and the signals of glibc and the runtime (32 to 34): what a program of ours is started with, so that a
    /// signal cannot hit a thread that the runtime made before our first line ran.</summary>
    public const ulong Blocked = ~(Faults | 7UL << 31);

    /// <summary>What is left of <see cref="Blocked"/> when it is read back: KILL and STOP cannot be blocked.</summary>
    public const ulong BlockedAsRead = Blocked & ~(1UL << 8 | 1UL << 18);
}
