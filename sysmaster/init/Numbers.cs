using SysMaster.Linux;

namespace SysMaster.Init;

/// <summary>The descriptors init holds under fixed numbers, and the kernel's numbers that only init needs.</summary>
internal static class Numbers
{
    // Above what the kernel hands out to a process with so few open. Not CLOEXEC: a fault re-executes init over them.
    public const int TableFd = 32;
    public const int LinkFd = 33;
    public const int CallFd = 34;
    public const int HangTimerFd = 35;

    // CLOEXEC, open only while a child is started with them.
    public const int ChildLinkFd = 36;
    public const int ChildCallFd = 37;
    public const int ChildExecutorFd = 38;

    /// <summary>Kept descriptor i is number KeptFd + i.</summary>
    public const int KeptFd = 64;

    public static readonly int SYS_mmap = LibC.IsArm64 ? 222 : 9;
    public static readonly int SYS_mprotect = LibC.IsArm64 ? 226 : 10;
    public static readonly int SYS_rt_sigaction = LibC.IsArm64 ? 134 : 13;
    public static readonly int SYS_sigaltstack = LibC.IsArm64 ? 132 : 131;
    public static readonly int SYS_statx = LibC.IsArm64 ? 291 : 332;
    public static readonly int SYS_umask = LibC.IsArm64 ? 166 : 95;

    public const int SIGHUP = 1;
    public const int SIGABRT = 6;
    public const int SIGKILL = 9;
    public const int SIGCHLD = 17;

    /// <summary>Faults must stay deliverable, and glibc's and the runtime's own signals (32, 33, 34) are theirs.</summary>
    private const ulong Faults = 1UL << 3 | 1UL << 4 | 1UL << 5 | 1UL << 6 | 1UL << 7 | 1UL << 10 | 1UL << 30;

    /// <summary>What init and the programs it starts run with: all blocked but faults.</summary>
    public const ulong BlockedMask = ~(Faults | 7UL << 31);

    public const ulong ChildMask = 1UL << (SIGCHLD - 1);

    /// <summary>What is forwarded to the core: HUP INT QUIT USR1 USR2 TERM WINCH PWR and SIGRTMIN+1 (35) to +30.</summary>
    public const ulong ForwardedMask =
        1UL << 0 | 1UL << 1 | 1UL << 2 | 1UL << 9 | 1UL << 11 | 1UL << 14 | 1UL << 27 | 1UL << 29 | ~0UL << 34;
}
