using System.Runtime.InteropServices;
using SysMaster.Linux;

namespace SysMaster.Spawn.Exec;

/// <summary>
/// The core's end of the executor: never blocks, one descriptor for the owner's loop (an epoll instance over the control socket and
/// the socket of each start under way). What the control socket does not take at once is kept, with duplicates of its descriptors.
/// The order is: Spawn → OnStarted → (owner records the PID) → Go → OnExecuted or OnFailed.
/// </summary>
public sealed unsafe class ExecutorLink : IDisposable
{
    private const uint ControlData = 0;
    private const int ReportSize = 512;
    private const int GoTries = 100;   // a millisecond apart

    private readonly OwnedFd _control;
    private readonly OwnedFd _epoll;
    private readonly IExecutorObserver _observer;
    private readonly Dictionary<uint, Start> _starts = [];
    private readonly Queue<Unsent> _unsent = new();
    private byte[] _buffer = new byte[8192];
    private uint _lastTicket;
    private bool _lost;

    private sealed class Start(OwnedFd socket)
    {
        public readonly OwnedFd Socket = socket;
        public bool Started;
        public bool Watched = true;
        public bool Hot;
        public bool Reset;
    }

    private readonly record struct Unsent(uint Ticket, byte[] Message, OwnedFd[] Fds);

    private ExecutorLink(OwnedFd control, OwnedFd epoll, IExecutorObserver observer)
    {
        _control = control;
        _epoll = epoll;
        _observer = observer;
        // init keeps this socket over the core's death: answers to the tickets of the one before may still come, and must not be ours.
        timespec now;
        _ = LibC.clock_gettime(LibC.CLOCK_MONOTONIC, &now);
        _lastTicket = (uint)((now.tv_sec * 1_000_000) + (now.tv_nsec / 1000));
    }

    /// <param name="control">Our end of the executor's control socket (SOCK_SEQPACKET); owned from here on, also on failure.</param>
    /// <param name="observer">Told of what happens, from <see cref="OnReadable"/> and only from there.</param>
    public static Result<ExecutorLink> Open(OwnedFd control, IExecutorObserver observer)
    {
        int epoll = LibC.epoll_create1(LibC.O_CLOEXEC);
        if (epoll < 0)
        {
            Errno e = Errno.Last;
            control.Dispose();
            return e;
        }
        var link = new ExecutorLink(control, new OwnedFd(epoll), observer);
        int size = 4 << 20;   // a burst of some hundred starts; without the privilege the ordinary size, and the queue behind it
        _ = LibC.setsockopt(control.Value, LibC.SOL_SOCKET, LibC.SO_SNDBUFFORCE, &size, sizeof(int));
        Errno added = link.Control(LibC.EPOLL_CTL_ADD, control.Value, LibC.EPOLLIN, ControlData);
        if (added.Failed)
        {
            link.Dispose();
            return added;
        }
        return link;
    }

    /// <summary>Readable when <see cref="OnReadable"/> has something to do.</summary>
    public Fd Fd => _epoll.Fd;

    /// <summary>Starts under way: spawned, neither executed nor failed.</summary>
    public int Pending => _starts.Count;

