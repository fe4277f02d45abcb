using SysMaster.Linux;

namespace SysMaster.DBus.Wire;

/// <summary>
/// All there is to know of an authenticated connection besides its socket, as data: what one process writes down and the next
/// one goes on with (<see cref="BusConnection.Restore"/>).
/// </summary>
/// <param name="SenderName">As given to <see cref="BusConnection.Accept"/>; empty for none.</param>
/// <param name="UniqueName">Our name on a bus; empty elsewhere.</param>
/// <param name="Input">Read, and not yet part of a whole message.</param>
/// <param name="Output">Sent, and not yet taken by the kernel.</param>
/// <param name="PartialOutput">How many bytes at the head of <paramref name="Output"/> are the rest of a message whose beginning has left.</param>
/// <param name="Calls">Serial and tag of the calls that await an answer.</param>
public sealed record ConnectionSnapshot(
    BusRole Role,
    bool FdsAgreed,
    uint NextSerial,
    string SenderName,
    string UniqueName,
    byte[] Input,
    byte[] Output,
    int PartialOutput,
    IReadOnlyList<KeyValuePair<uint, ReplyTag>> Calls)
{
    /// <summary>Descriptors that came with <see cref="Input"/>, borrowed from the connection (by <see cref="BusConnection.Restore"/>: taken over).</summary>
    public IReadOnlyList<OwnedFd> InputFds { get; init; } = [];

    /// <summary>Descriptors that go with <see cref="Output"/>: the offset of their message in it, and they themselves, borrowed as above.</summary>
    public IReadOnlyList<(int At, OwnedFd[] Fds)> OutputFds { get; init; } = [];
}
