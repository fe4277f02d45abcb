using System.Runtime.InteropServices;

namespace SysMaster.Linux;

/// <summary>Message queues, socket options that are no int, addresses of both ends.</summary>
public static unsafe partial class Sys
{
    private static readonly int s_mqOpen = LibC.IsArm64 ? 180 : 240;
    private static readonly int s_mqUnlink = LibC.IsArm64 ? 181 : 241;

    /// <summary>mq_open(2). The kernel wants the name without its leading slash, as mq_open(3) strips it.</summary>
    /// <param name="maxMessages">Zero, as <paramref name="messageSize"/>: the kernel's defaults.</param>
    public static Result<OwnedFd> OpenQueue(ByteText name, int flags, uint mode, long maxMessages, long messageSize)
    {
        var attributes = new LibC.mq_attr { mq_maxmsg = maxMessages, mq_msgsize = messageSize };
        bool limited = maxMessages > 0 && messageSize > 0;
        fixed (byte* p = name.CString)
        {
            byte* bare = *p == (byte)'/' ? p + 1 : p;
            long fd = LibC.syscall(s_mqOpen, (nint)bare, flags | LibC.O_CLOEXEC, (nint)mode, limited ? (nint)(&attributes) : 0);
            return fd < 0 ? Errno.Last : new OwnedFd((int)fd);
        }
    }

    public static Errno UnlinkQueue(ByteText name)
    {
        fixed (byte* p = name.CString) { return Errno.FromResult(LibC.syscall(s_mqUnlink, (nint)(*p == (byte)'/' ? p + 1 : p))); }
    }

    /// <summary>setsockopt(2) of a text (device, congestion algorithm).</summary>
    public static Errno SetSocketOption(Fd socket, int level, int name, ByteText value)
    {
        fixed (byte* p = value.CString) { return Errno.FromResult(LibC.setsockopt(socket.Value, level, name, p, (uint)value.Length + 1)); }
    }

    /// <summary>getsockopt(2) of an int.</summary>
    public static Result<int> SocketOption(Fd socket, int level, int name)
    {
        int value = 0;
        uint length = sizeof(int);
        return LibC.getsockopt(socket.Value, level, name, &value, &length) < 0 ? Errno.Last : value;
    }

    /// <summary>getsockname(2), or getpeername(2), as raw bytes of a sockaddr.</summary>
    public static Result<byte[]> SocketName(Fd socket, bool peer)
    {
        byte* buffer = stackalloc byte[128];
        uint length = 128;
        int r = peer ? LibC.getpeername(socket.Value, buffer, &length) : LibC.getsockname(socket.Value, buffer, &length);
        return r < 0 ? Errno.Last : new ReadOnlySpan<byte>(buffer, (int)Math.Min(length, 128)).ToArray();
    }

    /// <summary>bind(2), under a umask for the node it may make. One thread: the umask is the process's.</summary>
    public static Errno Bind(Fd socket, ReadOnlySpan<byte> address, uint umask)
    {
        uint before = LibC.umask(umask);
        Errno error;
        fixed (byte* p = address) { error = Errno.FromResult(LibC.bind(socket.Value, p, (uint)address.Length)); }
        _ = LibC.umask(before);
        return error;
    }
}
