using SysMaster.Linux;

namespace SysMaster.Spawn.Init;

/// <summary>One message, with at most one descriptor, as one packet of a SOCK_SEQPACKET socket. Allocates nothing.</summary>
public static unsafe class PacketSocket
{
    private const int CmsgHeader = 16;
    private const int CmsgSpace = 24;   // CMSG_SPACE(sizeof(int)); the kernel may put two descriptors into it

    /// <summary>A pair, each end under a number of the caller's: the first stays open over execve, the second does not.</summary>
    public static bool Pair(int first, int second)
    {
        int* ends = stackalloc int[2];
        if (LibC.socketpair(LibC.AF_UNIX, LibC.SOCK_SEQPACKET | LibC.SOCK_CLOEXEC, 0, ends) != 0) { return false; }
        bool done = LibC.dup3(ends[0], first, 0) >= 0 && LibC.dup3(ends[1], second, LibC.O_CLOEXEC) >= 0;
        _ = LibC.close(ends[0]);
        _ = LibC.close(ends[1]);
        return done;
    }

    /// <remarks>fd: Goes along; the sender keeps its own; flags: MSG_DONTWAIT or 0.</remarks>
    /// <returns>EAGAIN when it would block or the send timeout passed; EPIPE when the other end is gone; EMSGSIZE over the bound.</returns>
    public static Errno Send(Fd socket, in InitHeader header, ReadOnlySpan<byte> payload, int fd = -1, int flags = 0)
    {
        if (payload.Length > InitProtocol.MaxPayload) { return Errno.EMSGSIZE; }
        byte* control = stackalloc byte[CmsgSpace];
        fixed (InitHeader* h = &header)
        fixed (byte* p = payload)
        {
            iovec* parts = stackalloc iovec[2];
            parts[0] = new iovec { iov_base = (byte*)h, iov_len = InitHeader.Size };
            parts[1] = new iovec { iov_base = p, iov_len = (nuint)payload.Length };
            var message = new msghdr { msg_iov = parts, msg_iovlen = 2 };
            if (fd >= 0)
            {
                var c = (cmsghdr*)control;
                c->cmsg_len = CmsgHeader + sizeof(int);
                c->cmsg_level = LibC.SOL_SOCKET;
                c->cmsg_type = LibC.SCM_RIGHTS;
                *(int*)(control + CmsgHeader) = fd;
                message.msg_control = control;
                message.msg_controllen = CmsgSpace;
            }
            nint n;
            do { n = LibC.sendmsg(socket.Value, &message, flags | LibC.MSG_NOSIGNAL); }
            while (n < 0 && Errno.Last == Errno.EINTR);
            return n < 0 ? Errno.Last : Errno.None;
        }
    }

    /// <remarks>fd: A descriptor that came along (CLOEXEC, now the caller's), else -1; flags: MSG_DONTWAIT or 0.</remarks>
    /// <returns>EAGAIN: nothing there. EPIPE: the other end is gone. EBADMSG: no message of this protocol; it was taken and thrown away.</returns>
    public static Errno Receive(Fd socket, out InitHeader header, Span<byte> payload, out int length, out int fd, int flags = 0)
    {
        header = default;
        length = 0;
        fd = -1;
        byte* control = stackalloc byte[CmsgSpace];
        fixed (InitHeader* h = &header)
        fixed (byte* p = payload)
        {
            iovec* parts = stackalloc iovec[2];
            parts[0] = new iovec { iov_base = (byte*)h, iov_len = InitHeader.Size };
            parts[1] = new iovec { iov_base = p, iov_len = (nuint)payload.Length };
            var message = new msghdr { msg_iov = parts, msg_iovlen = 2, msg_control = control, msg_controllen = CmsgSpace };
            nint n;
            do { n = LibC.recvmsg(socket.Value, &message, flags | LibC.MSG_CMSG_CLOEXEC); }
            while (n < 0 && Errno.Last == Errno.EINTR);
            if (n < 0) { return Errno.Last == Errno.ECONNRESET ? Errno.EPIPE : Errno.Last; }
            if (n == 0) { return Errno.EPIPE; }
            fd = TakeDescriptor(control, message.msg_controllen);
            if (n >= InitHeader.Size && (message.msg_flags & (LibC.MSG_TRUNC | LibC.MSG_CTRUNC)) == 0)
            {
                length = (int)n - InitHeader.Size;
                return Errno.None;
            }
            if (fd >= 0) { _ = LibC.close(fd); }
            fd = -1;
            return Errno.EBADMSG;
        }
    }

    private static int TakeDescriptor(byte* control, nuint length)
    {
        var c = (cmsghdr*)control;
        if (length < CmsgHeader + sizeof(int) || c->cmsg_level != LibC.SOL_SOCKET || c->cmsg_type != LibC.SCM_RIGHTS) { return -1; }
        int* fds = (int*)(control + CmsgHeader);
        if (c->cmsg_len >= CmsgHeader + 2 * sizeof(int)) { _ = LibC.close(fds[1]); }
        return fds[0];
    }
}
