namespace SysMaster.Linux;

/// <summary>Who is at the other end of a socket. unix(7): for a stream, whoever called connect or listen, when it did.</summary>
public static unsafe partial class Sys
{
    /// <summary>A handle on the peer's process that cannot come to mean another one.</summary>
    /// <returns>ENOPROTOOPT before Linux 6.5; ESRCH when it has been reaped.</returns>
    public static Result<OwnedFd> PeerPidfd(Fd socket)
    {
        int fd = -1;
        uint length = sizeof(int);
        int r = LibC.getsockopt(socket.Value, LibC.SOL_SOCKET, LibC.SO_PEERPIDFD, &fd, &length);
        if (r < 0) { return Errno.Last; }
        _ = LibC.fcntl(fd, LibC.F_SETFD, LibC.FD_CLOEXEC);
        return new OwnedFd(fd);
    }

    /// <summary>The peer's security label, as SELinux has it; empty without one.</summary>
    public static ByteText PeerSecurity(Fd socket)
    {
        Span<byte> label = stackalloc byte[4096];
        uint length = (uint)label.Length;
        fixed (byte* p = label)
        {
            if (LibC.getsockopt(socket.Value, LibC.SOL_SOCKET, LibC.SO_PEERSEC, p, &length) < 0) { return default; }
        }
        ReadOnlySpan<byte> text = label[..(int)length];
        return text.TrimEnd((byte)0);
    }

    /// <summary>Whether messages received on this socket tell their sender (SCM_CREDENTIALS).</summary>
    public static Errno PassCredentials(Fd socket, bool on = true)
    {
        int value = on ? 1 : 0;
        return Errno.FromResult(LibC.setsockopt(socket.Value, LibC.SOL_SOCKET, LibC.SO_PASSCRED, &value, sizeof(int)));
    }
}
