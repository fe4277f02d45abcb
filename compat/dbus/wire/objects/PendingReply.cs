namespace SysMaster.DBus.Wire;

/// <summary>
/// A call that is answered later, as data: everything but the connection can be written down, and put together again by a
/// process that took the connection over. Answering a connection that is gone does nothing.
/// </summary>
/// <param name="Sender">Unique name; empty on a private connection.</param>
/// <param name="Output">Signature of the reply.</param>
public readonly record struct PendingReply(BusConnection Connection, uint Serial, string Sender, string Output, bool ExpectsReply)
{
    private string? Destination => Sender.Length == 0 ? null : Sender;

    /// <summary>Begins the reply in a writer of the caller's; the out arguments follow, then <see cref="Send"/>.</summary>
    public void Begin(MessageWriter writer) => writer.BeginReturn(Serial, Destination, Output);

    public void Send(MessageWriter writer)
    {
        if (ExpectsReply) { Connection.Send(writer); }
    }

    public void Error(MessageWriter writer, string name, string text)
    {
        if (!ExpectsReply) { return; }
        writer.WriteError(Serial, Destination, name, text);
        Connection.Send(writer);
    }
}
