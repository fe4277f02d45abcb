using System.Diagnostics.CodeAnalysis;
using SysMaster.Linux;

namespace SysMaster.Spawn.Init;

/// <summary>
/// The core's end of init. Messages come through <see cref="OnReadable"/>; requests go out at once. The one-way ones are in init's hands
/// when they return (a socket holds them even if this process dies the next moment); the calls wait for init's answer, which needs
/// nothing but a few system calls of it. init never waits for us, so neither can hang while it lives.
/// </summary>
[SuppressMessage("Design", "CA1003", Justification = "an observer, not an event")]
public sealed unsafe class InitLink : IDisposable
{
    private const int SO_RCVTIMEO = 20;
    private const int SO_SNDTIMEO = 21;
    private const int PostTries = 100;   // a millisecond apart

    private readonly OwnedFd _link;
    private readonly OwnedFd _call;
    private readonly OwnedFd? _hangTimer;
    private readonly byte[] _buffer = new byte[InitProtocol.MaxPayload];
    private uint _serial;
    private bool _started;

    /// <remarks>hangTimer: null: nobody watches this core.</remarks>
    public InitLink(OwnedFd link, OwnedFd call, OwnedFd? hangTimer)
    {
        _link = link;
        _call = call;
        _hangTimer = hangTimer;
        timespec limit = new() { tv_sec = InitProtocol.CallTimeoutSec };
        foreach (int fd in (ReadOnlySpan<int>)[link.Value, call.Value])
        {
            _ = LibC.setsockopt(fd, LibC.SOL_SOCKET, SO_SNDTIMEO, &limit, (uint)sizeof(timespec));
            _ = LibC.setsockopt(fd, LibC.SOL_SOCKET, SO_RCVTIMEO, &limit, (uint)sizeof(timespec));
        }
    }

    /// <summary>What the loop watches for input.</summary>
    public Fd Fd => _link.Fd;

    /// <summary>The timer that makes init kill a hung core: arm it (timerfd_settime, relative) when work begins, disarm it before sleeping.</summary>
    public Fd HangTimer => _hangTimer?.Fd ?? Fd.None;

    /// <summary>
    /// The link of a core that init has started: descriptors 3, 4 and 5, made CLOEXEC. Null when this process has another parent or
    /// descriptor 3 is no packet socket made by it (tests).
    /// </summary>
    public static InitLink? OfThisProcessOrNull()
    {
        int parent = LibC.getppid();
        if (!IsPacketSocketOf(InitProtocol.LinkFd, parent) || !IsPacketSocketOf(InitProtocol.CallFd, parent)) { return null; }
        for (int fd = InitProtocol.LinkFd; fd <= InitProtocol.HangTimerFd; fd++) { _ = LibC.fcntl(fd, LibC.F_SETFD, LibC.FD_CLOEXEC); }
        bool timed = LibC.fcntl(InitProtocol.HangTimerFd, LibC.F_GETFD, 0) >= 0;
        return new InitLink(new OwnedFd(InitProtocol.LinkFd), new OwnedFd(InitProtocol.CallFd), timed ? new OwnedFd(InitProtocol.HangTimerFd) : null);
    }

    /// <summary>Told of a one-way message that did not reach an init which is there. SendLog is none of them: a line may be lost, and the telling would be one.</summary>
    public Action<InitMessageKind, Errno>? NotSent { get; set; }

    /// <summary>Hands what has come to the observer, at most <paramref name="budget"/> messages.</summary>
    /// <returns>EAGAIN: all taken. None: the budget is spent, there may be more. EPIPE: init closed the link (it re-executes or ends us).</returns>
    public Errno OnReadable(IInitObserver observer, int budget = 64)
    {
        for (; budget > 0; budget--)
        {
            Errno e = PacketSocket.Receive(_link.Fd, out InitHeader h, _buffer, out int length, out int fd, LibC.MSG_DONTWAIT);
            if (e == Errno.EBADMSG) { continue; }
            if (e.Failed) { return e; }
            Tell(observer, h, _buffer.AsSpan(0, length), fd);
        }
        return Errno.None;
    }

    /// <summary>Keep a copy of this descriptor beyond our death; one stored under the name before is replaced.</summary>
    /// <returns>EINVAL for a name that is empty or longer than <see cref="InitProtocol.MaxName"/>. A full table is told later.</returns>
    public Errno StoreFd(ReadOnlySpan<byte> name, Fd fd) => !IsName(name) || !fd.IsValid
        ? Errno.EINVAL
        : Post(new InitHeader(InitMessageKind.StoreFd), name, fd.Value);

