namespace SysMaster.Init;

/// <summary>Descriptors under fixed numbers, above what the kernel hands out to a process with so few open.</summary>
internal static class Numbers
{
    // Not CLOEXEC: a fault re-executes init over them.
    public const int TableFd = 32;
    public const int LinkFd = 33;
    public const int CallFd = 34;
    public const int HangTimerFd = 35;
    // CLOEXEC, open only while a child is started with them.
    public const int ChildLinkFd = 36;
    public const int ChildCallFd = 37;
    public const int ChildExecutorFd = 38;
    public const int CoreExecutorFd = 39;

    /// <summary>Kept descriptor i is number KeptFd + i.</summary>
    public const int KeptFd = 64;

    public const int SIGKILL = 9;
    public const ulong ChildMask = 1UL << 16;
    /// <summary>Forwarded to the core: HUP INT QUIT USR1 USR2 TERM WINCH PWR and SIGRTMIN+1 (35) to +30.</summary>
    public const ulong ForwardedMask =
        1UL << 0 | 1UL << 1 | 1UL << 2 | 1UL << 9 | 1UL << 11 | 1UL << 14 | 1UL << 27 | 1UL << 29 | ~0UL << 34;
}
