namespace SysMaster.DBus.Systemd1;

/// <summary>Where the bus objects are reached; the defaults are those of the manager's own scope.</summary>
public sealed class BusFrontOptions
{
    /// <summary>The socket of direct connections; null: <c>systemd/private</c> in the runtime directory.</summary>
    public string? PrivateSocket { get; init; }

    /// <summary>The message bus; null: the system's. Empty: none is ever connected.</summary>
    public string? BusSocket { get; init; }
}
