using System.Runtime.InteropServices;

namespace SysMaster.Linux;

/// <summary>openat2(2), Linux 5.6. glibc has no wrapper; the number is the same on x86-64 and arm64.</summary>
public static unsafe partial class LibC
{
    public const ulong RESOLVE_NO_XDEV = 0x01;
    public const ulong RESOLVE_NO_MAGICLINKS = 0x02;
    public const ulong RESOLVE_NO_SYMLINKS = 0x04;
    public const ulong RESOLVE_BENEATH = 0x08;
    public const ulong RESOLVE_IN_ROOT = 0x10;

    public static int openat2(int dirfd, byte* pathname, open_how* how)
        => (int)syscall(SYS_openat2, dirfd, (nint)pathname, (nint)how, sizeof(open_how));

    /// <summary>struct open_how, first version.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct open_how
    {
        public ulong flags;
        public ulong mode;
        public ulong resolve;
    }
}
