using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>
/// Descriptors 0, 1, 2. Output that is inherited follows the input unless that is /dev/null or data; error that is inherited follows the output.
/// A journal that does not answer costs the output, not the start.
/// </summary>
internal static unsafe class Stdio
{
    /// <summary>A socket that becomes stdio must block, whoever had it before.</summary>
    public static void BlockSocket(Setup s)
    {
        if (s.Request.StdioSocket >= 0) { SetBlocking(Descriptor(s, s.Request.StdioSocket, ExecStatus.Fds)); }
    }

    public static void Apply(Setup s)
    {
        ExecRequest r = s.Request;
        ExecStreamKind input = InputKind(r);
        Input(s, input);
        Output(s, 1, input, OutputKind(r, r.Stdout), r.Stdout, ExecStatus.Stdout);
        Error(s, input);
    }

    private static ExecStreamKind InputKind(ExecRequest r)
    {
        bool control = (r.Flags & ExecFlags.Control) != 0;
        if (control && IsTty(r.Stdin.Kind)) { return ExecStreamKind.Null; }
        if (r.Stdin.Kind == ExecStreamKind.Socket && r.StdioSocket < 0) { return ExecStreamKind.Null; }
        return r.Stdin.Kind == ExecStreamKind.Inherit ? ExecStreamKind.Null : r.Stdin.Kind;
    }

    private static ExecStreamKind OutputKind(ExecRequest r, ExecStream stream) =>
        stream.Kind == ExecStreamKind.Socket && r.StdioSocket < 0 ? ExecStreamKind.Inherit : stream.Kind;

    public static bool IsTty(ExecStreamKind kind) => kind is ExecStreamKind.Tty or ExecStreamKind.TtyForce or ExecStreamKind.TtyFail;

    private static void Input(Setup s, ExecStreamKind kind)
    {
        ExecRequest r = s.Request;
        switch (kind)
        {
            case ExecStreamKind.Tty or ExecStreamKind.TtyForce or ExecStreamKind.TtyFail:
                Place(Terminal.Acquire(s, kind), 0, ExecStatus.Stdin, true);
                break;
            case ExecStreamKind.Socket:
                Place(Descriptor(s, r.StdioSocket, ExecStatus.Stdin), 0, ExecStatus.Stdin, false);
                break;
            case ExecStreamKind.Fd:
                Place(SetBlocking(Descriptor(s, r.Stdin.FdIndex, ExecStatus.Stdin)), 0, ExecStatus.Stdin, false);
                break;
            case ExecStreamKind.Data:
                Place(DataFd(r.StdinData), 0, ExecStatus.Stdin, true);
                break;
            case ExecStreamKind.File or ExecStreamKind.Append or ExecStreamKind.Truncate:
                bool both = SameFile(r.Stdin, r.Stdout) || SameFile(r.Stdin, r.Stderr);
                Place(OpenFile(r.Stdin.Path, both ? LibC.O_RDWR | LibC.O_CREAT : LibC.O_RDONLY, r.Umask, ExecStatus.Stdin), 0, ExecStatus.Stdin, true);
                break;
            default:
                Place(OpenFile(new ByteText("/dev/null"u8), LibC.O_RDONLY, 0, ExecStatus.Stdin), 0, ExecStatus.Stdin, true);
                break;
        }
    }

    private static void Error(Setup s, ExecStreamKind input)
    {
        ExecRequest r = s.Request;
        ExecStreamKind output = OutputKind(r, r.Stdout);
        ExecStreamKind error = OutputKind(r, r.Stderr);
        bool same = error == output && (error switch
        {
            ExecStreamKind.Fd => r.Stdout.FdIndex == r.Stderr.FdIndex,
            ExecStreamKind.File or ExecStreamKind.Append or ExecStreamKind.Truncate => r.Stdout.Path == r.Stderr.Path,
            _ => true,
        });
        if (error == ExecStreamKind.Inherit || same) { Place(1, 2, ExecStatus.Stderr, false); }
        else { Output(s, 2, input, error, r.Stderr, ExecStatus.Stderr); }
    }

