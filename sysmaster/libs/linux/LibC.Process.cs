using System.Runtime.InteropServices;

namespace SysMaster.Linux;

/// <summary>siginfo_t as waitid(2) and signals fill it; 128 bytes, 64-bit layout.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
public struct siginfo_t
{
    [FieldOffset(0)] public int si_signo;
    [FieldOffset(4)] public int si_errno;
    [FieldOffset(8)] public int si_code;
    [FieldOffset(16)] public int si_pid;
    [FieldOffset(20)] public uint si_uid;
    [FieldOffset(24)] public int si_status;
}

/// <summary>Processes, signals masks, waiting. Signal sets are the kernel's: one ulong, bit n-1 is signal n.</summary>
public static unsafe partial class LibC
{
    public const int P_ALL = 0;
    public const int P_PID = 1;
    public const int P_PIDFD = 3;
    public const int WNOHANG = 1;
    public const int WSTOPPED = 2;
    public const int WEXITED = 4;
    public const int WCONTINUED = 8;
    public const int WNOWAIT = 0x01000000;
    public const int CLD_EXITED = 1;
    public const int CLD_KILLED = 2;
    public const int CLD_DUMPED = 3;
    public const int CLD_STOPPED = 5;
    public const int SIG_BLOCK = 0;
    public const int SIG_UNBLOCK = 1;
    public const int SIG_SETMASK = 2;

    public static readonly bool IsArm64 = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
    public static readonly nint SYS_rt_sigprocmask = IsArm64 ? 135 : 14;
    public const int SYS_pidfd_send_signal = 424;
    public const int SYS_pidfd_open = 434;
    public const int SYS_clone3 = 435;
    public const int SYS_close_range = 436;
    public const int SYS_openat2 = 437;

    [LibraryImport("libc", SetLastError = true)]
    public static partial int waitid(int idtype, int id, siginfo_t* info, int options);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int execve(byte* path, byte** argv, byte** envp);

    [LibraryImport("libc")]
    public static partial void _exit(int status);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int setsid();

    [LibraryImport("libc", SetLastError = true)]
    public static partial int posix_spawn(int* pid, byte* path, void* fileActions, void* attributes, byte** argv, byte** envp);

    /// <summary>The calling thread's mask, by the raw system call (glibc hides its own two signals).</summary>
    public static Errno SetSignalMask(int how, ulong set)
    {
        return Errno.FromResult(syscall(SYS_rt_sigprocmask, how, (nint)(&set), 0, sizeof(ulong)));
    }
}
