using SysMaster.Linux;

namespace SysMaster.Executor;

/// <summary>Paths below a root, links followed inside it.</summary>
internal static unsafe class MountPath
{
    private const ulong RESOLVE_NO_SYMLINKS = 0x04;
    private const ulong RESOLVE_IN_ROOT = 0x10;

    /// <returns>The path without links, as seen from the root.</returns>
    public static Result<ByteText> Resolve(ByteText root, ByteText path)
    {
        // Nearly every path has no link in it, and the kernel says so for less than it takes to print where one leads.
        if (root.Length <= 1 && !path.Span.Contains((byte)'.') && !path.EndsWith("/"u8) && path.Span.IndexOf("//"u8) < 0)
        {
            Result<int> plain = OpenHow(LibC.AT_FDCWD, path, RESOLVE_NO_SYMLINKS);
            if (!plain.Failed)
            {
                _ = LibC.close(plain.Value);
                return path;
            }
            if (plain.Error == Errno.ENOENT) { return plain.Error; }
        }
        Result<int> open = Open(root, path);
        if (open.Failed) { return open.Error; }
        Result<ByteText> real = Sys.ReadLink(Paths.OfFd(open.Value));
        _ = LibC.close(open.Value);
        if (real.Failed || root.Length <= 1) { return real; }
        return real.Value.Length > root.Length && real.Value.StartsWith(root.Span) ? real.Value.Span[root.Length..] : new ByteText("/"u8);
    }

    /// <returns>An O_PATH descriptor. openat2(2) with RESOLVE_IN_ROOT: a link cannot lead out of the root.</returns>
    public static Result<int> Open(ByteText root, ByteText path)
    {
        if (root.Length <= 1)
        {
            Result<OwnedFd> plain = Sys.Open(path, LibC.O_PATH);
            return plain.Failed ? plain.Error : plain.Value.Take();
        }
        Result<OwnedFd> top = Sys.Open(root, LibC.O_PATH | LibC.O_DIRECTORY);
        if (top.Failed) { return top.Error; }
        using OwnedFd fd = top.Value;
        return OpenHow(fd.Value, path, RESOLVE_IN_ROOT);
    }

    private static Result<int> OpenHow(int dirfd, ByteText path, ulong resolve)
    {
        ulong* how = stackalloc ulong[3] { (ulong)(uint)(LibC.O_PATH | LibC.O_CLOEXEC), 0, resolve };
        fixed (byte* p = path.CString)
        {
            nint n = LibC.syscall(LibC.SYS_openat2, dirfd, (nint)p, (nint)how, 24);
            return n < 0 ? Errno.Last : (int)n;
        }
    }

    public static bool IsBelow(ByteText path, ByteText parent)
    {
        if (parent.Length == 1) { return path.Length > 1; }
        return path.Length > parent.Length && path.Span[parent.Length] == (byte)'/' && path.StartsWith(parent.Span);
    }
}