    /// <summary>Close what init keeps under this name. Close a connection with shutdown(2) first: this is only one reference to it.</summary>
    public Errno DropFd(ReadOnlySpan<byte> name) => !IsName(name)
        ? Errno.EINVAL
        : Post(new InitHeader(InitMessageKind.DropFd), name);

    /// <summary>The exit is recorded: the zombie may go, and its PID be used again.</summary>
    public Errno Reap(int pid) => Post(new InitHeader(InitMessageKind.Reap, pid), default);

    /// <summary>State is restored: signals may come, each when the one before was taken.</summary>
    public Errno Ready() => Post(new InitHeader(InitMessageKind.Ready, 1), default);

    /// <summary>What the last signal asked for is recorded.</summary>
    public Errno SignalTaken() => Post(new InitHeader(InitMessageKind.SignalTaken), default);

    /// <summary>Work is done for now: init gives memory back, as we do.</summary>
    public Errno Settled() => Post(new InitHeader(InitMessageKind.Settled), default);

    /// <summary>One datagram to journald's native socket with PID 1 as its sender, for where SCM_CREDENTIALS may not be forged.</summary>
    public Errno SendLog(ReadOnlySpan<byte> datagram) => PacketSocket.Send(_link.Fd, new InitHeader(InitMessageKind.SendLog), datagram);

    /// <summary>One datagram to the socket at a path, with init as its sender: who waits for our READY=1 knows init, not us.</summary>
    public Errno SendTo(ReadOnlySpan<byte> path, ReadOnlySpan<byte> datagram) =>
        Post(new InitHeader(InitMessageKind.SendTo), [.. path, 0, .. datagram]);

    /// <summary>The next spawn goes to an executor of the file that is installed now.</summary>
    public Errno RenewExecutor() => Post(new InitHeader(InitMessageKind.RenewExecutor), default);

    /// <summary>A user's manager is over: init ends with this status.</summary>
    public Errno End(int status) => Post(new InitHeader(InitMessageKind.End, status), default);

    /// <summary>An AF_UNIX socket, bound (and listening, unless SOCK_DGRAM) by PID 1, so that its peers see PID 1. Non-blocking.</summary>
    /// <remarks>
    /// <para>path: A path, or `@` and an abstract name.</para>
    /// <para>type: SOCK_STREAM, SOCK_DGRAM or SOCK_SEQPACKET.</para>
    /// <para>mode: Permissions of the node.</para>
    /// <para>unlinkFirst: A stale node is removed.</para>
    /// <para>label: What the socket is to a security policy; empty: what the policy says.</para>
    /// </remarks>
    public Result<OwnedFd> Listen(ByteText path, int type, uint mode, int backlog, bool unlinkFirst = true, ByteText label = default) =>
        Call(new InitHeader(InitMessageKind.Listen, type, (int)mode, backlog, unlinkFirst ? 1 : 0), label.IsEmpty ? path.Span : [.. path.Span, 0, .. label.Span]);

    /// <summary>An AF_UNIX socket connected by PID 1, so that the peer sees PID 1. Non-blocking.</summary>
    /// <returns>EAGAIN when the peer's backlog is full; else connect(2)'s errors.</returns>
    public Result<OwnedFd> Connect(ByteText path, int type = LibC.SOCK_STREAM) => Call(new InitHeader(InitMessageKind.Connect, type), path.Span);

    /// <summary>Accepts a connection of a listening socket that init keeps, and keeps it in the same step. Non-blocking.</summary>
    /// <returns>EAGAIN when nobody waits, ENOENT for a listener that is not kept, ENFILE when the table is full.</returns>
    public Result<OwnedFd> Accept(string listener, string name) =>
        Call(new InitHeader(InitMessageKind.Accept), System.Text.Encoding.UTF8.GetBytes($"{listener}\0{name}"));

    /// <summary>
    /// PID 1 becomes another program (the last step of shutdown, of an initrd, of a soft-reboot). This process and the executor are killed on
    /// the way.
    /// </summary>
    /// <returns>Only when it cannot be done: the program is not there, the words do not fit.</returns>
    public Errno Exec(ByteText path, ReadOnlySpan<ByteText> argv, ReadOnlySpan<ByteText> environment, ExecFlags flags)
    {
        byte[] payload = new byte[InitProtocol.MaxPayload];
        int used = ExecWords.Write(payload, path, argv, environment);
        if (used == 0) { return Errno.E2BIG; }
        var header = new InitHeader(InitMessageKind.Exec, argv.Length, environment.Length, (int)flags);
        return Call(header, payload.AsSpan(0, used), wantsFd: false).Error;
    }