    /// <param name="request">What to become. Encoded here; free to change afterwards.</param>
    /// <param name="cgroup">The directory of its group in the tracking tree: the child is born in it, or, where the kernel cannot do that (before 5.7, or v1),
    /// writes itself into it. None leaves it in the executor's.</param>
    /// <param name="descriptors">Borrowed: sockets, then stored descriptors, then what stdio and namespaces refer to by index.</param>
    /// <returns>A ticket (never 0); an errno means that nothing was sent: EPIPE when the executor is lost, E2BIG for a request over the limit.</returns>
    public Result<uint> Spawn(ExecRequest request, Fd cgroup, ReadOnlySpan<int> descriptors)
    {
        if (_lost) { return Errno.EPIPE; }
        int head = sizeof(SpawnHeader);
        int length = request.Encode(ref _buffer);
        if (length > ExecProtocol.RequestLimit) { return Errno.E2BIG; }

        int* pair = stackalloc int[2];
        if (LibC.socketpair(LibC.AF_UNIX, LibC.SOCK_SEQPACKET | LibC.SOCK_CLOEXEC, 0, pair) < 0) { return Errno.Last; }
        var ours = new OwnedFd(pair[0]);
        using var theirs = new OwnedFd(pair[1]);
        using OwnedFd? memfd = length > ExecProtocol.InlineLimit ? MemfdOrNull(_buffer.AsSpan(0, length)) : null;

        uint ticket = NextTicket();
        var header = new SpawnHeader { Version = ExecProtocol.Version, Ticket = ticket, Length = length, FdCount = descriptors.Length };
        Span<int> fds = stackalloc int[ExecProtocol.FdsPerMessage];
        int count = 0;
        fds[count++] = theirs.Value;
        if (cgroup.IsValid)
        {
            header.Flags |= SpawnFlags.HasCgroup;
            fds[count++] = cgroup.Value;
        }
        if (length > ExecProtocol.InlineLimit)
        {
            if (memfd is null) { ours.Dispose(); return Errno.ENOMEM; }
            header.Flags |= SpawnFlags.InMemfd;
            fds[count++] = memfd.Value;
        }
        int first = Math.Min(descriptors.Length, fds.Length - count);
        descriptors[..first].CopyTo(fds[count..]);
        count += first;

        Errno error = SendBatches(ours.Fd, descriptors[first..]);
        if (!error.Failed) { error = Control(LibC.EPOLL_CTL_ADD, ours.Value, LibC.EPOLLIN, ticket); }
        if (!error.Failed)
        {
            int inline = memfd is null ? length : 0;
            byte[] message = new byte[head + inline];
            MemoryMarshal.Write(message, in header);
            _buffer.AsSpan(0, inline).CopyTo(message.AsSpan(head));
            error = Submit(ticket, message, fds[..count]);
        }
        if (error.Failed)
        {
            ours.Dispose();   // closing also takes it out of epoll
            return error;
        }
        _starts.Add(ticket, new Start(ours));
        return ticket;
    }

    /// <summary>
    /// The PID is recorded: the child may execute. It would wait for good for a word that does not come, so a kernel short of memory is asked
    /// again for a while; its queue is empty and has room.
    /// </summary>
    /// <returns>ESRCH when the ticket is no longer under way; EPIPE when the child has died.</returns>
    public Errno Go(uint ticket)
    {
        if (!_starts.TryGetValue(ticket, out Start? start)) { return Errno.ESRCH; }
        byte go = ExecProtocol.Go;
        Errno error = SocketMessage.Send(start.Socket.Fd, new ReadOnlySpan<byte>(in go), []);
        for (int tries = 0; tries < GoTries && error.Failed && error != Errno.EPIPE && error != Errno.ECONNRESET; tries++)
        {
            Pid1.Clock.Sleep(1);
            error = SocketMessage.Send(start.Socket.Fd, new ReadOnlySpan<byte>(in go), []);
        }
        return error;
    }

    /// <summary>Gives a start up: before Go the child exits without having run (<see cref="ExecProtocol.NeverRan"/>); after it, nothing more is told about it.</summary>
    public void Cancel(uint ticket)
    {
        if (_starts.Remove(ticket, out Start? start)) { start.Socket.Dispose(); }
    }

    /// <summary>Handles what is ready; bounded work, call again while <see cref="Fd"/> is readable.</summary>
    public void OnReadable()
    {
        const int Batch = 32;
        int size = EventSize;
        byte* events = stackalloc byte[Batch * 16];
        int n = LibC.epoll_wait(_epoll.Value, events, Batch, 0);
        for (int i = 0; i < n; i++)
        {
            uint mask = *(uint*)(events + (i * size));
            uint data = *(uint*)(events + (i * size) + (size - 8));
            if (data != ControlData) { OnSpawnSocket(data); continue; }
            if ((mask & LibC.EPOLLOUT) != 0) { SendUnsent(); }
            if ((mask & ~LibC.EPOLLOUT) != 0) { ReadReplies(); }
        }
    }

    public void Dispose()
    {
        foreach (Start start in _starts.Values) { start.Socket.Dispose(); }
        _starts.Clear();
        DropUnsent();
        _epoll.Dispose();
        _control.Dispose();
    }

