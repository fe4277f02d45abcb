using SysMaster.Core;
using SysMaster.Core.Logging;
using SysMaster.DBus.Wire;
using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.DBus.Systemd1;

/// <summary>
/// The manager on D-Bus: direct connections on its private socket, one connection to the message bus, the objects behind both, and the
/// signals that the manager's changes are. Messages of a turn leave at its end, after the records of what they say were committed.
/// Split by facet: objects and turns (here), direct connections, the bus, the manager's news.
/// </summary>
public sealed partial class BusFront : IManagerObserver, IBusConnectionOwner, IBusObjects, IForeignRecords, IDeadlineObserver
{
    private readonly ObjectTree _tree;
    private readonly FlushQueue _queue = new();
    private readonly Deadline _patience;
    private readonly BusFrontOptions _options;

    private BusFront(Manager manager, BusFrontOptions options)
    {
        Manager = manager;
        _options = options;
        Authority = new Authority(this);
        Clients = new Clients(this);
        _patience = new Deadline(manager.Monotonic, this);
        Announcer = new Announcer(this);
        Deferred = new DeferredCalls(this);
        if (manager.Init is not null && manager.Ledger is { } ledger) { _queue.AuthSender = Kept = new KeptConnections(this, ledger); }
        _queue.Observer = Kept;
        Files = new UnitFileFacts(manager);
        _tree = new ObjectTree(Authority);
        _tree.Add(Paths.Manager, ManagerInterface.Declaration, this);
        _tree.Add(Paths.LogControl, LogControlInterface.Declaration, this);
        _tree.Add(RecoveryInterface.Path, RecoveryInterface.Declaration, this);
        _tree.Add(HistoryInterface.Path, HistoryInterface.Declaration, this);
        _tree.Add(PlanInterface.Path, PlanInterface.Declaration, this);
        _tree.Add(HelloInterface.Path, HelloInterface.Declaration, this);
        _tree.AddFallback(Paths.UnitPrefix, this);
        _tree.AddFallback(Paths.JobPrefix, new JobObjects(this));
    }

    public Manager Manager { get; }

    internal Authority Authority { get; }

    internal Clients Clients { get; }

    internal Announcer Announcer { get; }

    internal UnitFileFacts Files { get; }

    internal DeferredCalls Deferred { get; }

    /// <summary>Connections that outlive the manager; null where nobody keeps them for us.</summary>
    internal KeptConnections? Kept { get; }

    /// <summary>Puts the manager on D-Bus: from here on clients are served as the loop runs.</summary>
    /// <param name="manager">Its loop is used; its files need not be open yet.</param>
    /// <param name="listener">The private socket, if an earlier manager has made it; else it is made.</param>
    /// <param name="options">Other places than the usual.</param>
    public static BusFront Attach(Manager manager, OwnedFd? listener = null, BusFrontOptions? options = null)
    {
        var front = new BusFront(manager, options ?? new BusFrontOptions());
        manager.Observers.Add(front);
        manager.BusNameWatched = front.WatchBusName;
        manager.ForeignRecords = front;
        if (!manager.IsSystem) { manager.AttachBySystem = new SystemManager(manager).Attach; }
        front.Listen(listener);
        return front;
    }

    void IBusConnectionOwner.OnReady(BusConnection connection)
    {
        if (connection == _bus) { OnBusReady(); }
    }

    void IBusConnectionOwner.OnMessage(BusConnection connection, Message message)
    {
        if (!IsRefused(connection, message)) { OnMessage(connection, message, authorized: false); }
    }

    /// <summary>A call that was kept comes back here.</summary>
    internal void OnMessage(BusConnection connection, Message message, bool authorized)
    {
        if (message.Type == MessageType.Signal)
        {
            if (connection == _bus) { OnBusSignal(message); }
            return;
        }
        if (message.Path.SequenceEqual("/org/freedesktop/systemd1/unit/self"u8) && !Authority.KnowsPeer(connection, message))
        {
            Authority.AskPeerFirst(connection, message);
            return;
        }
        _current = (connection, message);
        _tree.Dispatch(connection, message, authorized);
        _current = default;
    }

    private (BusConnection? Connection, Message? Message) _current;

    void IBusConnectionOwner.OnReply(BusConnection connection, ReplyTag tag, Message reply) => OnBusReply(tag, reply);

    void IBusConnectionOwner.OnInterestChanged(BusConnection connection) => (connection.Tag as ConnectionSource)?.Update();

    void IBusConnectionOwner.OnClosed(BusConnection connection, CloseReason reason, string detail)
    {
        (connection.Tag as ConnectionSource)?.Remove();
        Kept?.Remove(connection);
        Deferred.OnConnectionClosed(connection);
        Clients.OnConnectionClosed(connection);
        if (connection == _bus) { OnBusClosed(reason, detail); }
        else
        {
            _direct.Remove(connection);
            if (reason == CloseReason.Protocol) { LogHangUp(connection, "it broke the protocol", detail); }
            else if (reason == CloseReason.Overflow) { LogHangUp(connection, "it does not read what it asked for", detail); }
            else if (reason == CloseReason.System)
            {
                Log.Warning($"The direct bus connection of PID {connection.Credentials.pid} (UID {connection.Credentials.uid}) was closed: the kernel refused a call on it{(detail.Length == 0 ? "" : ": ")}{detail}.");
            }
        }
    }

    private static void LogHangUp(BusConnection connection, string why, string detail)
        => Log.Notice($"The direct bus connection of PID {connection.Credentials.pid} (UID {connection.Credentials.uid}) was closed: {why}{(detail.Length == 0 ? "" : ": ")}{detail}.");

    /// <summary>PID of who makes this call; 0 when not known.</summary>
    internal int PidOf(MethodCall call) => Authority.PidOf(call.Connection, call.Message);

    bool IBusObjects.Resolve(ReadOnlySpan<byte> path, BusBindings bindings, ref BusRefusal? refusal)
    {
        Unit? unit;
        if (path.SequenceEqual("/org/freedesktop/systemd1/unit/self"u8))
        {
            unit = _current is { Connection: { } connection, Message: { } message } ? Manager.UnitOfPid(Authority.PidOf(connection, message)) : null;
            if (unit is null) { return false; }
        }
        else if (UnitFinder.ByPath(this, path, out BusError? error) is { } found) { unit = found; }
        else
        {
            if (error is not null) { refusal = new BusRefusal(error.Name, error.Message); }
            return false;
        }
        TypeInterfaces.Bind(new UnitObject(this, unit), bindings);
        return true;
    }

    void IBusObjects.Enumerate(List<string> paths)
    {
        foreach (Unit unit in Manager.Units) { paths.Add(Paths.Of(unit)); }
    }

    /// <summary>The queue of messages that leave at the end of the turn.</summary>
    internal FlushQueue Queue => _queue;
}
