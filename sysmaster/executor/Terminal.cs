using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>TTYPath=, TTYReset=, TTYVHangup=, TTYVTDisallocate=, TTYRows=, TTYColumns=, and taking a terminal as standard input.</summary>
internal static unsafe class Terminal
{
    private const uint IN_CLOSE = 0x18;
    private const int TCIOFLUSH = 2;

    public static void Prepare(Setup s)
    {
        ExecRequest r = s.Request;
        bool used = !r.TtyPath.IsEmpty || Stdio.IsTty(r.Stdin.Kind) || Stdio.IsTty(r.Stdout.Kind) || Stdio.IsTty(r.Stderr.Kind);
        if (!used) { return; }
        ByteText path = Path(r);
        if (r.TtyVHangup) { OnTerminal(path, static fd => _ = LibC.ioctl(fd, LibC.TIOCVHANGUP, 0)); }
        if (r.TtyReset) { OnTerminal(path, Reset); }
        if (r.TtyRows.HasValue || r.TtyColumns.HasValue) { Resize(path, r); }
        if (r.TtyVtDisallocate) { Disallocate(path); }
    }

    /// <summary>The terminal as our controlling one.</summary>
    /// <returns>The descriptor.</returns>
    public static int Acquire(Setup s, ExecStreamKind kind)
    {
        ByteText path = Path(s.Request);
        int inotify = -1;
        if (kind == ExecStreamKind.Tty)
        {
            inotify = LibC.inotify_init1(LibC.O_CLOEXEC);
            fixed (byte* p = path.CString) { _ = LibC.inotify_add_watch(inotify, p, IN_CLOSE); }
        }
        while (true)
        {
            Result<OwnedFd> open = Open(path, LibC.O_RDWR);
            if (open.Failed) { Report.Fail(ExecStatus.Stdin, open.Error, path); }
            int fd = open.Value.Take();
            Native.SetDisposition(1, Native.SIG_IGN);   // forcing it away from another session may hang us up
            int r = LibC.ioctl(fd, LibC.TIOCSCTTY, kind == ExecStreamKind.TtyForce ? 1 : 0);
            Errno error = r < 0 ? Errno.Last : Errno.None;
            Native.SetDisposition(1, Native.SIG_DFL);
            if (!error.Failed)
            {
                if (inotify >= 0) { _ = LibC.close(inotify); }
                return fd;
            }
            if (kind != ExecStreamKind.Tty || error != Errno.EPERM) { Report.Fail(ExecStatus.Stdin, error, "Failed to set up standard input"u8, path); }
            _ = LibC.close(fd);   // before waiting: our own close must not wake us
            WaitForClose(inotify);
        }
    }

    private static void WaitForClose(int inotify)
    {
        byte* events = stackalloc byte[4096];
        if (LibC.read(inotify, events, 4096) < 0 && Errno.Last != Errno.EINTR) { Report.Fail(ExecStatus.Stdin, Errno.Last, "waiting for the terminal"u8); }
    }

    public static int OpenForWriting(Setup s, ExecStatus status)
    {
        Result<OwnedFd> open = Open(Path(s.Request), LibC.O_WRONLY);
        if (open.Failed) { Report.Fail(status, open.Error, Path(s.Request)); }
        return open.Value.Take();
    }

    /// <summary>A terminal as standard input belongs to the user who reads it.</summary>
    public static void GiveToUser(Setup s)
    {
        bool control = (s.Request.Flags & ExecFlags.Control) != 0;
        if (control || s.Uid == ExecRequest.NoId || !Stdio.IsTty(s.Request.Stdin.Kind)) { return; }
        byte none = 0;
        bool done = LibC.fchownat(0, &none, s.Uid, ExecRequest.NoId, LibC.AT_EMPTY_PATH) == 0;
        if (!done && Errno.Last != Errno.EPERM && Errno.Last != Errno.EROFS) { Report.Fail(ExecStatus.Stdin, Errno.Last, "giving away the terminal"u8); }
        _ = Paths.Chmod(Paths.OfFd(0), 0x190);   // 0620, as login(1)
    }

    private static ByteText Path(ExecRequest r) => r.TtyPath.IsEmpty ? new ByteText("/dev/console"u8) : r.TtyPath;

