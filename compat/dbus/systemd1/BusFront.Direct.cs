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
        if (Manager.Init is { } init) { return init.Listen(path, LibC.SOCK_STREAM, 0x180, DirectMax); }
        _ = Sys.Unlink(path);
        Result<OwnedFd> bound = Sys.ListenUnix(path.Span, LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC, DirectMax);
        if (!bound.Failed) { _ = Sys.Chmod(path, 0x180); }
        return bound;
    }

    void IFdObserver.OnReady(FdSource source, uint ready)
    {
        for (int i = 0; i < AcceptsPerTurn; i++)
        {
            Result<OwnedFd> socket = Sys.Accept(source.Fd);
            if (socket.Failed)
            {
                if (socket.Error != Errno.EAGAIN) { Log.Warning($"Failed to accept a direct bus connection: {socket.Error.ToString()}"); }
                return;
            }
            if (_direct.Count >= DirectMax)
            {
                Log.Warning($"Too many direct bus connections, refusing one.");
                socket.Value.Dispose();
                continue;
            }
            Admit(socket.Value);
        }
    }

    private void Admit(OwnedFd socket)
    {
        uint own = Manager.Options.Uid;
        Result<BusConnection> accepted = BusConnection.Accept(socket, peer => peer.uid == 0 || peer.uid == own, Paths.Name, this, _queue);
        if (accepted.Failed)
        {
            Log.Debug($"A direct bus connection was refused: {accepted.Error.ToString()}");
            return;
        }
        BusConnection connection = accepted.Value;
        Errno error = new ConnectionSource(Manager.Loop, connection).Add();
        if (error.Failed)
        {
            connection.Dispose();
            return;
        }
        _direct.Add(connection);
    }
}