    private void ReadReplies()
    {
        for (int i = 0; i < 64 && !_lost; i++)
        {
            SpawnReply reply;
            nint n = LibC.recv(_control.Value, (byte*)&reply, (nuint)sizeof(SpawnReply), LibC.MSG_DONTWAIT);
            if (n < 0 && (Errno.Last == Errno.EAGAIN || Errno.Last == Errno.EINTR)) { return; }
            if (n < 0 && Errno.Last is var e && e != Errno.ECONNRESET && e != Errno.EPIPE) { Lose(error: e); return; }
            if (n != sizeof(SpawnReply)) { Lose(); return; }
            OnReply(reply);
        }
    }

    private void OnReply(SpawnReply reply)
    {
        if (reply.Ticket == 0)   // it did not understand even the header: another build
        {
            Lose(understands: false);
            return;
        }
        if (!_starts.TryGetValue(reply.Ticket, out Start? start)) { return; }   // cancelled
        if (reply.Errno != 0)
        {
            Fail(reply.Ticket, new ExecFailure(ExecFailureKind.Refused, ExecStatus.Success, new Errno(reply.Errno), new ByteText("FORK"u8)));
            return;
        }
        start.Started = true;
        if (!start.Watched)
        {
            start.Watched = true;
            _ = Control(LibC.EPOLL_CTL_ADD, start.Socket.Value, LibC.EPOLLIN, reply.Ticket);
        }
        _observer.OnStarted(reply.Ticket, reply.Pid);
    }

    private void OnSpawnSocket(uint ticket)
    {
        if (!_starts.TryGetValue(ticket, out Start? start)) { return; }
        if (!start.Started) { ReadReplies(); }
        if (!_starts.ContainsKey(ticket)) { return; }
        if (!start.Started)
        {
            // A child may fail before the executor gets to say its PID: what it wrote waits until then.
            start.Watched = false;
            _ = Control(LibC.EPOLL_CTL_DEL, start.Socket.Value, 0, 0);
            return;
        }
        byte* buffer = stackalloc byte[ReportSize];
        while (ReadReport(ticket, start, buffer)) { }
    }

    /// <returns>Whether there may be more to read.</returns>
    private bool ReadReport(uint ticket, Start start, byte* buffer)
    {
        nint n = LibC.recv(start.Socket.Value, buffer, ReportSize, LibC.MSG_DONTWAIT);
        if (n < 0 && Errno.Last is var e && e != Errno.ECONNRESET && e != Errno.EPIPE) { return false; }   // it is still there to be read
        // It died with our go unread: said once, before what it had written.
        if (n < 0 && Errno.Last == Errno.ECONNRESET && !start.Reset) { return start.Reset = true; }
        var report = (ExecReport*)buffer;
        bool whole = n >= sizeof(ExecReport);
        if (whole && report->Kind == ExecReport.Hot)
        {
            start.Hot = true;
            return true;
        }
        if (whole && report->Kind == ExecReport.Failed)
        {
            int text = Math.Clamp(report->TextLength, 0, (int)n - sizeof(ExecReport));
            Fail(ticket, new ExecFailure(ExecFailureKind.Step, (ExecStatus)report->ExitStatus, new Errno(report->Errno),
                new ByteText(new ReadOnlySpan<byte>(buffer + sizeof(ExecReport), text))));
            return false;
        }
        if (start.Hot)
        {
            Cancel(ticket);
            _observer.OnExecuted(ticket);
        }
        else
        {
            Fail(ticket, new ExecFailure(ExecFailureKind.Vanished, ExecStatus.Success, Errno.None, default));
        }
        return false;
    }

    private void Fail(uint ticket, ExecFailure failure)
    {
        Cancel(ticket);
        _observer.OnFailed(ticket, failure);
    }

