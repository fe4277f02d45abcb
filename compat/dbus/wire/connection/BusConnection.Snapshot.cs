using System.Buffers;
using System.Text;
using SysMaster.Linux;

namespace SysMaster.DBus.Wire;

public sealed partial class BusConnection
{
    /// <summary>Bytes read that are not yet a whole message.</summary>
    public ReadOnlySpan<byte> UnreadInput => _in.AsSpan(0, _inLength);

    /// <summary>Bytes sent that the kernel has not taken.</summary>
    public ReadOnlySpan<byte> UnsentOutput => _out.AsSpan(_outStart, _out is null ? 0 : _outEnd - _outStart);

    /// <summary>Writes down a running connection, between two dispatches.</summary>
    /// <returns>Null while it is not running: one that is still authenticating is best dropped, the client tries again.</returns>
    public ConnectionSnapshot? Snapshot()
    {
        if (_state != State.Running || _doomed || _auth is not null) { return null; }
        var output = new List<(int, OwnedFd[])>();
        foreach (OutgoingFds fds in _outFds ?? []) { output.Add(((int)(fds.At - _outTaken), fds.Fds)); }
        return new ConnectionSnapshot(
            Role, FdsAgreed, _nextSerial, Encoding.ASCII.GetString(_sender), UniqueName, UnreadInput.ToArray(), UnsentOutput.ToArray(), _partial, [.. _calls])
        {
            InputFds = (IReadOnlyList<OwnedFd>?)_newFds ?? [],
            OutputFds = output,
        };
    }

    /// <summary>
    /// Goes on with a connection whose socket outlived the process that had it. What was read is dispatched at the next
    /// <see cref="OnReadable"/>; what was unsent leaves with the next flush.
    /// </summary>
    public static BusConnection Restore(OwnedFd socket, ConnectionSnapshot snapshot, IBusConnectionOwner owner, FlushQueue? queue = null)
    {
        Result<ucred> peer = Sys.PeerCredentials(socket.Fd);
        var connection = new BusConnection(socket, snapshot.Role, owner, queue)
        {
            Credentials = peer.Failed ? default : peer.Value,
            FdsAgreed = snapshot.FdsAgreed,
            NextSerial = snapshot.NextSerial,
            UniqueName = snapshot.UniqueName,
            _state = State.Running,
            _sender = Encoding.ASCII.GetBytes(snapshot.SenderName),
            _partial = snapshot.PartialOutput,
        };
        foreach ((uint serial, ReplyTag tag) in snapshot.Calls) { connection._calls[serial] = tag; }
        if (snapshot.Input.Length > 0)
        {
            connection._in = ArrayPool<byte>.Shared.Rent(snapshot.Input.Length);
            snapshot.Input.CopyTo(connection._in, 0);
            connection._inLength = snapshot.Input.Length;
        }
        if (snapshot.InputFds.Count > 0) { connection._newFds = [.. snapshot.InputFds]; }
        foreach ((int at, OwnedFd[] fds) in snapshot.OutputFds) { (connection._outFds ??= new Queue<OutgoingFds>()).Enqueue(new OutgoingFds(at, fds)); }
        if (snapshot.Output.Length > 0)
        {
            snapshot.Output.CopyTo(connection.RoomFor(snapshot.Output.Length));
            connection._outEnd += snapshot.Output.Length;
            connection.RequestFlush();
        }
        return connection;
    }
}
