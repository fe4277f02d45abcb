using SysMaster.Linux;

namespace SysMaster.Core.Status;

/// <summary>
/// /dev/console, opened for each write and closed again: held open it would keep a hung-up terminal alive and fail with EIO for ever after.
/// A terminal that takes nothing (flow control, an emulator that went away) gets a short wait, then none at all until it takes bytes again:
/// the manager never hangs on it.
/// </summary>
public sealed unsafe class ConsoleDevice(ByteText path)
{
    /// <summary>How long one write may wait in all.</summary>
    private const int PatienceMsec = 100;

    private static readonly int s_ppoll = LibC.IsArm64 ? 73 : 271;
    private bool _stuck;

    public ByteText Path => path;

    /// <returns>EAGAIN when the terminal did not take all in time (the rest is dropped); what open(2) or write(2) said else.</returns>
    public Errno Write(ReadOnlySpan<byte> text)
    {
        Result<OwnedFd> open = Sys.Open(path, LibC.O_WRONLY | LibC.O_NOCTTY | LibC.O_NONBLOCK | LibC.O_APPEND);
        if (open.Failed) { return open.Error; }
        using OwnedFd fd = open.Value;
        int patience = _stuck ? 0 : PatienceMsec;
        while (!text.IsEmpty)
        {
            Result<int> n = Sys.Write(fd.Fd, text);
            if (!n.Failed)
            {
                text = text[n.Value..];
                _stuck = false;
            }
            else if (n.Error != Errno.EAGAIN)
            {
                return n.Error;
            }
            else if (!WaitWritable(fd.Fd, ref patience))
            {
                _stuck = true;
                return Errno.EAGAIN;
            }
        }
        return Errno.None;
    }

    /// <summary>The width of the terminal; 80 when it does not say.</summary>
    public int Columns()
    {
        Result<OwnedFd> open = Sys.Open(path, LibC.O_WRONLY | LibC.O_NOCTTY | LibC.O_NONBLOCK | LibC.O_APPEND);
        if (open.Failed) { return 80; }
        using OwnedFd fd = open.Value;
        ushort* size = stackalloc ushort[4];   // struct winsize: rows, columns, pixels
        bool known = LibC.ioctl(fd.Value, 0x5413 /* TIOCGWINSZ */, (nint)size) == 0 && size[1] > 0;
        return known ? size[1] : 80;
    }

    /// <summary>Waits at most what is left of the patience, and takes it off.</summary>
    private static bool WaitWritable(Fd fd, ref int patience)
    {
        if (patience <= 0) { return false; }
        // struct pollfd: int fd; short events; short revents. Tiny and used here alone.
        int* poll = stackalloc int[2];
        poll[0] = fd.Value;
        poll[1] = 4;   // POLLOUT
        var limit = new timespec { tv_sec = 0, tv_nsec = patience * 1_000_000L };
        nint ready = LibC.syscall(s_ppoll, (nint)poll, 1, (nint)(&limit), 0, 8);
        patience -= ready == 0 ? patience : 10;
        return ready > 0;
    }
}
