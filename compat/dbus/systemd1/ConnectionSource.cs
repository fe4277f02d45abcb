using SysMaster.DBus.Wire;
using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.DBus.Systemd1;

/// <summary>One connection in the loop: watched for what it wants just now.</summary>
internal sealed class ConnectionSource : IFdObserver
{
    private readonly EventLoop _loop;
    private readonly BusConnection _connection;
    private readonly FdSource _source;

    public ConnectionSource(EventLoop loop, BusConnection connection)
    {
        _loop = loop;
        _connection = connection;
        _source = new FdSource(connection.Fd, EventPriority.Bus, this);
    }

    private uint Wanted => (_connection.WantsRead ? LibC.EPOLLIN : 0) | (_connection.WantsWrite ? LibC.EPOLLOUT : 0);

    public Errno Add()
    {
        _connection.Tag = this;
        return _loop.Add(_source, Wanted);
    }

    public void Update()
    {
        if (!_connection.IsClosed) { _ = _loop.Modify(_source, Wanted); }
    }

    public void Remove() => _loop.Remove(_source);

    public void OnReady(FdSource source, uint ready)
    {
        if ((ready & (LibC.EPOLLOUT | LibC.EPOLLERR | LibC.EPOLLHUP)) != 0) { _connection.OnWritable(); }
        if ((ready & (LibC.EPOLLIN | LibC.EPOLLERR | LibC.EPOLLHUP)) != 0) { _connection.OnReadable(); }
    }
}
