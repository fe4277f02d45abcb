using SysMaster.Linux;

namespace SysMaster.Spawn.Exec;

/// <summary>One message with descriptors on a SOCK_SEQPACKET socket, without waiting. unix(7), cmsg(3).</summary>
internal static unsafe class SocketMessage
{
    private const int HeadSize = 16;   // struct cmsghdr

    /// <summary>Bytes of control data for that many descriptors.</summary>
    public static int ControlSpace(int descriptors) => HeadSize + (((descriptors * sizeof(int)) + 7) & ~7);

    /// <returns>EAGAIN when the peer's queue is full; EPIPE when it is gone.</returns>
    public static Errno Send(Fd socket, ReadOnlySpan<byte> data, ReadOnlySpan<int> fds)
    {
        byte* control = stackalloc byte[ControlSpace(ExecProtocol.FdsPerMessage)];
        fixed (byte* p = data)
        {
            var vector = new iovec { iov_base = p, iov_len = (nuint)data.Length };
            var message = new msghdr { msg_iov = &vector, msg_iovlen = 1 };
            if (!fds.IsEmpty)
            {
                var head = (cmsghdr*)control;
                head->cmsg_len = (nuint)(HeadSize + (fds.Length * sizeof(int)));
                head->cmsg_level = LibC.SOL_SOCKET;
                head->cmsg_type = LibC.SCM_RIGHTS;
                fds.CopyTo(new Span<int>(control + HeadSize, fds.Length));
                message.msg_control = control;
                message.msg_controllen = (nuint)ControlSpace(fds.Length);
            }
            nint n;
            do { n = LibC.sendmsg(socket.Value, &message, LibC.MSG_DONTWAIT | LibC.MSG_NOSIGNAL); }
            while (n < 0 && Errno.Last == Errno.EINTR);
            return n < 0 ? Errno.Last : Errno.None;
        }
    }
}