    /// <summary>init executes its own file anew over its saved state; services, descriptors and this link stay.</summary>
    /// <param name="label">Empty, or the security context to execute it in; the executor is then started anew too.</param>
    public Errno Reexec(ReadOnlySpan<byte> label = default) => Call(new InitHeader(InitMessageKind.Reexec), label, wantsFd: false).Error;

    public void Dispose()
    {
        _link.Dispose();
        _call.Dispose();
        _hangTimer?.Dispose();
    }

    // What init is told once must reach it: a zombie that is never released, a descriptor that keeps a pipe open, a signal that is never
    // followed by the next. So a kernel that is short of memory is asked again for a while.
    private Errno Post(in InitHeader header, ReadOnlySpan<byte> payload, int fd = -1)
    {
        Errno error = PacketSocket.Send(_link.Fd, header, payload, fd);
        for (int tries = 0; tries < PostTries && IsShortage(error); tries++)
        {
            Pid1.Clock.Sleep(1);
            error = PacketSocket.Send(_link.Fd, header, payload, fd);
        }
        if (error.Failed && error != Errno.EPIPE) { NotSent?.Invoke(header.Kind, error); }
        return error;
    }

    private static bool IsShortage(Errno error) => error == Errno.ENOMEM || error == Errno.ENOBUFS;

    private static bool IsPacketSocketOf(int fd, int pid)
    {
        int type = 0;
        uint length = sizeof(int);
        if (LibC.getsockopt(fd, LibC.SOL_SOCKET, LibC.SO_TYPE, &type, &length) != 0 || type != LibC.SOCK_SEQPACKET) { return false; }
        ucred peer = default;
        length = (uint)sizeof(ucred);
        return LibC.getsockopt(fd, LibC.SOL_SOCKET, LibC.SO_PEERCRED, &peer, &length) == 0 && peer.pid == pid;
    }

    private static bool IsName(ReadOnlySpan<byte> name) => name.Length is > 0 and <= InitProtocol.MaxName && !name.Contains((byte)0);

    private void Tell(IInitObserver observer, in InitHeader h, ReadOnlySpan<byte> payload, int fd)
    {
        switch (h.Kind)
        {
            case InitMessageKind.Exited:
                observer.OnExited(new ExitNotice(h.A, h.B, h.C, (uint)h.D));
                break;
            case InitMessageKind.Signal:
                observer.OnSignal(new ForwardedSignal(h.A, h.B, h.C, (uint)h.D, h.E, h.Serial));
                break;
            case InitMessageKind.KeptFd when fd >= 0 && payload.SequenceEqual(InitProtocol.ExecutorName):
                observer.OnExecutor(new OwnedFd(fd));
                return;
            case InitMessageKind.KeptFd when fd >= 0 && !_started:
                observer.OnKeptFd(payload, new OwnedFd(fd));
                return;
            case InitMessageKind.StartEnd:
                _started = true;
                int version = payload.Length >= sizeof(int) ? BitConverter.ToInt32(payload) : 0;
                observer.OnStarted(new StartInfo(h.A, h.B, h.C, h.D, (StartFlags)h.E, version));
                break;
            case InitMessageKind.StoreFailed:
                observer.OnStoreFailed(payload, new Errno(h.A));
                break;
            default:
                break;   // a newer init's word
        }
        if (fd >= 0) { _ = LibC.close(fd); }
    }

    private Result<OwnedFd> Call(InitHeader request, ReadOnlySpan<byte> payload, bool wantsFd = true)
    {
        request.Serial = ++_serial;
        Errno e = PacketSocket.Send(_call.Fd, request, payload);
        if (e.Failed) { return e == Errno.EAGAIN ? Errno.ETIMEDOUT : e; }
        while (true)
        {
            e = PacketSocket.Receive(_call.Fd, out InitHeader reply, _buffer, out _, out int fd);
            if (e.Failed) { return e == Errno.EAGAIN ? Errno.ETIMEDOUT : e; }
            if (reply.Kind == InitMessageKind.Reply && reply.Serial == request.Serial)
            {
                if (reply.A == 0 && wantsFd && fd >= 0) { return new OwnedFd(fd); }
                if (fd >= 0) { _ = LibC.close(fd); }
                return reply.A != 0 ? new Errno(reply.A) : wantsFd ? Errno.EPROTO : new OwnedFd(-1);
            }
            if (fd >= 0) { _ = LibC.close(fd); }   // the late answer to a call that had timed out
        }
    }
}
