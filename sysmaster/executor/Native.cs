using System.Runtime.InteropServices;
using SysMaster.Linux;

namespace SysMaster.Executor;

/// <summary>The few system calls that nothing but the executor makes.</summary>
internal static unsafe partial class Native
{
    public const uint STATX_TYPE = 1;
    public const uint STATX_MODE = 2;
    public const uint STATX_NLINK = 4;
    public const uint STATX_BASIC = 0x7ff;
    public const ulong SIG_DFL = 0;
    public const ulong SIG_IGN = 1;

    [LibraryImport("libc", SetLastError = true)]
    public static partial int statx(int dirfd, byte* path, int flags, uint mask, byte* buffer);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int mknodat(int dirfd, byte* path, uint mode, ulong device);

    [LibraryImport("libc")]
    public static partial uint umask(uint mask);

    [LibraryImport("libc")]
    public static partial void openlog(byte* ident, int option, int facility);

    /// <summary>struct kernel_sigaction: handler, flags, restorer, mask; 8 bytes each.</summary>
    public static int rt_sigaction(int signal, ulong* set, ulong* old) =>
        (int)LibC.syscall(LibC.IsArm64 ? 134 : 13, signal, (nint)set, (nint)old, sizeof(ulong));

    /// <summary>Makes a signal default or ignored.</summary>
    public static void SetDisposition(int signal, ulong handler)
    {
        ulong* action = stackalloc ulong[4] { handler, 0, 0, 0 };
        _ = rt_sigaction(signal, action, null);
    }
}
