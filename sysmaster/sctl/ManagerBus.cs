using SysMaster.DBus.Wire;
using SysMaster.Linux;

namespace SysMaster.Sctl;

/// <summary>One call to the system manager on its private socket, waited for.</summary>
internal sealed class ManagerBus : IBusConnectionOwner
{
    private const string PrivateSocket = "/run/systemd/private";
    private const int TimeoutMsec = 30_000;

    private readonly Action<MessageReader> _read;
    private readonly string _signature;
    private readonly MessageWriter _writer;
    private bool _done;

    private ManagerBus(MessageWriter call, string signature, Action<MessageReader> read) => (_writer, _signature, _read) = (call, signature, read);

    /// <returns>What went wrong, for people; null when <paramref name="read"/> was given the answer.</returns>
    public static string? Call(MessageWriter call, string signature, Action<MessageReader> read, int timeoutMsec = TimeoutMsec)
    {
        Result<OwnedFd> socket = Sys.ConnectUnix(new ByteText(PrivateSocket).Span, LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK);
        if (socket.Failed) { return $"Cannot reach the manager at {PrivateSocket}: {socket.Error}"; }
        var bus = new ManagerBus(call, signature, read);
        using BusConnection connection = BusConnection.Connect(socket.Value, BusRole.Peer, bus);
        while (!bus._done)
        {
            if (!Sys.WaitReadable(connection.Fd, timeoutMsec)) { return "The manager does not answer."; }
            connection.OnReadable();
        }
        return bus.Failure;
    }

    private string? Failure { get; set; }

    public void OnReady(BusConnection connection) => connection.Call(_writer, new ReplyTag(1));

    public void OnMessage(BusConnection connection, Message message) { }

    public void OnReply(BusConnection connection, ReplyTag tag, Message reply)
    {
        _done = true;
        if (reply.Type == MessageType.Error)
        {
            MessageReader error = reply.Reader;
            Failure = reply.BodySignature.StartsWith("s"u8) ? error.ReadText() : "The manager refused.";
        }
        else if (!reply.BodySignature.SequenceEqual(System.Text.Encoding.ASCII.GetBytes(_signature))) { Failure = "The manager answers with another type."; }
        else { _read(reply.Reader); }
    }

    public void OnInterestChanged(BusConnection connection) { }

    public void OnClosed(BusConnection connection, CloseReason reason, string detail)
    {
        if (_done) { return; }
        _done = true;
        Failure = $"The manager has hung up ({reason} {detail}).";
    }
}
