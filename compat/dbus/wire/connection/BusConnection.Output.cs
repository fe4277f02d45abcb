using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using SysMaster.Linux;

namespace SysMaster.DBus.Wire;

public sealed partial class BusConnection
{
    private const int OutputHigh = 1 << 20;

    private byte[]? _out;
    private int _outStart;
    private int _outEnd;
    private int _partial;             // unsent bytes of a message whose beginning has left
    private byte[]? _auth;            // goes before all messages
    private Queue<OutgoingFds>? _outFds;
    private long _progressAt;         // TickCount64 when the peer last took something, or there was nothing to take
    private long _outTaken;           // bytes that ever left _out: where a message stands in the stream

    /// <summary>Bytes that the kernel has not taken yet.</summary>
    public int OutputPending => _outEnd - _outStart;

    /// <summary>
    /// More than so many bytes wait for a peer that does read: a sender that can wait should. One that has taken nothing for
    /// <see cref="Limits.PatienceMs"/> is not waited for; it is cut off at its bound.
    /// </summary>
    public bool IsBehind(int bytes) => OutputPending > bytes && Environment.TickCount64 - _progressAt < Limits.PatienceMs;

    /// <summary>The socket was full: wait for it to be writable.</summary>
    public bool WantsWrite { get; private set; }

    /// <summary>
    /// Sends a message: gives it the next serial, copies it behind what is pending, duplicates its descriptors. It leaves with
    /// the next flush (at once, without a <see cref="FlushQueue"/> and outside a dispatch).
    /// </summary>
    /// <returns>The serial; 0 when nothing was sent: closed, not yet authenticated by us, over its bound, or no descriptors possible.</returns>
    public uint Send(MessageWriter writer)
    {
        if (_state == State.Closed || _doomed || (Role == BusRole.Server && _state != State.Running)) { return 0; }
        OwnedFd[]? fds = null;
        if (writer.Fds.Length > 0)
        {
            if (_state == State.Running && !FdsAgreed) { return 0; }
            fds = Duplicate(writer.Fds);
            if (fds is null) { return 0; }
        }
        int most = writer.WireLengthMax(_sender.Length);
        if (OutputPending + most > Limits.OutputMax)
        {
            Doom(CloseReason.Overflow);
            _owner.OnInterestChanged(this);
            return 0;
        }
        if (fds is not null) { (_outFds ??= new Queue<OutgoingFds>()).Enqueue(new OutgoingFds(_outTaken + OutputPending, fds)); }
        uint serial = TakeSerial();
        if (OutputPending == 0) { _progressAt = Environment.TickCount64; }
        bool wasHigh = OutputPending >= OutputHigh;
        // Making room may move what is pending, and _outEnd with it: it is read afterwards.
        int written = writer.CopyTo(RoomFor(most), serial, _sender);
        _outEnd += written;
        if (!wasHigh && OutputPending >= OutputHigh) { _owner.OnInterestChanged(this); }
        if (!_inDispatch) { RequestFlush(); }
        return serial;
    }

    /// <summary>Sends a method call whose answer comes to <see cref="IBusConnectionOwner.OnReply"/> with this tag.</summary>
    /// <returns>The serial, 0 as <see cref="Send"/>.</returns>
    public uint Call(MessageWriter writer, ReplyTag tag)
    {
        uint serial = Send(writer);
        if (serial != 0) { (_calls ??= [])[serial] = tag; }
        return serial;
    }

    /// <summary>Forgets a call (its time is up): a late answer is dropped.</summary>
    public bool Forget(uint serial) => _calls is not null && _calls.Remove(serial);

    /// <summary>The descriptor is writable.</summary>
    public void OnWritable()
    {
        if (_state == State.Closed) { return; }
        if (IsKept) { RequestFlush(); }   // what this turn has added is not written down yet
        else { Flush(); }
    }

    /// <summary>Hands to the kernel what it takes.</summary>
    public void Flush()
    {
        if (_state == State.Closed || _doomed) { return; }
        bool couldRead = WantsRead;
        bool wanted = WantsWrite;
        Errno error = FlushAuth();
        if (!error.Failed && _auth is null && _state != State.Authenticating) { error = FlushMessages(); }
        if (error == Errno.ENOMEM || error == Errno.ENOBUFS) { error = Errno.EAGAIN; }   // the peer is well, the kernel is short
        if (error.Failed && error != Errno.EAGAIN)
        {
            Doom(error == Errno.EPIPE || error == Errno.ECONNRESET ? CloseReason.PeerClosed : CloseReason.System, Describe(error));
            error = Errno.None;
        }
        WantsWrite = error == Errno.EAGAIN;
        if (wanted != WantsWrite || couldRead != WantsRead) { _owner.OnInterestChanged(this); }
    }

    private void RequestFlush()
    {
        if (_queue is not null) { _queue.Add(this); }
        else { Flush(); }
    }

    private Errno FlushAuth()
    {
        while (_auth is not null)
        {
            Result<int> n = _queue?.AuthSender is { } sender ? sender.SendAuth(this, _auth) : Sys.SendMessage(_fd.Fd, _auth);
            if (n.Failed) { return n.Error; }
            _auth = n.Value == _auth.Length ? null : _auth[n.Value..];
        }
        return Errno.None;
    }

