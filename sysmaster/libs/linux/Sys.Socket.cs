using System.Runtime.CompilerServices;

namespace SysMaster.Linux;

/// <summary>Unix sockets: addresses, listening, connecting, messages with descriptors and credentials. unix(7), cmsg(3).</summary>
public static unsafe partial class Sys
{
    /// <summary>sizeof(struct sockaddr_un).</summary>
    public const int SockaddrUnSize = 110;

    /// <summary>SCM_MAX_FD: the kernel refuses more descriptors in one message.</summary>
    public const int ScmMaxFd = 253;

    private const int CmsgHeader = 16;

    /// <summary>Builds a sockaddr_un. A leading '@' or NUL names the abstract namespace.</summary>
    /// <param name="name">Path, "@name", or empty for an autobind address.</param>
    /// <param name="address">At least <see cref="SockaddrUnSize"/> bytes.</param>
    /// <returns>The length to hand to the kernel; ENAMETOOLONG when the name does not fit, EINVAL for a NUL within.</returns>
    public static Result<int> UnixAddress(ReadOnlySpan<byte> name, Span<byte> address)
    {
        address[..SockaddrUnSize].Clear();
        *(ushort*)Unsafe.AsPointer(ref address[0]) = LibC.AF_UNIX;
        if (name.IsEmpty) { return 2; }
        bool isAbstract = name[0] is (byte)'@' or 0;
        if (name.Length > SockaddrUnSize - (isAbstract ? 2 : 3)) { return Errno.ENAMETOOLONG; }
        if (!isAbstract && name.Contains((byte)0)) { return Errno.EINVAL; }
        name.CopyTo(address[2..]);
        if (!isAbstract) { return 2 + name.Length + 1; }
        address[2] = 0;
        return 2 + name.Length;
    }

    /// <summary>socket(2), born CLOEXEC; SOCK_NONBLOCK may be added to the type.</summary>
    public static Result<OwnedFd> Socket(int domain, int type, int protocol = 0)
    {
        int fd = LibC.socket(domain, type | LibC.SOCK_CLOEXEC, protocol);
        return fd < 0 ? Errno.Last : new OwnedFd(fd);
    }

    /// <summary>socketpair(2) of unix sockets, both ends CLOEXEC.</summary>
    public static Result<(OwnedFd A, OwnedFd B)> SocketPair(int type)
    {
        int* pair = stackalloc int[2];
        if (LibC.socketpair(LibC.AF_UNIX, type | LibC.SOCK_CLOEXEC, 0, pair) < 0) { return Errno.Last; }
        return (new OwnedFd(pair[0]), new OwnedFd(pair[1]));
    }

    /// <summary>A socket connected to a unix address. EAGAIN when it is non-blocking and the listener's queue is full.</summary>
    public static Result<OwnedFd> ConnectUnix(ReadOnlySpan<byte> name, int type)
    {
        Span<byte> address = stackalloc byte[SockaddrUnSize];
        Result<int> length = UnixAddress(name, address);
        if (length.Failed) { return length.Error; }
        Result<OwnedFd> fd = Socket(LibC.AF_UNIX, type);
        if (fd.Failed) { return fd.Error; }
        fixed (byte* p = address)
        {
            int r;
            do { r = LibC.connect(fd.Value.Value, p, (uint)length.Value); }
            while (r < 0 && Errno.Last == Errno.EINTR);
            if (r == 0) { return fd.Value; }
        }
        Errno error = Errno.Last;
        fd.Value.Dispose();
        return error;
    }

    /// <summary>A socket bound to a unix address, and listening unless it is a datagram socket. The path must not exist.</summary>
    public static Result<OwnedFd> ListenUnix(ReadOnlySpan<byte> name, int type, int backlog = 4096)
    {
        Span<byte> address = stackalloc byte[SockaddrUnSize];
        Result<int> length = UnixAddress(name, address);
        if (length.Failed) { return length.Error; }
        Result<OwnedFd> fd = Socket(LibC.AF_UNIX, type);
        if (fd.Failed) { return fd.Error; }
        fixed (byte* p = address)
        {
            bool listens = (type & 0xF) is LibC.SOCK_STREAM or LibC.SOCK_SEQPACKET;
            if (LibC.bind(fd.Value.Value, p, (uint)length.Value) == 0 && (!listens || LibC.listen(fd.Value.Value, backlog) == 0)) { return fd.Value; }
        }
        Errno error = Errno.Last;
        fd.Value.Dispose();
        return error;
    }

    /// <summary>accept4(2), non-blocking and CLOEXEC. EAGAIN when nobody waits; a peer that is gone already is passed over.</summary>
    public static Result<OwnedFd> Accept(Fd listener)
    {
        while (true)
        {
            int fd = LibC.accept4(listener.Value, null, null, LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC);
            if (fd >= 0) { return new OwnedFd(fd); }
            Errno error = Errno.Last;
            if (error != Errno.EINTR && error != new Errno(103)) { return error; }   // ECONNABORTED
        }
    }