    /// <summary>It is gone: what it had in hand is asked of the next one (<see cref="IExecutorObserver.OnExecutorLost"/>). One that does not understand us stays.</summary>
    private void Lose(bool understands = true, Errno error = default)
    {
        if (_lost) { return; }
        _lost = true;
        _ = Control(LibC.EPOLL_CTL_DEL, _control.Value, 0, 0);
        DropUnsent();
        List<uint> orphans = [];
        foreach ((uint ticket, Start start) in _starts)
        {
            if (!start.Started && !understands) { orphans.Add(ticket); }
        }
        foreach (uint ticket in orphans)
        {
            Fail(ticket, new ExecFailure(ExecFailureKind.Refused, ExecStatus.Success, Errno.ECONNRESET, new ByteText("FORK"u8)));
        }
        _observer.OnExecutorLost(error);
    }

    private Errno Submit(uint ticket, byte[] message, ReadOnlySpan<int> fds)
    {
        Errno error = _unsent.Count == 0 ? SocketMessage.Send(_control.Fd, message, fds) : Errno.EAGAIN;
        if (error != Errno.EAGAIN) { return error; }
        var kept = new OwnedFd[fds.Length];
        for (int i = 0; i < fds.Length; i++)
        {
            int copy = LibC.fcntl(fds[i], LibC.F_DUPFD_CLOEXEC, 0);
            if (copy < 0)
            {
                Errno e = Errno.Last;
                for (int k = 0; k < i; k++) { kept[k].Dispose(); }
                return e;
            }
            kept[i] = new OwnedFd(copy);
        }
        _unsent.Enqueue(new Unsent(ticket, message, kept));
        return Control(LibC.EPOLL_CTL_MOD, _control.Value, LibC.EPOLLIN | LibC.EPOLLOUT, ControlData);
    }

    private void SendUnsent()
    {
        Span<int> fds = stackalloc int[ExecProtocol.FdsPerMessage];
        while (_unsent.TryPeek(out Unsent next))
        {
            if (_starts.ContainsKey(next.Ticket))   // not cancelled meanwhile
            {
                for (int i = 0; i < next.Fds.Length; i++) { fds[i] = next.Fds[i].Value; }
                Errno error = SocketMessage.Send(_control.Fd, next.Message, fds[..next.Fds.Length]);
                if (error == Errno.EAGAIN) { return; }
                if (error.Failed) { Lose(); return; }
            }
            _ = _unsent.Dequeue();
            foreach (OwnedFd fd in next.Fds) { fd.Dispose(); }
        }
        _ = Control(LibC.EPOLL_CTL_MOD, _control.Value, LibC.EPOLLIN, ControlData);
    }

    private void DropUnsent()
    {
        while (_unsent.TryDequeue(out Unsent next))
        {
            foreach (OwnedFd fd in next.Fds) { fd.Dispose(); }
        }
    }

    /// <summary>Descriptors beyond the first message's share wait in the start's own socket; the child takes them.</summary>
    private static Errno SendBatches(Fd socket, ReadOnlySpan<int> fds)
    {
        while (!fds.IsEmpty)
        {
            int n = Math.Min(fds.Length, ExecProtocol.FdsPerMessage);
            Errno error = SocketMessage.Send(socket, "f"u8, fds[..n]);
            if (error.Failed) { return error; }
            fds = fds[n..];
        }
        return Errno.None;
    }

    private static OwnedFd? MemfdOrNull(ReadOnlySpan<byte> content)
    {
        int fd;
        fixed (byte* name = "exec-request\0"u8) { fd = LibC.memfd_create(name, LibC.MFD_CLOEXEC); }
        if (fd < 0) { return null; }
        var owned = new OwnedFd(fd);
        if (!Sys.WriteAll(owned.Fd, content).Failed) { return owned; }
        owned.Dispose();
        return null;
    }

    private uint NextTicket()
    {
        do { _lastTicket++; }
        while (_lastTicket == 0 || _starts.ContainsKey(_lastTicket));
        return _lastTicket;
    }

    /// <summary>epoll_event is packed on x86-64 only.</summary>
    private static int EventSize => LibC.IsArm64 ? 16 : 12;

    private Errno Control(int op, int fd, uint mask, uint data)
    {
        byte* ev = stackalloc byte[16];
        *(uint*)ev = mask;
        *(ulong*)(ev + (EventSize - 8)) = data;
        return LibC.epoll_ctl(_epoll.Value, op, fd, ev) < 0 ? Errno.Last : Errno.None;
    }
}
