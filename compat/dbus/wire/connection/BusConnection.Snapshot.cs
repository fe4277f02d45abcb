using System.Text;
using SysMaster.Linux;

namespace SysMaster.DBus.Wire;

public sealed partial class BusConnection
{
    /// <summary>Bytes read that are not yet a whole message.</summary>
    public ReadOnlySpan<byte> UnreadInput => _in.AsSpan(0, _inLength);

    /// <summary>Bytes sent that the kernel has not taken.</summary>
    public ReadOnlySpan<byte> UnsentOutput => _out.AsSpan(_outStart, _out is null ? 0 : _outEnd - _outStart);

    /// <summary>Where <see cref="UnsentOutput"/> stands in all that was ever sent.</summary>
    public long OutputOffset => _outTaken;

    /// <summary>Bytes of a message at the head of <see cref="UnsentOutput"/> whose beginning has left.</summary>
    public int PartialOutput => _partial;

    /// <summary>Lines of an authentication that is not finished, as they came; and what it answered and the kernel has not taken.</summary>
    public ReadOnlySpan<byte> AuthSeen => _authSeen;

    public ReadOnlySpan<byte> UnsentAuth => _auth;

    /// <summary>Descriptors that came with <see cref="UnreadInput"/>, borrowed.</summary>
    public IReadOnlyList<OwnedFd> InputFds => (IReadOnlyList<OwnedFd>?)_newFds ?? [];

    /// <summary>Descriptors wait to leave with the output.</summary>
    public bool HasOutgoingFds => _outFds is { Count: > 0 };

    /// <summary>
    /// Goes on with a connection whose socket outlived the process that had it. What was read is dispatched when the rest of its message
    /// comes; what was unsent leaves with the next flush, with the serials it had. Answers to calls of the earlier process are dropped.
    /// </summary>
    public static BusConnection Restore(OwnedFd socket, ConnectionSnapshot snapshot, IBusConnectionOwner owner, FlushQueue? queue = null)
    {
        Result<ucred> peer = Sys.PeerCredentials(socket.Fd);
        ucred credentials = peer.Failed ? default : peer.Value;
        var connection = snapshot.IsAuthenticating
            ? new BusConnection(socket, credentials, owner, queue)
            : new BusConnection(socket, snapshot.Role, owner, queue) { Credentials = credentials, _state = State.Running };
        connection.FdsAgreed = snapshot.FdsAgreed;
        connection.NextSerial = snapshot.NextSerial;
        connection.UniqueName = snapshot.UniqueName;
        connection._sender = Encoding.ASCII.GetBytes(snapshot.SenderName);
        connection._partial = snapshot.PartialOutput;
        connection._authSeen = snapshot.AuthSeen;
        _ = connection._saslServer?.Feed(snapshot.AuthSeen, InputScratch.Replies);   // answered long ago
        if (snapshot.Input.Length > 0)
        {
            connection._in = BytePool.Rent(snapshot.Input.Length);
            snapshot.Input.CopyTo(connection._in, 0);
            connection._inLength = snapshot.Input.Length;
        }
        if (snapshot.InputFds.Count > 0) { connection._newFds = [.. snapshot.InputFds]; }
        if (snapshot.AuthOutput.Length > 0) { connection._auth = snapshot.AuthOutput; }
        if (snapshot.Output.Length > 0)
        {
            snapshot.Output.CopyTo(connection.RoomFor(snapshot.Output.Length));
            connection._outEnd += snapshot.Output.Length;
        }
        if (connection.OutputPending > 0 || connection._auth is not null) { connection.RequestFlush(); }
        return connection;
    }
}
