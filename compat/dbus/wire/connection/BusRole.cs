namespace SysMaster.DBus.Wire;

/// <summary>What the other end of a connection is.</summary>
public enum BusRole
{
    /// <summary>A client on our private socket: we authenticate it.</summary>
    Server,

    /// <summary>A server without a bus (another's private socket): it authenticates us.</summary>
    Peer,

    /// <summary>A message bus: as <see cref="Peer"/>, then Hello.</summary>
    Bus,
}
