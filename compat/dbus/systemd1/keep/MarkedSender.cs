using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.Savepoint;

namespace SysMaster.DBus.Systemd1;

/// <summary>
/// Sends so that the next manager knows what has left. The bytes go into a memfd and from there by sendfile(2), which moves the offset (it lies in the
/// ledger) in the call that hands them over: whoever is killed has done both or neither. The kernel hands over the pages themselves, so what was
/// written is never overwritten: a full memfd is let go, a new one takes its place.
/// </summary>
internal sealed unsafe class MarkedSender(Ledger ledger) : IDisposable
{
    private const int Room = 64 << 10;

    private OwnedFd? _file;
    private int _used;

    /// <param name="socket">Non-blocking.</param>
    /// <param name="bytes">What the record owes.</param>
    /// <param name="number">The connection's.</param>
    /// <param name="sequence">Of the record.</param>
    /// <returns>How many have left.</returns>
    public Result<int> Send(Fd socket, ReadOnlySpan<byte> bytes, int number, uint sequence)
    {
        if (!TryWrite(bytes)) { return Sys.SendMessage(socket, bytes); }
        int at = _used;
        _used += bytes.Length;
        fixed (long* offset = &ledger.BeginTransfer(number, sequence, at))
        {
            nint n;
            do { n = LibC.sendfile(socket.Value, _file!.Value, offset, (nuint)bytes.Length); }
            while (n < 0 && Errno.Last == Errno.EINTR);
            if (n >= 0) { return (int)n; }
            Errno error = Errno.Last;
            if (error == Errno.EAGAIN || error == Errno.EPIPE || error == Errno.ECONNRESET) { return error; }
            // Not the peer's fault: it gets them all the same, and the mark is moved by us.
            Log.Warning($"Lines of authentication could not be sent from their file, sending them plainly: {error.ToString()}");
            Result<int> sent = Sys.SendMessage(socket, bytes);
            if (!sent.Failed) { *offset += sent.Value; }
            return sent;
        }
    }

    private bool TryWrite(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Room) { return false; }
        if (_file is null || _used + bytes.Length > Room)
        {
            _file?.Dispose();
            Result<OwnedFd> made = Sys.MemoryFile("sysmaster-auth"u8, default);
            _file = made.Failed ? null : made.Value;
            _used = 0;
        }
        if (_file is null) { return false; }
        fixed (byte* p = bytes) { return LibC.pwrite(_file.Value, p, (nuint)bytes.Length, _used) == bytes.Length; }
    }

    public void Dispose() => _file?.Dispose();
}
