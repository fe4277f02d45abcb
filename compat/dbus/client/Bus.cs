using System.Text;
using SysMaster.DBus.Wire;
using SysMaster.Linux;

namespace SysMaster.DBus.Client;

/// <summary>
/// One connection, one thing at a time: a call is sent and waited for, signals that come meanwhile go to who listens.
/// <para>The same for a message bus, the manager's private socket, and either behind ssh or in a container.</para>
/// </summary>
public sealed class Bus : IBusConnectionOwner, IDisposable
{
    private const int DefaultTimeoutMsec = 25_000;

    private readonly BusConnection _connection;
    private readonly BusRole _role;
    private readonly List<Action<Message>> _listeners = [];
    private BusReply? _reply;
    private long _awaited;
    private long _nextCall;
    private bool _isReady;
    private bool _isClosed;

    private readonly Action? _beforeWaiting;
    private readonly Action<string>? _onClosed;

    private Bus(OwnedFd socket, BusRole role, Action? beforeWaiting, Action<string>? onClosed)
    {
        _role = role;
        _beforeWaiting = beforeWaiting;
        _onClosed = onClosed;
        _connection = BusConnection.Connect(socket, role, this);
    }

    /// <summary>Messages of a private socket name nobody; those on a bus name the manager.</summary>
    public bool IsDirect => _role == BusRole.Peer;

    public bool IsClosed => _isClosed;

    /// <summary>Talks to whoever is behind the socket.</summary>
    /// <param name="beforeWaiting">Run whenever it may have to wait: flushes what a person is to see meanwhile.</param>
    /// <param name="onClosed">Told how the connection has ended.</param>
    /// <returns>Null when it does not speak D-Bus, refuses us, or is silent for too long.</returns>
    public static Bus? Open(OwnedFd socket, BusRole role, Action? beforeWaiting = null, Action<string>? onClosed = null)
    {
        Bus bus = OpenAnyhow(socket, role, beforeWaiting, onClosed);
        if (bus._isReady) { return bus; }
        bus.Dispose();
        return null;
    }

    /// <summary>As <see cref="Open"/>; one that could not be made is closed, and every call on it says so.</summary>
    public static Bus OpenAnyhow(OwnedFd socket, BusRole role, Action? beforeWaiting = null, Action<string>? onClosed = null)
    {
        var bus = new Bus(socket, role, beforeWaiting, onClosed);
        while (!bus._isReady && !bus._isClosed)
        {
            if (!bus.Process(DefaultTimeoutMsec)) { break; }
        }
        return bus;
    }

    /// <param name="writer">A call, see <see cref="Caller"/>.</param>
    /// <param name="timeoutMsec">How long to wait; 0 for as long as 25 seconds, -1 for ever.</param>
    public BusReply Call(MessageWriter writer, int timeoutMsec = 0)
    {
        if (_isClosed || !_isReady) { return new BusReply(new BusError(BusError.Disconnected, "Transport endpoint is not connected")); }
        _reply = null;
        _awaited = ++_nextCall;
        if (_connection.Call(writer, new ReplyTag(1, _awaited)) == 0)
        {
            return new BusReply(new BusError(BusError.Disconnected, "Transport endpoint is not connected"));
        }
        long deadline = timeoutMsec < 0 ? long.MaxValue : Environment.TickCount64 + (timeoutMsec == 0 ? DefaultTimeoutMsec : timeoutMsec);
        while (_reply is null)
        {
            if (_isClosed) { return new BusReply(new BusError(BusError.Disconnected, "Connection reset by peer")); }
            long left = deadline == long.MaxValue ? -1 : deadline - Environment.TickCount64;
            if (left < -1 || left == 0 || (left > 0 && !Process((int)left))) { return new BusReply(new BusError(BusError.NoReply, "Connection timed out")); }
            if (left == -1) { _ = Process(-1); }
        }
        return _reply;
    }

    /// <summary>Sends without waiting for an answer.</summary>
    public void Send(MessageWriter writer) => _connection.Send(writer);

    /// <summary>Hands every signal to it from now on; a bus is asked for those that the rule names.</summary>
    public BusError? Listen(string rule, Action<Message> listener)
    {
        _listeners.Add(listener);
        if (IsDirect) { return null; }
        var writer = new MessageWriter();
        BusCalls.AddMatch(writer, rule);
        return Call(writer).Error;
    }

    public void Unlisten(Action<Message> listener) => _listeners.Remove(listener);

    /// <summary>Waits for input, and takes it.</summary>
    /// <returns>False when nothing came in time.</returns>
    public bool Process(int timeoutMsec)
    {
        if (_isClosed) { return false; }
        _beforeWaiting?.Invoke();
        if (!Sys.WaitReadable(_connection.Fd, timeoutMsec)) { return false; }
        _connection.OnReadable();
        return true;
    }

    public void Dispose() => _connection.Dispose();

    public void OnReady(BusConnection connection) => _isReady = true;

    public void OnMessage(BusConnection connection, Message message)
    {
        if (message.Type != MessageType.Signal) { return; }
        foreach (Action<Message> listener in _listeners.ToArray()) { listener(message); }
    }

    public void OnReply(BusConnection connection, ReplyTag tag, Message reply)
    {
        if (tag.Data != _awaited) { return; }
        _reply = reply.Type == MessageType.Error ? new BusReply(ErrorOf(reply)) : new BusReply(reply.Detach());
    }

    public void OnInterestChanged(BusConnection connection)
    {
        if (connection.WantsWrite) { connection.OnWritable(); }
    }

    public void OnClosed(BusConnection connection, CloseReason reason, string detail)
    {
        _isClosed = true;
        _onClosed?.Invoke($"{reason} {detail}".TrimEnd());
    }

    private static BusError ErrorOf(Message error)
    {
        MessageReader reader = error.Reader;
        string text = error.BodySignature.StartsWith("s"u8) ? reader.ReadText() : "";
        return new BusError(Encoding.ASCII.GetString(error.ErrorName), text);
    }
}
