namespace SysMaster.Linux;

/// <summary>Mounts: /proc/PID/mountinfo line by line (proc(5)), and whether something is mounted somewhere.</summary>
public static unsafe partial class Sys
{
    private const int STATX_ATTR_MOUNT_ROOT = 0x2000;
    private static readonly int SYS_statx = LibC.IsArm64 ? 291 : 332;

    /// <summary>Whether the path itself is the root of a mount. statx(2) tells since Linux 5.8.</summary>
    public static bool IsMountPoint(ReadOnlySpan<byte> pathWithNul)
    {
        ulong* statx = stackalloc ulong[32];   // struct statx: stx_attributes is the second
        fixed (byte* p = pathWithNul)
        {
            nint r = LibC.syscall(SYS_statx, LibC.AT_FDCWD, (nint)p, LibC.AT_SYMLINK_NOFOLLOW, 0, (nint)statx);
            return r == 0 && (statx[1] & STATX_ATTR_MOUNT_ROOT) != 0;
        }
    }

    /// <summary>mount(2). All texts are literals or otherwise end with a NUL behind their length; an empty one is NULL.</summary>
    public static Errno Mount(ReadOnlySpan<byte> source, ReadOnlySpan<byte> target, ReadOnlySpan<byte> type, nuint flags, ReadOnlySpan<byte> options)
    {
        fixed (byte* s = source, t = target, f = type, o = options) { return Errno.FromResult(LibC.mount(s, t, f, flags, o)); }
    }

    /// <summary>A directory with 0755 at a path that ends with a NUL behind its length; one that exists is fine. Allocates nothing.</summary>
    public static Errno MakeDirectory(ReadOnlySpan<byte> pathWithNul)
    {
        fixed (byte* p = pathWithNul)
        {
            Errno e = Errno.FromResult(LibC.mkdirat(LibC.AT_FDCWD, p, 0x1ED));
            return e == Errno.EEXIST ? Errno.None : e;
        }
    }
}
