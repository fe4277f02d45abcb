using System.Text;

namespace SysMaster.Linux;

/// <summary>
/// Files for daemons: bytes in, bytes out, EINTR retried, never an exception (but for our own mistakes). Every descriptor is born
/// CLOEXEC. Split by subject: Sys.cs open/read/write, Sys.Stat.cs, Sys.Directories.cs.
/// </summary>
public static unsafe partial class Sys
{
    /// <summary>openat(2) with O_CLOEXEC added.</summary>
    public static Result<OwnedFd> Open(ByteText path, int flags, uint mode = 0, int dirfd = LibC.AT_FDCWD)
    {
        fixed (byte* p = path.CString)
        {
            int fd;
            do { fd = LibC.openat(dirfd, p, flags | LibC.O_CLOEXEC, mode); }
            while (fd < 0 && Errno.Last == Errno.EINTR);
            return fd < 0 ? Errno.Last : new OwnedFd(fd);
        }
    }

    /// <returns>Bytes read, 0 at the end.</returns>
    public static Result<int> Read(Fd fd, Span<byte> buffer)
    {
        fixed (byte* p = buffer)
        {
            nint n;
            do { n = LibC.read(fd.Value, p, (nuint)buffer.Length); }
            while (n < 0 && Errno.Last == Errno.EINTR);
            return n < 0 ? Errno.Last : (int)n;
        }
    }

    public static Result<int> Write(Fd fd, ReadOnlySpan<byte> buffer)
    {
        fixed (byte* p = buffer)
        {
            nint n;
            do { n = LibC.write(fd.Value, p, (nuint)buffer.Length); }
            while (n < 0 && Errno.Last == Errno.EINTR);
            return n < 0 ? Errno.Last : (int)n;
        }
    }

    /// <summary>Writes all, through short writes.</summary>
    public static Errno WriteAll(Fd fd, ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            Result<int> n = Write(fd, buffer);
            if (n.Failed) { return n.Error; }
            buffer = buffer[n.Value..];
        }
        return Errno.None;
    }

    /// <summary>A whole file of at most <paramref name="limit"/> bytes; EFBIG beyond it. Works for /proc and /sys, whose sizes are 0.</summary>
    public static Result<byte[]> ReadFile(ByteText path, int limit = 16 << 20)
    {
        Result<OwnedFd> open = Open(path, LibC.O_RDONLY | LibC.O_NOCTTY);
        if (open.Failed) { return open.Error; }
        using OwnedFd fd = open.Value;
        return ReadToEnd(fd.Fd, limit);
    }

    /// <summary>What one read(2) of a file brings: all of a line of /proc or /sys that fits.</summary>
    public static Result<int> ReadOnce(ByteText path, Span<byte> buffer)
    {
        Result<OwnedFd> open = Open(path, LibC.O_RDONLY | LibC.O_NOCTTY);
        if (open.Failed) { return open.Error; }
        using OwnedFd fd = open.Value;
        return Read(fd.Fd, buffer);
    }

    public static Result<byte[]> ReadToEnd(Fd fd, int limit = 16 << 20)
    {
        byte[] buffer = BytePool.Rent(4096);
        try
        {
            int used = 0;
            while (true)
            {
                if (used == buffer.Length)
                {
                    if (used >= limit) { return Errno.EFBIG; }
                    byte[] bigger = BytePool.Rent(Math.Min(buffer.Length * 2, Math.Max(limit, 4096)) + 1);
                    buffer.AsSpan(0, used).CopyTo(bigger);
                    BytePool.Return(buffer);
                    buffer = bigger;
                }
                Result<int> n = Read(fd, buffer.AsSpan(used));
                if (n.Failed) { return n.Error; }
                if (n.Value == 0) { return used > limit ? Errno.EFBIG : buffer.AsSpan(0, used).ToArray(); }
                used += n.Value;
            }
        }
        finally
        {
            BytePool.Return(buffer);
        }
    }

    /// <summary>One write(2) of the whole content, as /proc, /sys and cgroup attributes want it.</summary>
    public static Errno WriteFile(ByteText path, ReadOnlySpan<byte> content, int flags = LibC.O_WRONLY, uint mode = 0x1A4)
    {
        Result<OwnedFd> open = Open(path, flags | LibC.O_NOCTTY, mode);
        if (open.Failed) { return open.Error; }
        using OwnedFd fd = open.Value;
        return WriteAll(fd.Fd, content);
    }

    public static Errno Unlink(ByteText path, int flags = 0)
    {
        fixed (byte* p = path.CString) { return Errno.FromResult(LibC.unlinkat(LibC.AT_FDCWD, p, flags)); }
    }

    public static Errno Mkdir(ByteText path, uint mode)
    {
        fixed (byte* p = path.CString) { return Errno.FromResult(LibC.mkdirat(LibC.AT_FDCWD, p, mode)); }
    }

    /// <summary>
    /// Every missing parent with 0755, then the directory itself; an existing one is fine. What is made gets the label that a security policy has
    /// for it, which may be another than its parent's.
    /// </summary>
    public static Errno MkdirAll(ByteText path, uint mode, uint parentMode = 0x1ED)
    {
        Errno last = MkdirLabelled(path, mode);   // its parents are mostly there
        if (last != Errno.ENOENT) { return last == Errno.EEXIST ? Errno.None : last; }
        ReadOnlySpan<byte> span = path.Span;
        for (int i = 1; i < span.Length; i++)
        {
            if (span[i] == (byte)'/' && span[i - 1] != (byte)'/')
            {
                Errno e = MkdirLabelled(span[..i], parentMode);
                if (e.Failed && e != Errno.EEXIST && e != Errno.EROFS) { return e; }
            }
        }
        last = MkdirLabelled(path, mode);
        return last == Errno.EEXIST ? Errno.None : last;
    }

    public static Errno MkdirLabelled(ByteText path, uint mode)
    {
        Errno made = Mkdir(path, mode);
        if (!made.Failed) { _ = Selinux.Restore(path); }   // where it cannot be labelled, what its parent gives it has to do
        return made;
    }

    public static Errno Symlink(ByteText target, ByteText linkPath)
    {
        fixed (byte* t = target.CString, l = linkPath.CString) { return Errno.FromResult(LibC.symlinkat(t, LibC.AT_FDCWD, l)); }
    }

    /// <summary>link(2): a second name; of a symbolic link itself, not of what it points to.</summary>
    public static Errno HardLink(ByteText from, ByteText to)
    {
        fixed (byte* f = from.CString, t = to.CString) { return Errno.FromResult(LibC.linkat(LibC.AT_FDCWD, f, LibC.AT_FDCWD, t, 0)); }
    }

    public static Errno Rename(ByteText from, ByteText to)
    {
        fixed (byte* f = from.CString, t = to.CString) { return Errno.FromResult(LibC.renameat(LibC.AT_FDCWD, f, LibC.AT_FDCWD, t)); }
    }

    public static Result<ByteText> ReadLink(ByteText path)
    {
        Span<byte> buffer = stackalloc byte[4096];
        fixed (byte* p = path.CString, b = buffer)
        {
            nint n = LibC.readlinkat(LibC.AT_FDCWD, p, b, (nuint)buffer.Length);
            return n < 0 ? Errno.Last : new ByteText(buffer[..(int)n]);
        }
    }

    public static bool Exists(ByteText path)
    {
        fixed (byte* p = path.CString) { return LibC.faccessat(LibC.AT_FDCWD, p, 0, 0) == 0; }
    }
}
