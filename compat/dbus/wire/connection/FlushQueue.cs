using SysMaster.Linux;

namespace SysMaster.DBus.Wire;

/// <summary>
/// Connections that have something to send. With a queue nothing leaves before <see cref="FlushAll"/>: the owner calls it at the
/// end of a loop turn, when what the messages say has been committed, and a turn's messages share one system call.
/// </summary>
public sealed class FlushQueue
{
    private readonly List<BusConnection> _pending = [];

    public bool IsEmpty => _pending.Count == 0;

    /// <summary>What has something to send, or of the kept ones something to take.</summary>
    public IReadOnlyList<BusConnection> Pending => _pending;

    /// <summary>Told of each connection that was flushed.</summary>
    public IFlushObserver? Observer { get; set; }

    /// <summary>How what belongs to authentication leaves; null: as it comes.</summary>
    public IAuthSender? AuthSender { get; set; }

    public void FlushAll()
    {
        for (int i = 0; i < _pending.Count; i++)   // flushing may add
        {
            BusConnection connection = _pending[i];
            connection.IsFlushQueued = false;
            connection.Flush();
            if (!connection.IsClosed) { Observer?.OnFlushed(connection); }
        }
        _pending.Clear();
    }

    internal void Add(BusConnection connection)
    {
        if (connection.IsFlushQueued) { return; }
        connection.IsFlushQueued = true;
        _pending.Add(connection);
    }
}

/// <summary>Lines of authentication have no serial: a peer that gets them twice takes the second time for a message.</summary>
public interface IAuthSender
{
    /// <returns>How many bytes have left.</returns>
    Result<int> SendAuth(BusConnection connection, ReadOnlySpan<byte> bytes);
}

/// <summary>Whoever must know what has left.</summary>
public interface IFlushObserver
{
    void OnFlushed(BusConnection connection);
}
