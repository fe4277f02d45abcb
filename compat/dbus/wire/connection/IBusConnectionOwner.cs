namespace SysMaster.DBus.Wire;

/// <summary>Whom a connection tells. None of these may run the same connection's OnReadable again.</summary>
public interface IBusConnectionOwner
{
    /// <summary>Authenticated, and on a bus named: messages flow from now on.</summary>
    void OnReady(BusConnection connection);

    /// <summary>A method call or a signal. The message ends with this call.</summary>
    void OnMessage(BusConnection connection, Message message);

    /// <summary>The answer (return or error) to a <see cref="BusConnection.Call"/>.</summary>
    void OnReply(BusConnection connection, ReplyTag tag, Message reply);

    /// <summary><see cref="BusConnection.WantsRead"/> or <see cref="BusConnection.WantsWrite"/> has changed.</summary>
    void OnInterestChanged(BusConnection connection);

    /// <summary>It is over. The descriptor is still open: take it out of the loop now, it is closed when this returns.</summary>
    void OnClosed(BusConnection connection, CloseReason reason, string detail);
}
