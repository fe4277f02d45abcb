using SysMaster.DBus.Wire;

namespace SysMaster.DBus.Systemd1;

/// <summary>Somebody who called: a direct connection, or a unique name on the message bus.</summary>
internal readonly record struct Client(BusConnection Connection, string Sender)
{
    public static Client Of(MethodCall call) => new(call.Connection, call.Sender);

    public bool IsOnBus => Sender.Length > 0;
}