    /// <summary>SO_PEERCRED: who made the other end, at the time of connect(2) or listen(2).</summary>
    public static Result<ucred> PeerCredentials(Fd socket)
    {
        ucred credentials;
        uint length = (uint)sizeof(ucred);
        return LibC.getsockopt(socket.Value, LibC.SOL_SOCKET, LibC.SO_PEERCRED, &credentials, &length) < 0 ? Errno.Last : credentials;
    }

    /// <summary>setsockopt(2) of an int.</summary>
    public static Errno SetSocketOption(Fd socket, int level, int name, int value)
        => Errno.FromResult(LibC.setsockopt(socket.Value, level, name, &value, sizeof(int)));

    /// <summary>sendmsg(2) with MSG_NOSIGNAL; descriptors go with the first byte.</summary>
    /// <returns>Bytes taken; EAGAIN when the peer's buffer is full, EPIPE when it is gone.</returns>
    public static Result<int> SendMessage(Fd socket, ReadOnlySpan<byte> bytes, ReadOnlySpan<int> fds = default, int flags = 0)
    {
        if (fds.Length > ScmMaxFd) { return Errno.EINVAL; }
        int space = fds.IsEmpty ? 0 : CmsgHeader + ((fds.Length * sizeof(int) + 7) & ~7);
        byte* control = stackalloc byte[space + 8];
        fixed (byte* p = bytes)
        {
            var vector = new iovec { iov_base = p, iov_len = (nuint)bytes.Length };
            var message = new msghdr { msg_iov = &vector, msg_iovlen = 1 };
            if (space > 0)
            {
                var header = (cmsghdr*)control;
                header->cmsg_len = (nuint)(CmsgHeader + fds.Length * sizeof(int));
                header->cmsg_level = LibC.SOL_SOCKET;
                header->cmsg_type = LibC.SCM_RIGHTS;
                fds.CopyTo(new Span<int>(control + CmsgHeader, fds.Length));
                message.msg_control = control;
                message.msg_controllen = (nuint)space;
            }
            nint n;
            do { n = LibC.sendmsg(socket.Value, &message, flags | LibC.MSG_NOSIGNAL); }
            while (n < 0 && Errno.Last == Errno.EINTR);
            return n < 0 ? Errno.Last : (int)n;
        }
    }

    /// <summary>recvmsg(2) with MSG_CMSG_CLOEXEC. Every descriptor received is in the result, also when it was cut short.</summary>
    public static Result<ReceivedMessage> ReceiveMessage(Fd socket, Span<byte> buffer, int flags = 0)
    {
        const int space = CmsgHeader + ScmMaxFd * sizeof(int) + 8 + CmsgHeader + 16;
        byte* control = stackalloc byte[space];
        fixed (byte* p = buffer)
        {
            var vector = new iovec { iov_base = p, iov_len = (nuint)buffer.Length };
            var message = new msghdr { msg_iov = &vector, msg_iovlen = 1, msg_control = control, msg_controllen = space };
            nint n;
            do { n = LibC.recvmsg(socket.Value, &message, flags | LibC.MSG_CMSG_CLOEXEC); }
            while (n < 0 && Errno.Last == Errno.EINTR);
            return n < 0 ? Errno.Last : Unpack((int)n, in message);
        }
    }

    private static ReceivedMessage Unpack(int length, in msghdr message)
    {
        List<OwnedFd>? fds = null;
        ucred? credentials = null;
        nuint at = 0;
        while (at + CmsgHeader <= message.msg_controllen)
        {
            var header = (cmsghdr*)(message.msg_control + at);
            if (header->cmsg_len < CmsgHeader || at + header->cmsg_len > message.msg_controllen) { break; }
            byte* data = (byte*)header + CmsgHeader;
            int bytes = (int)header->cmsg_len - CmsgHeader;
            if (header->cmsg_level == LibC.SOL_SOCKET && header->cmsg_type == LibC.SCM_RIGHTS)
            {
                fds ??= new List<OwnedFd>(bytes / sizeof(int));
                for (int i = 0; i < bytes / sizeof(int); i++) { fds.Add(new OwnedFd(((int*)data)[i])); }
            }
            else if (header->cmsg_level == LibC.SOL_SOCKET && header->cmsg_type == LibC.SCM_CREDENTIALS && bytes >= sizeof(ucred))
            {
                credentials = *(ucred*)data;
            }
            at += (header->cmsg_len + 7) & ~(nuint)7;
        }
        return new ReceivedMessage(length, message.msg_flags, fds, credentials);
    }
}
