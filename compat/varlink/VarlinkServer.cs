using SysMaster.Core;
using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.Varlink;

/// <summary>
/// A listening socket that anybody may connect to, and its clients. init keeps the socket over the manager's death: who connects meanwhile
/// is answered by the next one. Connections are not kept: calls are questions, and who asks connects for each anew.
/// </summary>
public sealed class VarlinkServer : IFdObserver
{
    private const int MostClients = 128;
    private const int AcceptsPerTurn = 16;
    private const int ForEverybody = 0x1B6, Folder = 0x1ED;   // 0666, 0755

    private readonly List<VarlinkClient> _clients = [];
    private readonly Manager _manager;
    private OwnedFd? _socket;   // ours for as long as the loop watches it: a socket that nobody holds is closed

    private VarlinkServer(Manager manager, IVarlinkService service) => (_manager, Service) = (manager, service);

    internal IVarlinkService Service { get; }

    internal EventLoop Loop => _manager.Loop;

    /// <param name="manager">In whose loop it works.</param>
    /// <param name="service">Who answers.</param>
    /// <param name="path">Of the socket; its folder is made.</param>
    /// <param name="name">Under which init keeps it.</param>
    /// <param name="kept">The socket that it kept; null for none.</param>
    public static void Listen(Manager manager, IVarlinkService service, string path, string name, OwnedFd? kept)
    {
        var server = new VarlinkServer(manager, service);
        OwnedFd? socket = kept ?? server.Bind(path, name);
        if (socket is null) { return; }
        server._socket = socket;
        Errno error = manager.Loop.Add(new FdSource(socket.Fd, EventPriority.Bus, server), LibC.EPOLLIN);
        if (error.Failed) { Log.Error($"The socket {path} cannot be watched: {error.ToString()}"); }
    }

    private OwnedFd? Bind(string path, string name)
    {
        var text = new ByteText(path);
        Errno error = Sys.MkdirAll(new ByteText(Path.GetDirectoryName(path)!), Folder);
        Result<OwnedFd> bound = error.Failed ? error : _manager.Init is { } init ? init.Listen(text, LibC.SOCK_STREAM, ForEverybody, MostClients) : Errno.ENOTCONN;
        if (bound.Failed)
        {
            Log.Error($"The socket {path} could not be made: {bound.Error.ToString()}");
            return null;
        }
        _manager.KeepFd(name, bound.Value.Fd);
        return bound.Value;
    }

    void IFdObserver.OnReady(FdSource source, uint ready)
    {
        for (int i = 0; i < AcceptsPerTurn; i++)
        {
            Result<OwnedFd> socket = Sys.Accept(source.Fd);
            if (socket.Failed)
            {
                if (socket.Error != Errno.EAGAIN) { Log.Warning($"Failed to accept a Varlink connection: {socket.Error.ToString()}"); }
                return;
            }
            if (_clients.Count >= MostClients) { Remove(_clients.MinBy(static c => c.HasOpenCall ? long.MaxValue : c.LastHeard)!); }
            var client = new VarlinkClient(this, socket.Value);
            _clients.Add(client);
            Errno error = client.Watch(Loop);
            if (!error.Failed) { continue; }
            Log.Warning($"A Varlink connection cannot be watched: {error.ToString()}");
            Remove(client);
        }
    }

    internal void Remove(VarlinkClient client)
    {
        _clients.Remove(client);
        client.Dispose();
    }
}