    private static void Output(Setup s, int number, ExecStreamKind input, ExecStreamKind kind, ExecStream stream, ExecStatus status)
    {
        ExecRequest r = s.Request;
        switch (kind)
        {
            case ExecStreamKind.Inherit when input is not (ExecStreamKind.Null or ExecStreamKind.Data):
                Place(0, number, status, false);
                break;
            case ExecStreamKind.Inherit when IsTty(r.Stdin.Kind):   // a control command of a terminal's service: writes there, does not read
                Place(Terminal.OpenForWriting(s, status), number, status, true);
                break;
            case ExecStreamKind.Tty or ExecStreamKind.TtyForce or ExecStreamKind.TtyFail:
                if (IsTty(input)) { Place(0, number, status, false); }
                else { Place(Terminal.OpenForWriting(s, status), number, status, true); }
                break;
            case ExecStreamKind.Socket:
                Place(Descriptor(s, r.StdioSocket, status), number, status, false);
                break;
            case ExecStreamKind.Fd:
                Place(SetBlocking(Descriptor(s, stream.FdIndex, status)), number, status, false);
                break;
            case ExecStreamKind.File or ExecStreamKind.Append or ExecStreamKind.Truncate:
                if (input is ExecStreamKind.File or ExecStreamKind.Append or ExecStreamKind.Truncate && SameFile(r.Stdin, stream))
                {
                    Place(0, number, status, false);
                    break;
                }
                int flags = kind switch { ExecStreamKind.Append => LibC.O_APPEND, ExecStreamKind.Truncate => LibC.O_TRUNC, _ => 0 };
                Place(OpenFile(stream.Path, LibC.O_WRONLY | LibC.O_CREAT | flags, r.Umask, status), number, status, true);
                break;
            case ExecStreamKind.Journal or ExecStreamKind.JournalAndConsole or ExecStreamKind.Kmsg or ExecStreamKind.KmsgAndConsole:
                ToJournal(s, number, kind, status);
                break;
            default:
                Place(OpenFile(new ByteText("/dev/null"u8), LibC.O_WRONLY, 0, status), number, status, true);
                break;
        }
    }

    private static void ToJournal(Setup s, int number, ExecStreamKind kind, ExecStatus status)
    {
        Result<int> stream = JournalStream.Connect(s, kind);
        if (stream.Failed)
        {
            Place(OpenFile(new ByteText("/dev/null"u8), LibC.O_WRONLY, 0, status), number, status, true);
            return;
        }
        Place(stream.Value, number, status, true);
        Result<FileFacts> facts = Paths.StatFd(number);
        if (facts.Failed) { return; }
        s.HasJournalStream = true;   // error is set after output and wins
        s.JournalDevice = facts.Value.Device;
        s.JournalInode = facts.Value.Inode;
    }

    private static bool SameFile(ExecStream a, ExecStream b) =>
        b.Kind is ExecStreamKind.File or ExecStreamKind.Append or ExecStreamKind.Truncate && a.Path == b.Path;

    private static int Descriptor(Setup s, int index, ExecStatus status)
    {
        if ((uint)index >= (uint)s.Descriptors.Length) { Report.Fail(status, Errno.EBADF, "no such descriptor was passed"u8); }
        return s.Descriptors[index];
    }

    /// <summary>Makes <paramref name="fd"/> the stream <paramref name="number"/>, not closed by execve.</summary>
    private static void Place(int fd, int number, ExecStatus status, bool close)
    {
        if (fd == number)
        {
            _ = LibC.fcntl(fd, LibC.F_SETFD, 0);
            return;
        }
        if (LibC.dup3(fd, number, 0) < 0) { Report.Fail(status, Errno.Last, "placing a standard stream"u8); }
        if (close) { _ = LibC.close(fd); }
    }

    /// <summary>A path that turns out to be a socket is connected to: systemd takes AF_UNIX sockets for file: too.</summary>
    private static int OpenFile(ByteText path, int flags, uint umask, ExecStatus status)
    {
        if ((flags & LibC.O_CREAT) != 0) { _ = Native.umask(umask); }
        Result<OwnedFd> open = Sys.Open(path, flags | LibC.O_NOCTTY, 0x1B6);
        if (!open.Failed) { return open.Value.Take(); }
        if (open.Error == Errno.ENXIO)
        {
            Result<int> socket = UnixSocket.Connect(path);
            if (!socket.Failed)
            {
                if ((flags & 3) == LibC.O_RDONLY) { _ = LibC.shutdown(socket.Value, LibC.SHUT_WR); }
                if ((flags & 3) == LibC.O_WRONLY) { _ = LibC.shutdown(socket.Value, LibC.SHUT_RD); }
                return socket.Value;
            }
        }
        Report.Fail(status, open.Error, path);
        return -1;
    }

    /// <summary>Sealed memory holding the data; it reads from the start.</summary>
    private static int DataFd(byte[] data)
    {
        const int AllSeals = 0xF, SEEK_SET = 0;
        int fd;
        fixed (byte* name = "data-fd\0"u8) { fd = LibC.memfd_create(name, LibC.MFD_CLOEXEC | LibC.MFD_ALLOW_SEALING); }
        Errno error = fd < 0 ? Errno.Last : Sys.WriteAll(new Fd(fd), data);
        if (!error.Failed && LibC.lseek(fd, 0, SEEK_SET) < 0) { error = Errno.Last; }
        if (!error.Failed && LibC.fcntl(fd, LibC.F_ADD_SEALS, AllSeals) < 0) { error = Errno.Last; }
        if (error.Failed) { Report.Fail(ExecStatus.Stdin, error, "standard input data"u8); }
        return fd;
    }

    private static int SetBlocking(int fd)
    {
        int flags = LibC.fcntl(fd, LibC.F_GETFL, 0);
        if (flags >= 0 && (flags & LibC.O_NONBLOCK) != 0) { _ = LibC.fcntl(fd, LibC.F_SETFL, flags & ~LibC.O_NONBLOCK); }
        return fd;
    }
}
