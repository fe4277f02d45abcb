using SysMaster.Linux;

namespace SysMaster.Executor;

/// <summary>Paths as bytes, and the little that is done with them.</summary>
internal static unsafe class Paths
{
    public static ByteText Concat(ByteText a, ReadOnlySpan<byte> b)
    {
        Span<byte> text = a.Length + b.Length <= 1024 ? stackalloc byte[1024] : new byte[a.Length + b.Length];
        a.Span.CopyTo(text);
        b.CopyTo(text[a.Length..]);
        return new ByteText(text[..(a.Length + b.Length)]);
    }

    /// <summary>One slash between; an absolute second part is taken below the first.</summary>
    public static ByteText Join(ByteText a, ReadOnlySpan<byte> b)
    {
        b = b.TrimStart((byte)'/');
        bool slash = a.EndsWith("/"u8);
        if (b.IsEmpty) { return a.Length > 1 ? a.Span.TrimEnd((byte)'/') : a; }
        Span<byte> text = a.Length + b.Length < 1024 ? stackalloc byte[1025] : new byte[a.Length + b.Length + 1];
        a.Span.CopyTo(text);
        int at = a.Length;
        if (!slash) { text[at++] = (byte)'/'; }
        b.CopyTo(text[at..]);
        return new ByteText(text[..(at + b.Length)]);
    }

    public static ReadOnlySpan<byte> Name(ByteText path) => path.Span[(path.Span.LastIndexOf((byte)'/') + 1)..];

    public static ByteText Parent(ByteText path)
    {
        int slash = path.Span.LastIndexOf((byte)'/');
        return slash <= 0 ? new ByteText("/"u8) : path.Span[..slash];
    }

    /// <summary>"/proc/self/fd/N": names what a descriptor refers to for calls that want a path.</summary>
    public static ByteText OfFd(int fd) => Concat(new ByteText("/proc/self/fd/"u8), Identity.Number((ulong)fd).Span);

    public static Errno Chown(ByteText path, uint uid, uint gid)
    {
        fixed (byte* p = path.CString)
        {
            return LibC.fchownat(LibC.AT_FDCWD, p, uid, gid, LibC.AT_SYMLINK_NOFOLLOW) < 0 ? Errno.Last : Errno.None;
        }
    }

    public static Errno Chmod(ByteText path, uint mode)
    {
        fixed (byte* p = path.CString) { return LibC.fchmodat(LibC.AT_FDCWD, p, mode, 0) < 0 ? Errno.Last : Errno.None; }
    }

    /// <summary>Type, mode, owner, device and inode.</summary>
    public static Result<FileFacts> Stat(ByteText path, bool follow = true)
    {
        fixed (byte* p = path.CString) { return Stat(LibC.AT_FDCWD, p, follow ? 0 : LibC.AT_SYMLINK_NOFOLLOW); }
    }

    public static Result<FileFacts> StatFd(int fd)
    {
        byte none = 0;
        return Stat(fd, &none, LibC.AT_EMPTY_PATH);
    }

    private static Result<FileFacts> Stat(int dirfd, byte* path, int flags)
    {
        byte* x = stackalloc byte[256];   // struct statx
        if (Native.statx(dirfd, path, flags, Native.STATX_BASIC, x) < 0) { return Errno.Last; }
        ulong device = ((ulong)*(uint*)(x + 136) << 8 & 0xfff00) | (*(uint*)(x + 140) & 0xff) | ((ulong)(*(uint*)(x + 140) & ~0xffu) << 12);
        return new FileFacts(*(ushort*)(x + 28), *(uint*)(x + 20), *(uint*)(x + 24), device, *(ulong*)(x + 32), *(ulong*)(x + 40));
    }
}
