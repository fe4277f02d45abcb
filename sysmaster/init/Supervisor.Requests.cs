using System.Runtime.InteropServices;
using SysMaster.Linux;
using SysMaster.Spawn.Init;

namespace SysMaster.Init;

/// <summary>What the core asks for. It is root and ours, but may be an older or newer build: what we do not know is ignored or ENOSYS.</summary>
internal sealed unsafe partial class Supervisor
{
    private const int RequestBudget = 256;
    private const int SockaddrPath = 2;
    private const int SockaddrSize = 110;
    private const int SIGPIPE = 13;

    private readonly byte** _execWords = (byte**)NativeMemory.AllocZeroed(InitProtocol.MaxExecWords + 8, (nuint)sizeof(byte*));

    private void OnLink(uint events)
    {
        if ((events & LibC.EPOLLOUT) != 0) { _linkFull = false; }
        Errno e = Errno.None;
        for (int i = 0; i < RequestBudget && !e.Failed; i++) { e = TakeRequest(); }
        if (e != Errno.EPIPE || _state->CorePid == 0) { return; }
        // A core without its link can do nothing any more. Its end is seen as an exit, so nothing else happens here.
        Watch(LibC.EPOLL_CTL_DEL, Numbers.LinkFd, Source.Link, 0);
        Watch(LibC.EPOLL_CTL_DEL, Numbers.CallFd, Source.Calls, 0);
        _linkFull = true;
        _ = LibC.kill(_state->CorePid, Numbers.SIGKILL);
    }

    /// <summary>What a core sent before it died counts.</summary>
    private void Drain()
    {
        while (true)
        {
            Errno e = TakeRequest();
            if (e.Failed && e != Errno.EBADMSG) { return; }
        }
    }

    private Errno TakeRequest()
    {
        var space = new Span<byte>(_payload, InitProtocol.MaxPayload);
        var link = new Fd(Numbers.LinkFd);
        Errno e = PacketSocket.Receive(link, out InitHeader h, space, out int length, out int fd, LibC.MSG_DONTWAIT);
        if (e == Errno.EBADMSG) { return Errno.None; }
        if (e.Failed) { return e; }
        ReadOnlySpan<byte> payload = space[..length];
        switch (h.Kind)
        {
            case InitMessageKind.StoreFd: Store(payload, fd); break;
            case InitMessageKind.DropFd when !payload.SequenceEqual(InitProtocol.ExecutorName): _table.Drop(payload); break;
            case InitMessageKind.Reap: Reap(h.A); break;
            case InitMessageKind.Ready: _state->Ready = 1; break;
            case InitMessageKind.SendLog: SendLog(payload); break;
            default: break;   // a newer core's word
        }
        if (fd >= 0) { _ = LibC.close(fd); }
        return Errno.None;
    }

    private void Store(ReadOnlySpan<byte> name, int fd)
    {
        Errno e = name.SequenceEqual(InitProtocol.ExecutorName) ? Errno.EPERM : _table.Store(name, fd);
        if (!e.Failed) { return; }
        Log.Fail(Log.Warning, "cannot keep a descriptor: "u8, name[..Math.Min(name.Length, InitProtocol.MaxName)], e);
        _ = Send(new InitHeader(InitMessageKind.StoreFailed, e.Value), name);
    }

    private static void SendLog(ReadOnlySpan<byte> datagram)
    {
        byte* address = stackalloc byte[SockaddrSize];
        uint length = Address(address, "/run/systemd/journal/socket"u8);
        int fd = LibC.socket(LibC.AF_UNIX, LibC.SOCK_DGRAM | LibC.SOCK_CLOEXEC, 0);
        if (fd < 0) { return; }
        fixed (byte* p = datagram)
        {
            _ = LibC.sendto(fd, p, (nuint)datagram.Length, LibC.MSG_DONTWAIT | LibC.MSG_NOSIGNAL, address, length);
        }
        _ = LibC.close(fd);
    }

