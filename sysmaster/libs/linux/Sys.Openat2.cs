namespace SysMaster.Linux;

/// <summary>Opening what must not lead out of a tree.</summary>
public static unsafe partial class Sys
{
    /// <summary>openat2(2) with O_CLOEXEC: RESOLVE_IN_ROOT treats <paramref name="dirfd"/> as "/", links included.</summary>
    /// <returns>ELOOP or EXDEV where the path breaks the rule; ENOSYS before Linux 5.6.</returns>
    public static Result<OwnedFd> OpenAt2(Fd dirfd, ByteText path, int flags, ulong resolve, uint mode = 0)
    {
        var how = new LibC.open_how { flags = (uint)(flags | LibC.O_CLOEXEC), mode = mode, resolve = resolve };
        fixed (byte* p = path.CString)
        {
            int fd;
            do { fd = LibC.openat2(dirfd.Value, p, &how); }
            while (fd < 0 && (Errno.Last == Errno.EINTR || Errno.Last == Errno.EAGAIN));
            return fd < 0 ? Errno.Last : new OwnedFd(fd);
        }
    }

    /// <summary>A directory below <paramref name="root"/>, read as <see cref="OpenDirectory"/> reads one.</summary>
    public static Result<DirectoryReader> OpenDirectoryIn(Fd root, ByteText path)
    {
        Result<OwnedFd> fd = OpenAt2(root, path, LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_NONBLOCK, LibC.RESOLVE_IN_ROOT);
        return fd.Failed ? fd.Error : new DirectoryReader(fd.Value);
    }

    /// <summary>readlinkat(2) on a name in an open directory.</summary>
    public static Result<ByteText> ReadLinkAt(Fd dirfd, ByteText path)
    {
        Span<byte> buffer = stackalloc byte[4096];
        Result<int> n = ReadLinkAt(dirfd, path, buffer);
        return n.Failed ? n.Error : new ByteText(buffer[..n.Value]);
    }

    /// <returns>How many bytes of <paramref name="buffer"/> the target takes; ENAMETOOLONG when it does not fit.</returns>
    public static Result<int> ReadLinkAt(Fd dirfd, ByteText path, Span<byte> buffer)
    {
        fixed (byte* p = path.CString, b = buffer)
        {
            nint n = LibC.readlinkat(dirfd.Value, p, b, (nuint)buffer.Length);
            if (n < 0) { return Errno.Last; }
            return n == buffer.Length ? Errno.ENAMETOOLONG : (int)n;
        }
    }

    public static Errno SymlinkAt(ByteText target, Fd dirfd, ByteText name)
    {
        fixed (byte* t = target.CString, n = name.CString) { return Errno.FromResult(LibC.symlinkat(t, dirfd.Value, n)); }
    }

    public static Errno RenameAt(Fd fromDir, ByteText from, Fd toDir, ByteText to)
    {
        fixed (byte* f = from.CString, t = to.CString) { return Errno.FromResult(LibC.renameat(fromDir.Value, f, toDir.Value, t)); }
    }

    /// <summary>unlinkat(2); AT_REMOVEDIR among the flags for directories.</summary>
    public static Errno UnlinkAt(Fd dirfd, ByteText name, int flags = 0)
    {
        fixed (byte* n = name.CString) { return Errno.FromResult(LibC.unlinkat(dirfd.Value, n, flags)); }
    }

    public static Errno MkdirAt(Fd dirfd, ByteText name, uint mode)
    {
        fixed (byte* n = name.CString) { return Errno.FromResult(LibC.mkdirat(dirfd.Value, n, mode)); }
    }
}