    [SkipLocalsInit]
    private Errno FlushMessages()
    {
        Span<int> numbers = stackalloc int[Limits.FdsMax];
        while (_outStart < _outEnd)
        {
            int fds = _outFds is { Count: > 0 } && _outFds.Peek().At == _outTaken ? _outFds.Peek().CopyTo(numbers) : 0;
            int chunk = NextChunk(fds > 0);
            if (chunk > Limits.AtomicWrite && IsKept && MayBeHalved(chunk)) { return Errno.EAGAIN; }
            Result<int> sent = Sys.SendMessage(_fd.Fd, _out.AsSpan(_outStart, chunk), numbers[..fds]);
            if (sent.Failed) { return sent.Error; }
            if (fds > 0) { _outFds!.Dequeue().Close(); }
            Advance(sent.Value, chunk);
        }
        ArrayPoolReturn();
        return Errno.None;
    }

    // What fits into the send buffer as a whole is never taken in part: the kernel only looks whether the buffer is full between two pieces.
    private unsafe bool MayBeHalved(int chunk)
    {
        int queued = 0, room = 0;
        uint size = sizeof(int);
        if (LibC.ioctl(_fd.Value, LibC.SIOCOUTQ, (nint)(&queued)) < 0) { return false; }
        _ = LibC.getsockopt(_fd.Value, LibC.SOL_SOCKET, LibC.SO_SNDBUF, &room, &size);
        return queued > room / 4 && queued + (2L * chunk) > room;
    }

    // The rest of a message begun; or one with descriptors, alone; or whole messages up to 32 KiB; or one that is larger.
    private int NextChunk(bool withFds)
    {
        if (_partial > 0) { return _partial; }
        int at = _outStart;
        long fdsAt = _outFds is { Count: > 0 } && !withFds ? _outFds.Peek().At - _outTaken + _outStart : long.MaxValue;
        while (at < _outEnd && at < fdsAt)
        {
            int length = LengthAt(at);
            if (at > _outStart && at + length - _outStart > Limits.AtomicWrite) { break; }
            at += length;
            if (withFds) { break; }
        }
        return at - _outStart;
    }

    // We wrote it: little-endian, lengths right.
    private int LengthAt(int at)
    {
        ReadOnlySpan<byte> header = _out.AsSpan(at);
        int fields = BinaryPrimitives.ReadInt32LittleEndian(header[12..]);
        return Message.FixedHeader + ((fields + 7) & ~7) + BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
    }

    private void Advance(int sent, int chunk)
    {
        int left = sent;
        if (_partial > 0) { _partial -= sent; }
        else if (sent < chunk)
        {
            int at = _outStart;
            while (left >= LengthAt(at))
            {
                int length = LengthAt(at);
                left -= length;
                at += length;
            }
            if (left > 0) { _partial = LengthAt(at) - left; }
        }
        _outStart += sent;
        _progressAt = Environment.TickCount64;
        _outTaken += sent;
    }

    private Span<byte> RoomFor(int bytes)
    {
        if (_out is null)
        {
            _out = BytePool.Rent(Math.Max(bytes, 4096));
            _outStart = _outEnd = 0;
        }
        else if (_out.Length - _outEnd < bytes)
        {
            int pending = OutputPending;
            bool moveOnly = pending + bytes <= _out.Length / 2;
            byte[] target = moveOnly ? _out : BytePool.Rent(Math.Max(2 * _out.Length, pending + bytes));
            _out.AsSpan(_outStart, pending).CopyTo(target);
            if (!moveOnly) { BytePool.Return(_out); }
            _out = target;
            _outStart = 0;
            _outEnd = pending;
        }
        return _out.AsSpan(_outEnd);
    }

    private uint TakeSerial()
    {
        uint serial = _nextSerial;
        NextSerial = serial + 1;
        return serial;
    }

    // Nothing of it is anybody's secret or promise: it need not wait for the end of the turn.
    private void SendAuth(ReadOnlySpan<byte> bytes)
    {
        if (_auth is not null || IsKept)
        {
            _auth = [.. _auth ?? [], .. bytes];
            RequestFlush();
            return;
        }
        Result<int> n = Sys.SendMessage(_fd.Fd, bytes);
        int sent = n.Failed ? 0 : n.Value;   // an error comes again with the flush
        if (sent == bytes.Length) { return; }
        _auth = bytes[sent..].ToArray();
        RequestFlush();
    }

    private static OwnedFd[]? Duplicate(ReadOnlySpan<int> numbers)
    {
        var fds = new OwnedFd[numbers.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            int fd = LibC.fcntl(numbers[i], LibC.F_DUPFD_CLOEXEC, 3);
            if (fd < 0)
            {
                foreach (OwnedFd done in fds.AsSpan(0, i)) { done.Dispose(); }
                return null;
            }
            fds[i] = new OwnedFd(fd);
        }
        return fds;
    }

    private void ArrayPoolReturn()
    {
        if (_out is not null) { BytePool.Return(_out); }
        _out = null;
        _outStart = _outEnd = 0;
    }

    private void DropOutput()
    {
        ArrayPoolReturn();
        _auth = null;
        _partial = 0;
        WantsWrite = false;
        while (_outFds is { Count: > 0 }) { _outFds.Dequeue().Close(); }
    }
}
