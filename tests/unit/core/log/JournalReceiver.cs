using System.Text;
using SysMaster.Linux;

namespace SysMaster.Core.Tests.Logging;

/// <summary>A journald of our own: a bound datagram socket that asks for credentials.</summary>
internal sealed unsafe class JournalReceiver : IDisposable
{
    private readonly OwnedFd _fd;

    public JournalReceiver(string path)
    {
        Path = path;
        _fd = new OwnedFd(LibC.socket(LibC.AF_UNIX, LibC.SOCK_DGRAM | LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK, 0));
        byte[] address = new byte[2 + Encoding.UTF8.GetByteCount(path) + 1];
        address[0] = LibC.AF_UNIX;
        Encoding.UTF8.GetBytes(path, address.AsSpan(2));
        fixed (byte* a = address) { LibC.bind(_fd.Value, a, (uint)address.Length).Should().Be(0); }
        int one = 1;
        LibC.setsockopt(_fd.Value, LibC.SOL_SOCKET, LibC.SO_PASSCRED, &one, 4).Should().Be(0);
    }

    public string Path { get; }

    public int SenderPid { get; private set; }

    /// <summary>The next datagram as text (latin-1, so that bytes stay visible), or null when there is none.</summary>
    public string? Next()
    {
        byte[] buffer = new byte[65536];
        byte* control = stackalloc byte[64];
        fixed (byte* b = buffer)
        {
            var iov = new iovec { iov_base = b, iov_len = (nuint)buffer.Length };
            var message = new msghdr { msg_iov = &iov, msg_iovlen = 1, msg_control = control, msg_controllen = 64 };
            nint n = LibC.recvmsg(_fd.Value, &message, LibC.MSG_DONTWAIT);
            if (n < 0) { return null; }
            SenderPid = ((ucred*)(control + sizeof(cmsghdr)))->pid;
            return Encoding.Latin1.GetString(buffer, 0, (int)n);
        }
    }

    public void Dispose()
    {
        _fd.Dispose();
        Sys.Unlink(new ByteText(Path));
    }
}
