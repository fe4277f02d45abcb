using SysMaster.Linux;

namespace SysMaster.Executor;

/// <summary>AF_UNIX stream sockets. unix(7).</summary>
internal static unsafe class UnixSocket
{
    private const int PathMax = 108;

    /// <param name="path">Of the listener.</param>
    /// <param name="own">Our own address, abstract ("\0…"); empty leaves it unnamed.</param>
    /// <returns>The descriptor, CLOEXEC.</returns>
    public static Result<int> Connect(ByteText path, ReadOnlySpan<byte> own = default)
    {
        if (path.Length >= PathMax || own.Length > PathMax) { return Errno.ENAMETOOLONG; }
        int fd = LibC.socket(LibC.AF_UNIX, LibC.SOCK_STREAM | LibC.SOCK_CLOEXEC, 0);
        if (fd < 0) { return Errno.Last; }
        byte* address = stackalloc byte[2 + PathMax];
        *(ushort*)address = LibC.AF_UNIX;
        int r = 0;
        if (!own.IsEmpty)
        {
            own.CopyTo(new Span<byte>(address + 2, PathMax));
            r = LibC.bind(fd, address, (uint)(2 + own.Length));
        }
        if (r == 0)
        {
            path.CString.CopyTo(new Span<byte>(address + 2, PathMax));
            do { r = LibC.connect(fd, address, (uint)(2 + path.Length + 1)); }
            while (r < 0 && Errno.Last == Errno.EINTR);
        }
        if (r == 0) { return fd; }
        Errno error = Errno.Last;
        _ = LibC.close(fd);
        return error;
    }
}
