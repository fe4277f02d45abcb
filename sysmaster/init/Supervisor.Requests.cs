using System.Runtime.InteropServices;

namespace SysMaster.Init;

/// <summary>What the core asks for. It may be another build: what is not known is ignored, a call ENOSYS.</summary>
internal sealed unsafe partial class Supervisor
{
    private const int RequestBudget = 256;
    private readonly byte** _execWords =
        (byte**)NativeMemory.AllocZeroed(ExecWords.MaxPointers, (nuint)sizeof(byte*));

    private void OnLink(uint events)
    {
        if ((events & LibC.EPOLLOUT) != 0) { _linkFull = false; }
        Errno e = Errno.None;
        for (int i = 0; i < RequestBudget && !e.Failed; i++) { e = TakeRequest(); }
        if (e != Errno.EPIPE || _state->CorePid == 0) { return; }
        // A core without its link can do nothing any more. What follows happens when its end is seen.
        _poller.Remove(Numbers.LinkFd);
        _poller.Remove(Numbers.CallFd);
        _linkFull = true;
        _ = LibC.kill(_state->CorePid, Numbers.SIGKILL);
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
            case InitMessageKind.DropFd: if (!IsExecutor(payload)) { _table.Drop(payload); } break;
            case InitMessageKind.Reap: Reap(h.A); break;
            case InitMessageKind.Ready: _state->Ready = ReadyOfBefore + h.A; break;
            case InitMessageKind.SignalTaken: (_state->Signal, _state->SignalSent) = (default, 0); break;
            case InitMessageKind.RenewExecutor: EndExecutor(); StartExecutor(); break;
            case InitMessageKind.Settled: FilePages.GiveBack(); break;
            case InitMessageKind.SendLog: _ = UnixSockets.SendTo("/run/systemd/journal/socket"u8, payload); break;
            case InitMessageKind.SendTo: _ = UnixSockets.SendTo(payload); break;
            case InitMessageKind.End when Program.IsUser: Environment.Exit(h.A); break;
            default: break;   // a newer core's word
        }
        if (fd >= 0) { _ = LibC.close(fd); }
        return Errno.None;
    }

    private static bool IsExecutor(ReadOnlySpan<byte> name) => name.SequenceEqual(InitProtocol.ExecutorName);

    private void Store(ReadOnlySpan<byte> name, int fd)
    {
        Errno e = IsExecutor(name) ? Errno.EPERM : _table.Store(name, fd);
        if (!e.Failed) { return; }
        Log.Fail(Log.Warning, "cannot keep a descriptor: "u8, name[..Math.Min(name.Length, InitProtocol.MaxName)], e);
        _ = Send(new InitHeader(InitMessageKind.StoreFailed, e.Value), name);
    }

    private void OnCall()
    {
        var space = new Span<byte>(_payload, InitProtocol.MaxPayload);
        var call = new Fd(Numbers.CallFd);
        Errno e = PacketSocket.Receive(call, out InitHeader h, space, out int length, out int fd, LibC.MSG_DONTWAIT);
        if (e == Errno.EPIPE) { _poller.Remove(Numbers.CallFd); }
        if (e.Failed) { return; }
        if (fd >= 0) { _ = LibC.close(fd); }
        int made = -1;
        _payload[length] = 0;
        ReadOnlySpan<byte> payload = space[..length];
        Errno result = h.Kind switch
        {
            InitMessageKind.Listen => UnixSockets.Listen(payload, h.A, (uint)h.B, h.C, h.D != 0, out made),
            InitMessageKind.Connect => UnixSockets.Connect(payload, h.A, out made),
            InitMessageKind.Accept => Accept(payload, out made),
            InitMessageKind.Exec => Exec(h, length),
            InitMessageKind.Reexec => IsProgram(_self) ? Errno.None : Errno.ENOENT,
            _ => Errno.ENOSYS,
        };
        var reply = new InitHeader(InitMessageKind.Reply, result.Value) { Serial = h.Serial };
        _ = PacketSocket.Send(call, reply, default, made, LibC.MSG_DONTWAIT);
        if (made >= 0) { _ = LibC.close(made); }
        if (h.Kind != InitMessageKind.Reexec || result.Failed) { return; }
        // The executor was warmed in the old domain.
        if (!payload.IsEmpty && !Sys.WriteFile("/proc/self/attr/exec"u8, payload).Failed) { EndExecutor(); }
        _ = LibC.execve(_self, _argv.Vector, _environment.Vector);
    }

    /// <summary>A connection that is kept before anybody can lose it: the listener's name, NUL, its own.</summary>
    private Errno Accept(ReadOnlySpan<byte> names, out int made)
    {
        const int flags = LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC;
        int between = Math.Max(names.IndexOf((byte)0), 0), slot = _table.Find(names[..between]);
        made = slot < 0 ? -1 : LibC.accept4(StateTable.FdOf(slot), null, null, flags);
        return slot < 0 ? Errno.ENOENT : made < 0 ? Errno.Last : _table.Store(names[(between + 1)..], made);
    }

    public static bool IsProgram(byte* path) => LibC.faccessat(LibC.AT_FDCWD, path, 1 /* X_OK */, 0) == 0;

    /// <summary>Becomes another program. Returns if it cannot; after the kills that means a new core.</summary>
    private Errno Exec(in InitHeader h, int length)
    {
        if (!ExecWords.Read(_payload, length, h.A, h.B, _execWords)) { return Errno.EBADMSG; }
        byte** argv = _execWords + 1;
        byte* path = _execWords[0];
        bool keep = ((ExecFlags)h.C & ExecFlags.KeepState) != 0;
        if (!IsProgram(path)) { return Errno.ENOENT; }
        EndExecutor();
        _ = LibC.kill(_state->CorePid, Numbers.SIGKILL);
        if (keep) { _state->CorePid = 0; }   // the next init starts its own
        else { SetCloseOnExec(LibC.FD_CLOEXEC); }
        if (((ExecFlags)h.C & ExecFlags.KeepSignalMask) == 0) { Signals.Reset(); }
        _ = LibC.execve(path, argv, argv + h.A + 1);
        Errno e = Errno.Last;
        Log.Fail(Log.Error, "cannot execute "u8, MemoryMarshal.CreateReadOnlySpanFromNullTerminated(path), e);
        Signals.Block();
        SetCloseOnExec(0);
        if (keep) { StartCore(); }
        return e;
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
}
