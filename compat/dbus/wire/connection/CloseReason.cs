namespace SysMaster.DBus.Wire;

/// <summary>Why a connection ended.</summary>
public enum CloseReason
{
    /// <summary>Closed by us, on the owner's word.</summary>
    Asked,

    /// <summary>The peer hung up.</summary>
    PeerClosed,

    /// <summary>The peer broke the specification.</summary>
    Protocol,

    /// <summary>The peer could not authenticate.</summary>
    Authentication,

    /// <summary>The peer does not read what it is sent (<see cref="Limits.OutputMax"/>).</summary>
    Overflow,

    /// <summary>A system call failed.</summary>
    System,
}
