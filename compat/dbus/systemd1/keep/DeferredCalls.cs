using System.Globalization;
using System.Text;
using SysMaster.Core;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.Savepoint;

namespace SysMaster.DBus.Systemd1;

/// <summary>
/// Calls that are answered later, as data: the message as it came. What they wait for (the bus, polkit, a reload) is asked again by the next
/// manager, which dispatches them anew; an answer to the question of the one before is dropped.
/// </summary>
internal sealed class DeferredCalls(BusFront front)
{
    private const int RecordedMax = 128 << 10;

    private readonly Dictionary<long, (BusConnection Connection, Message Message)> _calls = [];
    private readonly List<long> _new = [];
    private readonly List<long> _gone = [];
    private readonly List<(long Ticket, int Number, byte[] Bytes, int Fds)> _saved = [];
    private readonly List<(BusConnection Connection, Message Message)> _due = [];
    private long _lastTicket;

    /// <returns>The ticket, for <see cref="Remove"/> when it has been answered.</returns>
    public long Add(BusConnection connection, Message message)
    {
        long ticket = ++_lastTicket;
        if (front.Kept?.Of(connection) is null || message.Length > RecordedMax) { return ticket; }
        _calls[ticket] = (connection, message);
        _new.Add(ticket);
        for (int i = 0; i < message.Fds.Count; i++) { front.Manager.KeepFd(FdName(ticket, i), message.Fds[i].Fd); }
        return ticket;
    }

    public void Remove(long ticket)
    {
        if (!_calls.Remove(ticket, out (BusConnection Connection, Message Message) call)) { return; }
        for (int i = 0; i < call.Message.UnixFdCount; i++) { front.Manager.DropFd(FdName(ticket, i)); }
        if (!_new.Remove(ticket)) { _gone.Add(ticket); }
    }

    public void OnConnectionClosed(BusConnection connection)
    {
        foreach ((long ticket, (BusConnection of, _)) in new List<KeyValuePair<long, (BusConnection, Message)>>(_calls))
        {
            if (of == connection) { Remove(ticket); }
        }
    }

    public void Stage(SavepointLog log)
    {
        foreach (long ticket in _gone) { log.StageRemoval(RecordKinds.Call, Key(ticket)); }
        foreach (long ticket in _new)
        {
            (BusConnection connection, Message message) = _calls[ticket];
            using RecordWriter to = log.Stage(RecordKinds.Call, Key(ticket));
            to.Write(1, (uint)(connection.Id - 1));
            to.Write(2, message.Bytes);
            to.Write(3, (uint)message.UnixFdCount);
        }
        _gone.Clear();
        _new.Clear();
    }

    public void OnRecord(ReadOnlySpan<byte> key, RecordReader fields)
    {
        if (!long.TryParse(Encoding.ASCII.GetString(key), CultureInfo.InvariantCulture, out long ticket)) { return; }
        int number = 0, fds = 0;
        byte[] bytes = [];
        while (fields.Next(out SavedField f))
        {
            switch (f.Tag)
            {
                case 1: number = (int)f.Number; break;
                case 2: bytes = f.Bytes.ToArray(); break;
                case 3: fds = (int)f.Number; break;
            }
        }
        _saved.Add((ticket, number, bytes, fds));
    }

    /// <summary>Connections are back.</summary>
    public void Restore(Dictionary<string, OwnedFd> kept)
    {
        foreach ((long ticket, int number, byte[] bytes, int count) in _saved)
        {
            _lastTicket = Math.Max(_lastTicket, ticket);
            _gone.Add(ticket);
            var fds = new List<OwnedFd>();
            for (int i = 0; i < count; i++)
            {
                front.Manager.OwnKept(FdName(ticket, i));
                front.Manager.DropFd(FdName(ticket, i));
                if (kept.Remove(FdName(ticket, i), out OwnedFd? fd)) { fds.Add(fd); }
            }
            if (front.Kept?.At(number) is { } connection && fds.Count == count && Message.TryRead(bytes, fds, connection.Role, out Message? message))
            {
                _due.Add((connection, message));
                continue;
            }
            foreach (OwnedFd fd in fds) { fd.Dispose(); }
        }
        _saved.Clear();
    }

    /// <summary>Units are back as well: what was waiting is asked anew.</summary>
    public void Dispatch()
    {
        foreach ((BusConnection connection, Message message) in _due)
        {
            front.OnMessage(connection, message, authorized: false);
            message.CloseFds();
        }
        _due.Clear();
    }

    private static ReadOnlySpan<byte> Key(long ticket) => Encoding.ASCII.GetBytes(ticket.ToString(CultureInfo.InvariantCulture));

    private static string FdName(long ticket, int i) => string.Create(CultureInfo.InvariantCulture, $"call/{ticket}/{i}");
}