    /// <summary>A terminal that is just being hung up answers EIO for a moment.</summary>
    private static Result<OwnedFd> Open(ByteText path, int flags)
    {
        for (int i = 0; ; i++)
        {
            Result<OwnedFd> open = Sys.Open(path, flags | LibC.O_NOCTTY);
            if (!open.Failed || open.Error != Errno.EIO || i == 20) { return open; }
            var wait = new timespec { tv_nsec = 50_000_000 };
            _ = LibC.syscall(LibC.IsArm64 ? 101 : 35, (nint)(&wait), 0);   // nanosleep
        }
    }

    /// <summary>Best effort, like systemd: a terminal that is not there is found out when it is needed.</summary>
    private static void OnTerminal(ByteText path, Action<int> what)
    {
        Result<OwnedFd> open = Open(path, LibC.O_RDWR | LibC.O_NONBLOCK);
        if (open.Failed) { return; }
        what(open.Value.Value);
        open.Value.Dispose();
    }

    private static void Reset(int fd)
    {
        _ = LibC.ioctl(fd, LibC.TIOCNXCL, 0);
        _ = LibC.ioctl(fd, LibC.KDSETMODE, LibC.KD_TEXT);
        _ = LibC.ioctl(fd, LibC.KDSKBMODE, LibC.K_UNICODE);
        kernel_termios t;
        if (LibC.ioctl(fd, LibC.TCGETS, (nint)(&t)) == 0)
        {
            t.c_iflag = (t.c_iflag & ~(0x1u | 0x2 | 0x20 | 0x40 | 0x80 | 0x200)) | 0x100 | 0x2000 | 0x4000;   // no IGNBRK BRKINT ISTRIP INLCR IGNCR IUCLC; ICRNL IMAXBEL IUTF8
            t.c_oflag |= 0x1 | 0x4;                                                                           // OPOST ONLCR
            t.c_cflag |= 0x80;                                                                                // CREAD
            t.c_lflag = 0x1 | 0x2 | 0x8000 | 0x8 | 0x10 | 0x20 | 0x200 | 0x800;                               // ISIG ICANON IEXTEN ECHO ECHOE ECHOK ECHOCTL ECHOKE
            ReadOnlySpan<byte> keys = [3, 28, 127, 21, 4, 0, 1, 0, 17, 19, 26, 0, 18, 15, 23, 22, 0];          // the kernel's own (VDISCARD ^O)
            keys.CopyTo(new Span<byte>(t.c_cc, 19));
            _ = LibC.ioctl(fd, LibC.TCSETS, (nint)(&t));
        }
        _ = LibC.ioctl(fd, LibC.TCFLSH, TCIOFLUSH);
    }

    private static void Resize(ByteText path, ExecRequest r)
    {
        Result<OwnedFd> open = Open(path, LibC.O_RDWR | LibC.O_NONBLOCK);
        if (open.Failed) { return; }
        using OwnedFd fd = open.Value;
        winsize size;
        if (LibC.ioctl(fd.Value, LibC.TIOCGWINSZ, (nint)(&size)) < 0) { return; }
        size.ws_row = (ushort)(r.TtyRows ?? size.ws_row);
        size.ws_col = (ushort)(r.TtyColumns ?? size.ws_col);
        _ = LibC.ioctl(fd.Value, LibC.TIOCSWINSZ, (nint)(&size));
    }

    /// <summary>Gives a virtual terminal's memory back, which clears it; one in use, or no VT at all, is cleared by writing.</summary>
    private static void Disallocate(ByteText path)
    {
        bool busy = false;
        if (path.StartsWith("/dev/tty"u8) && System.Buffers.Text.Utf8Parser.TryParse(path.Span[8..], out int number, out int used) && used == path.Length - 8)
        {
            Result<OwnedFd> master = Open(new ByteText("/dev/tty0"u8), LibC.O_RDWR | LibC.O_NONBLOCK);
            if (!master.Failed)
            {
                int r = LibC.ioctl(master.Value.Value, LibC.VT_DISALLOCATE, number);
                busy = r < 0 && Errno.Last == Errno.EBUSY;
                master.Value.Dispose();
                if (r == 0) { return; }
            }
        }
        if (busy) { OnTerminal(path, static fd => _ = Sys.WriteAll(new Fd(fd), "\x1b[r\x1b[H\x1b[3J"u8)); }
        else { OnTerminal(path, static fd => _ = Sys.WriteAll(new Fd(fd), "\x1b[r\x1b[H\x1b[2J"u8)); }
    }
}
