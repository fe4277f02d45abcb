using System.Runtime.CompilerServices;
using System.Text;
using SysMaster.Linux;

namespace SysMaster.Core.Logging;

/// <summary>
/// journald's native socket. The credentials say PID 1, since <c>journalctl -u X</c> shows the manager's lines only where _PID=1: the kernel
/// lets CAP_SYS_ADMIN say so (unix(7), SCM_CREDENTIALS). Where it refuses, the relay sends for us; without one, the line goes under our
/// own PID. The address is given with each datagram, so a restarted journald needs no care; a full queue is an error, never a wait.
/// </summary>
internal sealed unsafe class JournalSink : ILogSink, IDisposable
{
    private const int SendBuffer = 8 << 20;

    private readonly byte[] _address;
    private readonly int _pid;
    private readonly IJournalRelay? _relay;
    private readonly LogBuffer _joined = new();
    private OwnedFd? _socket;
    private bool _refused;

    /// <param name="path">Of the socket.</param>
    /// <param name="pid">Whom the datagrams claim to be from; 0 is ourselves.</param>
    /// <param name="relay">Who sends when the claim is refused.</param>
    public JournalSink(string path, int pid, IJournalRelay? relay)
    {
        _address = new byte[2 + Encoding.UTF8.GetByteCount(path) + 1];
        _address[0] = LibC.AF_UNIX;
        Encoding.UTF8.GetBytes(path, _address.AsSpan(2));
        _pid = pid;
        _relay = relay;
        _refused = pid == 0;
    }

    public Errno Write(in LogRecord record)
    {
        if (_refused && _relay is not null)
        {
            return Relay(record);
        }
        Errno opened = EnsureSocket();
        if (opened.Failed) { return opened; }
        Errno sent = Send(record, claim: !_refused);
        if (sent != Errno.EPERM || _refused) { return sent; }
        _refused = true;
        return Write(record);
    }

    public void Dispose() => _socket?.Dispose();

    private Errno EnsureSocket()
    {
        if (_socket is not null) { return Errno.None; }
        int fd = LibC.socket(LibC.AF_UNIX, LibC.SOCK_DGRAM | LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK, 0);
        if (fd < 0) { return Errno.Last; }
        _socket = new OwnedFd(fd);
        int size = SendBuffer;
        if (LibC.setsockopt(fd, LibC.SOL_SOCKET, LibC.SO_SNDBUFFORCE, &size, sizeof(int)) < 0)
        {
            // Without CAP_NET_ADMIN the system's maximum must do.
            _ = LibC.setsockopt(fd, LibC.SOL_SOCKET, LibC.SO_SNDBUF, &size, sizeof(int));
        }
        return Errno.None;
    }

    private Errno Relay(in LogRecord record)
    {
        _joined.Clear();
        _joined.Append(record.Fields);
        _joined.Append("MESSAGE="u8);
        _joined.Append(record.Text);
        _joined.Append((byte)'\n');
        return _relay!.TrySend(_joined.Span) ? Errno.None : Errno.EAGAIN;
    }

    private Errno Send(in LogRecord record, bool claim)
    {
        byte* control = stackalloc byte[sizeof(cmsghdr) + 16];
        Span<iovec> parts = stackalloc iovec[4];
        fixed (byte* fields = record.Fields, name = "MESSAGE="u8, text = record.Text, end = "\n"u8, address = _address)
        fixed (iovec* iov = parts)
        {
            parts[0] = new iovec { iov_base = fields, iov_len = (nuint)record.Fields.Length };
            parts[1] = new iovec { iov_base = name, iov_len = 8 };
            parts[2] = new iovec { iov_base = text, iov_len = (nuint)record.Text.Length };
            parts[3] = new iovec { iov_base = end, iov_len = 1 };
            var message = new msghdr { msg_name = address, msg_namelen = (uint)_address.Length, msg_iov = iov, msg_iovlen = 4 };
            if (claim)
            {
                message.msg_control = control;
                message.msg_controllen = Credentials(control);
            }
            nint n;
            do { n = LibC.sendmsg(_socket!.Value, &message, LibC.MSG_NOSIGNAL | LibC.MSG_DONTWAIT); }
            while (n < 0 && Errno.Last == Errno.EINTR);
            return Errno.FromResult(n);
        }
    }

    /// <summary>One SCM_CREDENTIALS record; returns its padded size.</summary>
    private nuint Credentials(byte* control)
    {
        Unsafe.InitBlock(control, 0, (uint)sizeof(cmsghdr) + 16);
        var header = (cmsghdr*)control;
        header->cmsg_len = (nuint)(sizeof(cmsghdr) + sizeof(ucred));
        header->cmsg_level = LibC.SOL_SOCKET;
        header->cmsg_type = LibC.SCM_CREDENTIALS;
        *(ucred*)(control + sizeof(cmsghdr)) = new ucred { pid = _pid, uid = 0, gid = 0 };
        return (nuint)sizeof(cmsghdr) + 16;
    }
}
