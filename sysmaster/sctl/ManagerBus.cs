using SysMaster.DBus.Client;
using SysMaster.DBus.Wire;
using SysMaster.Linux;

namespace SysMaster.Sctl;

/// <summary>The way to the system manager: its private socket for root, the message bus for others.</summary>
internal sealed class ManagerBus : IDisposable
{
    private const string PrivateSocket = "/run/systemd/private";
    private const string SystemBus = "/run/dbus/system_bus_socket";

    private readonly Bus _bus;

    private ManagerBus(Bus bus)
    {
        _bus = bus;
        Caller = new Caller(bus, interactive: true);
    }

    public Caller Caller { get; }

    /// <returns>Null with the reason, for people.</returns>
    public static ManagerBus? Open(out string? failure)
    {
        failure = null;
        (string path, BusRole role) = LibC.geteuid() == 0 ? (PrivateSocket, BusRole.Peer) : (SystemBus, BusRole.Bus);
        Result<OwnedFd> socket = Sys.ConnectUnix(new ByteText(path).Span, LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK);
        if (socket.Failed) { failure = $"Cannot reach the manager at {path}: {socket.Error}"; }
        else if (Bus.Open(socket.Value, role) is { } bus) { return new ManagerBus(bus); }
        else { failure = $"The manager does not answer at {path}."; }
        return null;
    }

    /// <summary>One call on a connection of its own.</summary>
    /// <returns>What went wrong, for people; null when <paramref name="read"/> was given the answer.</returns>
    public static string? Once(string path, string @interface, string method, string signature, Action<MessageWriter>? arguments, string answer, Action<MessageReader> read, int timeoutMsec = 0)
    {
        using ManagerBus? bus = Open(out string? failure);
        return bus is null ? failure : bus.Call(path, @interface, method, signature, arguments, answer, read, timeoutMsec);
    }

    /// <inheritdoc cref="Once"/>
    /// <param name="answer">The signature that the answer must have.</param>
    public string? Call(string path, string @interface, string method, string signature, Action<MessageWriter>? arguments, string answer, Action<MessageReader> read, int timeoutMsec = 0)
    {
        BusReply reply = Caller.Method(Caller.ManagerName, path, @interface, method, signature, arguments, timeoutMsec).Expect(answer);
        if (!reply.Failed) { read(reply.Reader); }
        return reply.Error?.ToString();
    }

    public void Dispose() => _bus.Dispose();
}
