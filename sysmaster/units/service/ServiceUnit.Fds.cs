using System.Text;
using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.Units.Service;

/// <summary>Descriptors a service gets and gives: its sockets, its connection, and the store that outlives its restarts.</summary>
public sealed partial class ServiceUnit : IFdObserver
{
    /// <summary>One descriptor of the store, watched for the other end's going, where that can be seen.</summary>
    private sealed class Stored(string name, OwnedFd fd) : IDisposable
    {
        private FdSource? _source;

        public string Name { get; } = name;

        public OwnedFd Fd { get; } = fd;

        /// <summary>Files and the like cannot be watched, nor do they hang up.</summary>
        public void Watch(EventLoop loop, IFdObserver observer)
        {
            var source = new FdSource(Fd.Fd, EventPriority.Kernel, observer);
            if (loop.Add(source, 0).Failed) { source.Dispose(); }
            else { _source = source; }
        }

        public bool IsWatchedBy(FdSource source) => _source == source;

        public void Dispose()
        {
            _source?.Dispose();
            Fd.Dispose();
        }
    }

    private readonly List<Stored> _store = [];
    private OwnedFd? _connection;

    /// <summary>D-Bus NFileDescriptorStore.</summary>
    public uint StoredCount => (uint)_store.Count;

    public string? ConnectionPeer { get; private set; }

    /// <summary>The socket unit of an Accept=yes instance gives the service its one connection.</summary>
    /// <param name="connection">Owned by the service from here on.</param>
    /// <param name="peer">The other end, for the description.</param>
    /// <param name="address">REMOTE_ADDR of the service; null where there is none.</param>
    /// <param name="port">REMOTE_PORT.</param>
    public void SetConnection(OwnedFd connection, string peer, string? address = null, uint port = 0)
    {
        _connection?.Dispose();
        _connection = connection;
        ConnectionPeer = peer;
        _remote = (address, port);
        Manager.KeepFd(ConnectionName, connection.Fd);
    }

    /// <summary>The socket unit counts it no longer: our end is closed.</summary>
    public void DropConnection()
    {
        if (_connection is null) { return; }
        _connection.Dispose();
        _connection = null;
        Manager.DropFd(ConnectionName);
    }

    private const string ConnectionKey = "connection";

    private string ConnectionName => $"socket/{Id}/{ConnectionKey}";

    private (string? Address, uint Port) _remote;

    public override string Description => ConnectionPeer is null ? base.Description
        : Settings.IsSet(UnitDirectives.Description) ? $"{base.Description} ({ConnectionPeer})" : ConnectionPeer;

    private void CollectFds(SpawnContext spawn)
    {
        if (_connection is { } connection)
        {
            spawn.Fds.Add(connection.Value);
            spawn.FdNames.Add("connection");
            spawn.SocketFd = connection.Value;
            if (_remote.Address is { } address)
            {
                spawn.SetVariable("REMOTE_ADDR", address);
                spawn.SetVariable("REMOTE_PORT", (int)_remote.Port);
            }
        }
        else
        {
            foreach (Unit socket in Others(Dep.TriggeredBy)) { socket.CollectActivationFds(spawn.Fds, spawn.FdNames); }
            if (spawn.Fds.Count == 1) { spawn.SocketFd = spawn.Fds[0]; }
        }
        spawn.SocketCount = spawn.Fds.Count;
        spawn.OpenFiles = Get(ServiceDirectives.OpenFile);
        foreach (Stored stored in _store)
        {
            spawn.Fds.Add(stored.Fd.Value);
            spawn.FdNames.Add(stored.Name);
        }
    }

    private void ReadFds(in NotifyMessage message)
    {
        string name = FdName(message);
        if (message.Has("FDSTOREREMOVE=1"u8)) { RemoveStored(name); }
        else if (message.Has("FDSTORE=1"u8)) { AddStored(name, message); }
    }

    private string FdName(in NotifyMessage message)
    {
        ReadOnlySpan<byte> name = message.Find("FDNAME"u8, out bool found);
        if (!found) { return "stored"; }
        bool valid = name.Length is > 0 and <= 255 && !name.ContainsAnyExceptInRange((byte)' ', (byte)'~') && !name.Contains((byte)':');
        if (valid) { return Encoding.ASCII.GetString(name); }
        Log.Warning(this, $"Passed FDNAME= name is invalid, ignoring.");
        return "stored";
    }

    private void AddStored(string name, in NotifyMessage message)
    {
        uint limit = Get(ServiceDirectives.FileDescriptorStoreMax);
        bool poll = !message.Has("FDPOLL=0"u8);
        foreach (OwnedFd fd in message.Fds.ToArray())
        {
            if (_store.Count >= limit)
            {
                Log.Warning(this, $"Cannot store more fds than FileDescriptorStoreMax={limit}, closing remaining.");
                return;
            }
            if (_store.Exists(stored => Sys.IsSameFile(stored.Fd.Fd, fd.Fd))) { continue; }
            message.Fds.Remove(fd);
            var stored = new Stored(name, fd);
            if (poll) { stored.Watch(Manager.Loop, this); }
            _store.Add(stored);
            Manager.KeepFd(StoreKey(_store.Count - 1, name), fd.Fd);
        }
        MarkChanged();
    }

    private void RemoveStored(string name)
    {
        for (int i = _store.Count - 1; i >= 0; i--)
        {
            if (_store[i].Name != name) { continue; }
            _store[i].Dispose();
            _store.RemoveAt(i);
        }
        KeepAllAgain();
        MarkChanged();
    }

    /// <summary>The other end of a stored descriptor is gone: nothing can be done with it any more.</summary>
    void IFdObserver.OnReady(FdSource source, uint ready)
    {
        int at = _store.FindIndex(stored => stored.IsWatchedBy(source));
        if (at < 0) { return; }
        Log.Debug(this, $"Received EPOLLHUP on stored fd '{_store[at].Name}', closing.");
        _store[at].Dispose();
        _store.RemoveAt(at);
        KeepAllAgain();
        MarkChanged();
    }

    private bool KeepsFdStore => Get(ServiceDirectives.FileDescriptorStorePreserve) == ExecPreserveMode.Yes;

    private void ReleaseFdStore()
    {
        if (_store.Count == 0 && _connection is null) { return; }
        foreach (Stored stored in _store) { stored.Dispose(); }
        _store.Clear();
        KeepAllAgain();
        DropConnection();
        MarkChanged();
    }

    /// <summary>The names that init keeps are positions: after a removal they are told anew.</summary>
    private void KeepAllAgain()
    {
        Manager.DropFds($"store/{Id}/");
        for (int i = 0; i < _store.Count; i++) { Manager.KeepFd(StoreKey(i, _store[i].Name), _store[i].Fd.Fd); }
    }

    private string StoreKey(int index, string name) => $"store/{Id}/{index}/{name}";

    /// <summary>A descriptor that init kept for this service comes back after a restart of the manager.</summary>
    public override void OnKeptFd(string key, OwnedFd fd)
    {
        if (key == ConnectionKey)
        {
            _connection = fd;
            return;
        }
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        var stored = new Stored(slash < 0 ? "stored" : key[(slash + 1)..], fd);
        stored.Watch(Manager.Loop, this);
        _store.Add(stored);
    }
}
