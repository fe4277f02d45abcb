using System.Text;
using SysMaster.Linux;

namespace SysMaster.DBus.Wire.Tests;

/// <summary>An owner that writes down what it is told, and takes a handler for messages.</summary>
public sealed class Recorder : IBusConnectionOwner
{
    public List<string> Log { get; } = [];

    public Action<BusConnection, Message>? Handler { get; set; }

    public Action<BusConnection>? Ready { get; set; }

    public Action<BusConnection, ReplyTag, Message>? Replied { get; set; }

    public void OnReady(BusConnection connection)
    {
        Log.Add("ready");
        Ready?.Invoke(connection);
    }

    public void OnMessage(BusConnection connection, Message message)
    {
        Log.Add($"{message.Type} {Text(message.Member)}");
        Handler?.Invoke(connection, message);
    }

    public void OnReply(BusConnection connection, ReplyTag tag, Message reply)
    {
        Log.Add($"{reply.Type} for {tag.Kind}/{tag.Data}");
        Replied?.Invoke(connection, tag, reply);
    }

    public void OnInterestChanged(BusConnection connection) => Log.Add($"interest r={connection.WantsRead} w={connection.WantsWrite}");

    public void OnClosed(BusConnection connection, CloseReason reason, string detail) => Log.Add($"closed {reason}");

    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    /// <summary>A server's end and a client's end, authenticated.</summary>
    public static (BusConnection Server, BusConnection Client) Pair(Recorder server, Recorder client, string? sender = "org.x.Server", FlushQueue? queue = null)
    {
        (OwnedFd a, OwnedFd b) = Sys.SocketPair(LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK).Value;
        BusConnection s = BusConnection.Accept(a, static _ => true, sender, server, queue).Value;
        BusConnection c = BusConnection.Connect(b, BusRole.Peer, client);
        s.OnReadable();
        s.Flush();
        c.OnReadable();
        return (s, c);
    }
}
