using SysMaster.Linux;

namespace SysMaster.DBus.Wire;

/// <summary>
/// All there is to know of a connection besides its socket, as data: what one process writes down and the next one goes on with
/// (<see cref="BusConnection.Restore"/>).
/// </summary>
public sealed record ConnectionSnapshot(BusRole Role, uint NextSerial)
{
    public bool FdsAgreed { get; init; }

    /// <summary>As given to <see cref="BusConnection.Accept"/>; empty for none.</summary>
    public string SenderName { get; init; } = "";

    /// <summary>Our name on a bus; empty elsewhere.</summary>
    public string UniqueName { get; init; } = "";

    /// <summary>A client of ours that has not said BEGIN.</summary>
    public bool IsAuthenticating { get; init; }

    /// <summary>Its lines so far, and what of our answers has not left.</summary>
    public byte[] AuthSeen { get; init; } = [];

    public byte[] AuthOutput { get; init; } = [];

    /// <summary>Read, and not yet part of a whole message.</summary>
    public byte[] Input { get; init; } = [];

    /// <summary>Descriptors that came with it; taken over.</summary>
    public IReadOnlyList<OwnedFd> InputFds { get; init; } = [];

    /// <summary>Sent, and not yet taken by the kernel.</summary>
    public byte[] Output { get; init; } = [];

    /// <summary>How many bytes at the head of <see cref="Output"/> are the rest of a message whose beginning has left.</summary>
    public int PartialOutput { get; init; }
}
