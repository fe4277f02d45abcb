using System.Runtime.InteropServices;

namespace SysMaster.Linux;

/// <summary>reboot(2), swapoff(2), pivot_root(2), and the limits of this process.</summary>
public static unsafe partial class LibC
{
    public const uint RB_AUTOBOOT = 0x01234567;
    public const uint RB_HALT_SYSTEM = 0xcdef0123;
    public const uint RB_ENABLE_CAD = 0x89abcdef;
    public const uint RB_DISABLE_CAD = 0;
    public const uint RB_POWER_OFF = 0x4321fedc;
    public const uint RB_SW_SUSPEND = 0xd000fce2;
    public const uint RB_KEXEC = 0x45584543;
    public const uint LINUX_REBOOT_CMD_RESTART2 = 0xa1b2c3d4;
    public const int RLIMIT_NOFILE = 7;

    /// <summary>The raw call, since RESTART2 takes the argument that glibc's reboot(3) leaves out.</summary>
    public static Errno Reboot(uint command, byte* argument = null) =>
        Errno.FromResult(syscall(IsArm64 ? 142 : 169, unchecked((int)0xfee1dead), 672274793, (nint)command, (nint)argument));

    public static Errno PivotRoot(byte* newRoot, byte* putOld) =>
        Errno.FromResult(syscall(IsArm64 ? 41 : 155, (nint)newRoot, (nint)putOld));

    /// <summary>prlimit(2) on this process: both limits.</summary>
    public static Errno SetLimit(int resource, ulong soft, ulong hard)
    {
        ulong* limit = stackalloc ulong[2];
        limit[0] = soft;
        limit[1] = hard;
        return Errno.FromResult(syscall(IsArm64 ? 261 : 302, 0, resource, (nint)limit, 0));
    }

    public static Errno GetLimit(int resource, out ulong soft, out ulong hard)
    {
        ulong* limit = stackalloc ulong[2];
        Errno e = Errno.FromResult(syscall(IsArm64 ? 261 : 302, 0, resource, 0, (nint)limit));
        soft = limit[0];
        hard = limit[1];
        return e;
    }

    [LibraryImport("libc", SetLastError = true)]
    public static partial int swapoff(byte* path);
}