    private void OnCall()
    {
        var space = new Span<byte>(_payload, InitProtocol.MaxPayload);
        var call = new Fd(Numbers.CallFd);
        Errno e = PacketSocket.Receive(call, out InitHeader h, space, out int length, out int fd, LibC.MSG_DONTWAIT);
        if (e == Errno.EPIPE) { Watch(LibC.EPOLL_CTL_DEL, Numbers.CallFd, Source.Calls, 0); }
        if (e.Failed) { return; }
        if (fd >= 0) { _ = LibC.close(fd); }
        int made = -1;
        _payload[length] = 0;
        ReadOnlySpan<byte> payload = space[..length];
        Errno result = h.Kind switch
        {
            InitMessageKind.Listen => Listen(payload, h, out made),
            InitMessageKind.Connect => Connect(payload, h.A, out made),
            InitMessageKind.Exec => Exec(h, length),
            InitMessageKind.Reexec => IsProgram(_self) ? Errno.None : Errno.ENOENT,
            _ => Errno.ENOSYS,
        };
        var reply = new InitHeader(InitMessageKind.Reply, result.Value) { Serial = h.Serial };
        _ = PacketSocket.Send(call, reply, default, made, LibC.MSG_DONTWAIT);
        if (made >= 0) { _ = LibC.close(made); }
        if (h.Kind == InitMessageKind.Reexec && !result.Failed) { _ = LibC.execve(_self, _argv.Vector, _environment.Vector); }
    }

    private static Errno Listen(ReadOnlySpan<byte> path, in InitHeader h, out int made)
    {
        byte* address = stackalloc byte[SockaddrSize];
        uint length = Address(address, path);
        made = -1;
        if (length == 0) { return Errno.ENAMETOOLONG; }
        int fd = LibC.socket(LibC.AF_UNIX, h.A | LibC.SOCK_CLOEXEC | LibC.O_NONBLOCK, 0);
        if (fd < 0) { return Errno.Last; }
        byte* node = address + SockaddrPath;
        if (h.D != 0 && *node != 0) { _ = LibC.unlinkat(LibC.AT_FDCWD, node, 0); }
        // Our umask is 0, so the node would be 0777; the socket's own mode is what the node gets, with no moment in between.
        fixed (byte* empty = ""u8) { _ = SetMode(fd, (uint)h.B); }
        bool done = LibC.bind(fd, address, length) == 0 && (h.A == LibC.SOCK_DGRAM || LibC.listen(fd, h.C) == 0);
        Errno e = done ? Errno.None : Errno.Last;
        if (done) { made = fd; }
        else { _ = LibC.close(fd); }
        return e;
    }

    private static int SetMode(int fd, uint mode) => (int)LibC.syscall(LibC.IsArm64 ? 52 : 91, fd, (nint)mode);   // fchmod

    private static Errno Connect(ReadOnlySpan<byte> path, int type, out int made)
    {
        byte* address = stackalloc byte[SockaddrSize];
        uint length = Address(address, path);
        made = -1;
        if (length == 0) { return Errno.ENAMETOOLONG; }
        int fd = LibC.socket(LibC.AF_UNIX, type | LibC.SOCK_CLOEXEC | LibC.O_NONBLOCK, 0);
        if (fd < 0) { return Errno.Last; }
        Errno e = Errno.FromResult(LibC.connect(fd, address, length));
        if (!e.Failed) { made = fd; }
        else { _ = LibC.close(fd); }
        return e;
    }

    /// <summary>struct sockaddr_un; a leading `@` is the abstract namespace.</summary>
    /// <returns>Its length, 0 when the path does not fit.</returns>
    private static uint Address(byte* address, ReadOnlySpan<byte> path)
    {
        if (path.Length is 0 or > 107) { return 0; }
        new Span<byte>(address, SockaddrSize).Clear();
        *(ushort*)address = LibC.AF_UNIX;
        path.CopyTo(new Span<byte>(address + SockaddrPath, 107));
        if (path[0] != (byte)'@') { return (uint)(SockaddrPath + path.Length + 1); }
        address[SockaddrPath] = 0;
        return (uint)(SockaddrPath + path.Length);
    }

