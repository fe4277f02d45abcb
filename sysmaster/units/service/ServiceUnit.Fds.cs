using System.Globalization;
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
    /// <summary>
    /// One descriptor of the store, watched for the other end's going, where that can be seen. Its number is its place among all that the service
    /// ever stored: init keeps it under that number, so that the going of one descriptor is not the business of the others.
    /// </summary>
    private sealed class Stored(int number, string name, OwnedFd fd) : IDisposable
    {
        private readonly (ulong Device, ulong Inode) _file = Sys.Stat(fd.Fd) is { Failed: false, Value: var stat } ? (stat.Device, stat.Inode) : default;
        private FdSource? _source;

        public int Number { get; } = number;

        public string Name { get; } = name;

        public OwnedFd Fd { get; } = fd;

        /// <summary>The same open file. kcmp(2) is asked only where the inode is the same: a service may store thousands.</summary>
        public bool IsSameAs(Stored other) => _file == other._file && Sys.IsSameFile(Fd.Fd, other.Fd.Fd);

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

    private static readonly List<Stored> s_nothing = [];   // never written
    private List<Stored> _store = s_nothing;
    private OwnedFd? _connection;

    /// <summary>D-Bus NFileDescriptorStore.</summary>
    public uint StoredCount => (uint)_store.Count;

    /// <summary>What is in the store, the newest first.</summary>
    public IEnumerable<(string Name, Fd Fd)> StoredDescriptors => Enumerable.Reverse(_store).Select(s => (s.Name, s.Fd.Fd));

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

    public override ByteText SetDescription => ConnectionPeer is null ? base.SetDescription : default;

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
        for (int i = _store.Count - 1; i >= 0; i--)   // the newest first, as systemd does
        {
            spawn.Fds.Add(_store[i].Fd.Value);
            spawn.FdNames.Add(_store[i].Name);
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
            var stored = new Stored(_store.Count == 0 ? 0 : _store[^1].Number + 1, name, fd);
            if (_store.Exists(stored.IsSameAs)) { continue; }
            message.Fds.Remove(fd);
            if (poll) { stored.Watch(Manager.Loop, this); }
            Store(stored, _store.Count);
            Manager.KeepFd(StoreKey(stored), fd.Fd);
        }
    }

    private void RemoveStored(string name)
    {
        for (int i = _store.Count - 1; i >= 0; i--)
        {
            if (_store[i].Name == name) { RemoveStored(i); }
        }
    }

    /// <summary>The other end of a stored descriptor is gone: nothing can be done with it any more.</summary>
    void IFdObserver.OnReady(FdSource source, uint ready)
    {
        int at = _store.FindIndex(stored => stored.IsWatchedBy(source));
        if (at < 0) { return; }
        Log.Debug(this, $"Received EPOLLHUP on stored fd '{_store[at].Name}', closing.");
        RemoveStored(at);
        LetGo();
    }

    private void Store(Stored stored, int at)
    {
        if (_store == s_nothing) { _store = []; }
        _store.Insert(at, stored);
    }

    private void RemoveStored(int at)
    {
        Manager.DropFd(StoreKey(_store[at]));
        _store[at].Dispose();
        _store.RemoveAt(at);
    }

    protected override void OnRemoved()
    {
        while (_store.Count > 0) { RemoveStored(_store.Count - 1); }   // of a start that never came
        DropConnection();
        base.OnRemoved();
    }

    /// <summary>The state of a service that has ended well: with a store that is kept for as long as something keeps the unit loaded. systemd.service(5), FileDescriptorStorePreserve=.</summary>
    private ServiceState DeadState => KeepsFdStore(comesBack: false) && _store.Count > 0 ? ServiceState.DeadResourcesPinned : ServiceState.Dead;

    /// <summary>With the last descriptor goes what pinned the unit.</summary>
    private void LetGo()
    {
        if (State == ServiceState.DeadResourcesPinned && _store.Count == 0) { Enter(ServiceState.Dead); }
    }

    /// <summary>Does what is stored outlive the end of a run? systemd.service(5), FileDescriptorStorePreserve=.</summary>
    /// <param name="comesBack">The service is started again: by Restart=, or by the second half of a restart job.</param>
    private bool KeepsFdStore(bool comesBack) => Get(ServiceDirectives.FileDescriptorStorePreserve) switch
    {
        ExecPreserveMode.No => false,
        ExecPreserveMode.Yes => true,
        _ => comesBack,
    };

    private void ReleaseFdStore()
    {
        if (_store.Count == 0 && _connection is null) { return; }
        while (_store.Count > 0) { RemoveStored(_store.Count - 1); }
        DropConnection();
    }

    private string StoreKey(Stored stored) => string.Create(CultureInfo.InvariantCulture, $"store/{Id}/{stored.Number}/{stored.Name}");

    /// <summary>A descriptor that init kept for this service comes back after a restart of the manager.</summary>
    public override void OnKeptFd(string key, OwnedFd fd)
    {
        if (key == ConnectionKey)
        {
            _connection = fd;
            return;
        }
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !int.TryParse(key.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            Manager.DropFd($"store/{Id}/{key}");
            fd.Dispose();
            return;
        }
        var stored = new Stored(number, key[(slash + 1)..], fd);
        stored.Watch(Manager.Loop, this);
        int at = _store.FindIndex(other => other.Number > number);   // they come in the order of init's table
        Store(stored, at < 0 ? _store.Count : at);
    }
}
