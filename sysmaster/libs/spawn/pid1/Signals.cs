using SysMaster.Linux;

namespace SysMaster.Spawn.Pid1;

/// <summary>
/// The mask a process of ours runs with, and back to what a foreign program expects. Huge pages go the same way: what init is executed without, its
/// children are too, until the executor allows them for a service.
/// </summary>
public static unsafe class Signals
{
    private const int SIGPIPE = 13;
    private static readonly int SYS_rt_sigaction = LibC.IsArm64 ? 134 : 13;

    /// <summary>Whether the mask was set before this program started: only then has it been so for each of its threads.</summary>
    public static bool AreBlocked()
    {
        ulong mask = 0;
        _ = LibC.syscall(LibC.SYS_rt_sigprocmask, LibC.SIG_BLOCK, 0, (nint)(&mask), sizeof(ulong));
        return (mask & SignalMasks.Blocked) == SignalMasks.BlockedAsRead;
    }

    public static void Block()
    {
        HugePages.Refuse();
        _ = LibC.SetSignalMask(LibC.SIG_SETMASK, SignalMasks.Blocked);
    }

    /// <summary>Nothing blocked, SIGPIPE (which the runtime ignores) at its default; handlers go with execve anyway.</summary>
    public static void Reset()
    {
        HugePages.Allow();
        ulong* action = stackalloc ulong[4];
        new Span<ulong>(action, 4).Clear();
        _ = LibC.syscall(SYS_rt_sigaction, SIGPIPE, (nint)action, 0, sizeof(ulong));
        _ = LibC.SetSignalMask(LibC.SIG_SETMASK, 0);
    }
}
