using SysMaster.Core.Logging;
using SysMaster.DBus.Wire;
using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.DBus.Systemd1;

/// <summary>Direct connections: the private socket, for root and the manager's own user. They get every signal, subscribed or not.</summary>
public sealed partial class BusFront : IFdObserver
{
    private const int DirectMax = 4096;
    private const int AcceptsPerTurn = 16;

    /// <summary>Under this name init keeps the listening socket.</summary>
    private const string ListenerName = "private";

    private readonly List<BusConnection> _direct = [];
    private OwnedFd? _listener;
    private FdSource? _listenerSource;

    internal IReadOnlyList<BusConnection> Direct => _direct;

    private void Listen(OwnedFd? kept)
    {
        string path = _options.PrivateSocket ?? $"{Manager.Options.RuntimeDirectory}/systemd/private";
        if (kept is null)
        {
            Result<OwnedFd> made = Bind(new ByteText(path));
            if (made.Failed)
            {
                Log.Error($"The private bus socket {path} could not be made: {made.Error.ToString()}");
                return;
            }
            kept = made.Value;
            Manager.KeepFd(ListenerName, kept.Fd);
        }
        _listener = kept;
        _listenerSource = new FdSource(kept.Fd, EventPriority.Bus, this);
        Errno error = Manager.Loop.Add(_listenerSource, LibC.EPOLLIN);
        if (error.Failed) { Log.Error($"The private bus socket cannot be watched: {error.ToString()}"); }
    }

    private Result<OwnedFd> Bind(ByteText path)
    {
        // Bound by PID 1 where that is another process: clients look at their peer's credentials.
        if (Manager.Init is { } init) { return init.Listen(path, LibC.SOCK_STREAM, 0x1C0, DirectMax); }
        _ = Sys.Unlink(path);
        Result<OwnedFd> bound = Sys.ListenUnix(path.Span, LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC, DirectMax);
        if (!bound.Failed) { _ = Sys.Chmod(path, 0x1C0); }
        return bound;
    }

    void IFdObserver.OnReady(FdSource source, uint ready)
    {
        for (int i = 0; i < AcceptsPerTurn; i++)
        {
            int number = Kept?.NextNumber() ?? 0;
            Result<OwnedFd> socket = Accept(source.Fd, number);
            if (socket.Failed)
            {
                if (socket.Error != Errno.EAGAIN) { Log.Warning($"Failed to accept a direct bus connection: {socket.Error.ToString()}"); }
                return;
            }
            if (_direct.Count >= DirectMax)
            {
                Log.Warning($"Too many direct bus connections, refusing one.");
                Refuse(socket.Value, number);
                continue;
            }
            Admit(socket.Value, number);
            if (number != 0) { return; }   // whoever else waits wakes the next turn: asking init in vain costs more
        }
    }

    /// <summary>By init, which keeps it in the same step: no client is lost between its connection and our record of it.</summary>
    private Result<OwnedFd> Accept(Fd listener, int number)
    {
        if (number == 0 || Manager.Init is not { } init) { return Sys.Accept(listener); }
        string name = KeptConnections.NameOf(number);
        Result<OwnedFd> socket = init.Accept(ListenerName, name);
        if (socket.Error == Errno.ENOSYS)   // an init of before
        {
            socket = Sys.Accept(listener);
            if (!socket.Failed) { Manager.KeepFd(name, socket.Value.Fd); }
        }
        if (!socket.Failed) { Manager.OwnKept(name); }
        return socket;
    }

    private void Refuse(OwnedFd socket, int number)
    {
        _ = LibC.shutdown(socket.Value, LibC.SHUT_RDWR);
        socket.Dispose();
        if (number != 0) { Manager.DropFd(KeptConnections.NameOf(number)); }
    }

    /// <param name="number">Under which it is kept; 0: it is not.</param>
    internal void Admit(OwnedFd socket, int number)
    {
        uint own = Manager.Options.Uid;
        Result<BusConnection> accepted = BusConnection.Accept(socket, peer => peer.uid == 0 || peer.uid == own, Paths.Name, this, _queue);
        if (accepted.Failed)
        {
            // Whoever may not connect learns it; that we could not look is for whoever reads the journal.
            LogLevel level = accepted.Error == Errno.EPERM || accepted.Error == Errno.EACCES ? LogLevel.Debug : LogLevel.Warning;
            Log.Write(level, default, $"A direct bus connection was refused: {accepted.Error.ToString()}");
            if (number != 0) { Manager.DropFd(KeptConnections.NameOf(number)); }
            return;
        }
        BusConnection connection = accepted.Value;
        if (number != 0) { Kept?.Add(number, connection); }
        Errno error = new ConnectionSource(Manager.Loop, connection).Add();
        if (error.Failed)
        {
            Kept?.Remove(connection);
            connection.Dispose();
            return;
        }
        _direct.Add(connection);
    }
}