    private static bool IsProgram(byte* path)
    {
        const int X_OK = 1;
        return LibC.faccessat(LibC.AT_FDCWD, path, X_OK, 0) == 0;
    }

    /// <summary>Becomes another program. Only what cannot be done returns; once the core is killed a failure ends in a new core.</summary>
    private Errno Exec(in InitHeader h, int length)
    {
        int words = h.A + h.B + 2;
        if (h.A < 1 || h.B < 0 || words > InitProtocol.MaxExecWords + 2) { return Errno.E2BIG; }
        byte* at = _payload, end = _payload + length;
        byte** argv = _execWords + 2;
        for (int i = 0; i < words; i++)
        {
            if (at >= end) { return Errno.EBADMSG; }
            // root, path, argv, a null, environment, a null
            _execWords[i < h.A + 2 ? i : i + 1] = at;
            at += MemoryMarshal.CreateReadOnlySpanFromNullTerminated(at).Length + 1;
        }
        argv[h.A] = null;
        argv[h.A + 1 + h.B] = null;
        byte* root = _execWords[0], path = _execWords[1];
        if (*root == 0 && !IsProgram(path)) { return Errno.ENOENT; }
        if (_state->ExecutorPid > 0) { _ = LibC.kill(_state->ExecutorPid, Numbers.SIGKILL); }
        _ = LibC.kill(_state->CorePid, Numbers.SIGKILL);
        if (*root != 0) { EnterRoot(root); }
        SetCloseOnExec(LibC.FD_CLOEXEC);
        bool keepMask = ((ExecFlags)h.C & ExecFlags.KeepSignalMask) != 0;
        if (!keepMask) { DefaultSignals(); }
        _ = LibC.execve(path, argv, argv + h.A + 1);
        Errno e = Errno.Last;
        Log.Fail(Log.Error, "cannot execute "u8, MemoryMarshal.CreateReadOnlySpanFromNullTerminated(path), e);
        _ = LibC.SetSignalMask(LibC.SIG_SETMASK, Numbers.BlockedMask);
        SetCloseOnExec(0);
        return e;
    }

    /// <summary>For a root that pivot_root(2) cannot leave (the initramfs): the new one is moved over it. After a pivot only the chdir counts.</summary>
    private static void EnterRoot(byte* root)
    {
        fixed (byte* here = "."u8, top = "/"u8)
        {
            bool done = LibC.chdir(root) == 0;
            done = done && (LibC.mount(here, top, null, LibC.MS_MOVE, null) == 0 || Errno.Last == Errno.EINVAL);
            done = done && LibC.chroot(here) == 0 && LibC.chdir(top) == 0;
            if (!done) { Log.Fail(Log.Error, "cannot change to the new root"u8, default, Errno.Last); }
        }
    }

    private void SetCloseOnExec(int flag)
    {
        ReadOnlySpan<int> own = [Numbers.TableFd, Numbers.LinkFd, Numbers.CallFd, Numbers.HangTimerFd];
        foreach (int fd in own) { _ = LibC.fcntl(fd, LibC.F_SETFD, flag); }
        for (int i = 0; i < _state->High; i++)
        {
            if (_table.IsUsed(i)) { _ = LibC.fcntl(StateTable.FdOf(i), LibC.F_SETFD, flag); }
        }
    }

    /// <summary>A foreign program expects SIGPIPE (which the runtime ignores) and the mask as the kernel gives them to PID 1.</summary>
    private static void DefaultSignals()
    {
        ulong* action = stackalloc ulong[4];
        new Span<ulong>(action, 4).Clear();
        _ = LibC.syscall(Numbers.SYS_rt_sigaction, SIGPIPE, (nint)action, 0, sizeof(ulong));
        _ = LibC.SetSignalMask(LibC.SIG_SETMASK, 0);
    }
}
