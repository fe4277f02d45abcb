using SysMaster.Linux;

namespace SysMaster.Spawn.Init;

/// <summary>
/// AF_UNIX sockets as the manager's are made: by init for the system manager, so that peers see PID 1, and by a manager that has no
/// init (`--user`, tests) itself. Allocates nothing. Every socket is CLOEXEC and non-blocking.
/// </summary>
public static unsafe class UnixSockets
{
    private const int PathOffset = 2;   // struct sockaddr_un
    private const int AddressSize = 110;
    private const int MaxPath = 107;
    private static readonly int SYS_fchmod = LibC.IsArm64 ? 52 : 91;

    /// <summary>
    /// Bound, and listening unless it is a datagram socket. A path that begins with `@` is an abstract name. Behind a NUL may stand the label that
    /// the socket has to a security policy.
    /// </summary>
    /// <returns>The descriptor. ENAMETOOLONG for a path that is empty or over 107 bytes; else bind(2)'s and listen(2)'s errors.</returns>
    public static Errno Listen(ReadOnlySpan<byte> path, int type, uint mode, int backlog, bool unlinkFirst, out int made)
    {
        byte* address = stackalloc byte[AddressSize];
        made = -1;
        int end = path.IndexOf((byte)0);
        ReadOnlySpan<byte> label = end < 0 ? default : path[(end + 1)..];
        uint length = Address(address, end < 0 ? path : path[..end]);
        if (length == 0) { return Errno.ENAMETOOLONG; }
        if (!label.IsEmpty) { Selinux.LabelSockets(label); }
        int fd = LibC.socket(LibC.AF_UNIX, type | LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK, 0);
        Errno refused = Errno.Last;
        if (!label.IsEmpty) { Selinux.LabelSockets("\n"u8); }
        if (fd < 0) { return refused; }
        byte* node = address + PathOffset;
        if (unlinkFirst && *node != 0) { _ = LibC.unlinkat(LibC.AT_FDCWD, node, 0); }
        // The node gets the socket's own mode, less the umask: with no moment in between in which it is open to all.
        _ = LibC.syscall(SYS_fchmod, fd, (nint)mode);
        uint umask = LibC.umask(0);
        bool done = LibC.bind(fd, address, length) == 0 && (type == LibC.SOCK_DGRAM || LibC.listen(fd, backlog) == 0);
        Errno e = Finish(fd, done, out made);
        _ = LibC.umask(umask);
        return e;
    }

    /// <returns>EAGAIN when the peer's backlog is full; else connect(2)'s errors.</returns>
    public static Errno Connect(ReadOnlySpan<byte> path, int type, out int made)
    {
        byte* address = stackalloc byte[AddressSize];
        made = -1;
        uint length = Address(address, path);
        if (length == 0) { return Errno.ENAMETOOLONG; }
        int fd = LibC.socket(LibC.AF_UNIX, type | LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK, 0);
        return fd < 0 ? Errno.Last : Finish(fd, LibC.connect(fd, address, length) == 0, out made);
    }

    /// <summary>One datagram to a socket at this path; whoever does not take it at once does not get it.</summary>
    public static Errno SendTo(ReadOnlySpan<byte> path, ReadOnlySpan<byte> datagram)
    {
        Errno e = Connect(path, LibC.SOCK_DGRAM, out int fd);
        if (e.Failed) { return e; }
        fixed (byte* p = datagram)
        {
            nint n = LibC.sendto(fd, p, (nuint)datagram.Length, LibC.MSG_DONTWAIT | LibC.MSG_NOSIGNAL, null, 0);
            e = n < 0 ? Errno.Last : Errno.None;
        }
        _ = LibC.close(fd);
        return e;
    }

    /// <summary>The payload of <see cref="InitMessageKind.SendTo"/>: the path, a NUL, the text.</summary>
    public static Errno SendTo(ReadOnlySpan<byte> pathAndText)
    {
        int end = pathAndText.IndexOf((byte)0);
        return end < 0 ? Errno.EBADMSG : SendTo(pathAndText[..end], pathAndText[(end + 1)..]);
    }

    private static Errno Finish(int fd, bool done, out int made)
    {
        Errno e = done ? Errno.None : Errno.Last;
        made = done ? fd : -1;
        if (!done) { _ = LibC.close(fd); }
        return e;
    }

    private static uint Address(byte* address, ReadOnlySpan<byte> path)
    {
        if (path.Length is 0 or > MaxPath) { return 0; }
        new Span<byte>(address, AddressSize).Clear();
        *(ushort*)address = LibC.AF_UNIX;
        path.CopyTo(new Span<byte>(address + PathOffset, MaxPath));
        if (path[0] != (byte)'@') { return (uint)(PathOffset + path.Length + 1); }
        address[PathOffset] = 0;
        return (uint)(PathOffset + path.Length);
    }
}
