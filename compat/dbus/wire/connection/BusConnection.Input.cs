using System.Buffers;
using SysMaster.Linux;

namespace SysMaster.DBus.Wire;

public sealed partial class BusConnection
{
    private const int HelloKind = -1;
    private const int DiscardTries = 10;

    private byte[]? _in;              // the beginning of a line or message whose rest is not here yet
    private int _inLength;
    private List<OwnedFd>? _newFds;   // came with bytes whose message is not whole yet
    private byte[] _authSeen = [];    // of a kept connection: the lines that were taken before BEGIN

    /// <summary>
    /// The owner writes the connection down before anything leaves: input is only looked at (MSG_PEEK) and dispatched, and taken from the
    /// socket with <see cref="TakeInput"/> once what it caused is committed; output, the authentication's too, leaves with the flush alone.
    /// </summary>
    public bool IsKept { get; set; }

    /// <summary>Bytes that were dispatched and are still in the socket; only of a kept connection, only within a turn.</summary>
    public int UntakenInput { get; private set; }

    /// <summary>The first of them.</summary>
    public byte UntakenFirst { get; private set; }

    /// <summary>False while the peer must first read what it was sent.</summary>
    public bool WantsRead => _state != State.Closed && (OutputPending < OutputHigh || _doomed);

    /// <summary>The descriptor is readable, or has hung up.</summary>
    public void OnReadable()
    {
        if (_state == State.Closed) { return; }
        if (_doomed) { End(_doom, _doomDetail); return; }
        if (!WantsRead || UntakenInput > 0) { return; }
        byte[] buffer = InputScratch.Buffer;
        int have = 0;
        int room = InputScratch.Size;
        if (_inLength > 0)
        {
            room = MakeRoom();
            if (room <= 0) { Take(_in!, _inLength); return; }   // handed over whole by Restore
            if (IsKept) { room = Math.Min(room, InputScratch.Size); }
            buffer = _in!;
            have = _inLength;
        }
        Result<ReceivedMessage> read = Sys.ReceiveMessage(_fd.Fd, buffer.AsSpan(have, room), IsKept ? LibC.MSG_PEEK : 0);
        if (read.Failed)
        {
            if (read.Error != Errno.EAGAIN) { End(read.Error == Errno.ECONNRESET ? CloseReason.PeerClosed : CloseReason.System, Describe(read.Error)); }
            return;
        }
        if (read.Value.Length == 0) { read.Value.CloseFds(); End(CloseReason.PeerClosed, ""); return; }
        if (!KeepFds(read.Value)) { return; }
        if (IsKept)
        {
            UntakenInput = read.Value.Length;
            UntakenFirst = buffer[have];
            RequestFlush();
        }
        Take(buffer, have + read.Value.Length);
    }

    /// <summary>
    /// Takes what was dispatched from the socket. The kernel puts its first byte where <paramref name="landing"/> is, and only then lets it
    /// go: memory that outlives the process tells the next one whether it was taken.
    /// </summary>
    public void TakeInput(ref byte landing)
    {
        if (UntakenInput == 0 || _state == State.Closed) { return; }
        Errno error = Discard(_fd.Fd, UntakenInput, ref landing);
        UntakenInput = 0;
        if (error.Failed) { Doom(CloseReason.System, Describe(error)); }   // it would be read, and done, a second time
    }

    /// <summary>
    /// One recvmsg(2) into nowhere but for the first byte; descriptors that come with it are dropped by the kernel. What is taken was seen
    /// there: any failure is the kernel's want of something, and it is asked again.
    /// </summary>
    public static unsafe Errno Discard(Fd socket, int length, ref byte landing)
    {
        fixed (byte* first = &landing, rest = InputScratch.Buffer)
        {
            iovec* parts = stackalloc iovec[2];
            parts[0] = new iovec { iov_base = first, iov_len = 1 };
            parts[1] = new iovec { iov_base = rest, iov_len = (nuint)(length - 1) };
            var message = new msghdr { msg_iov = parts, msg_iovlen = 2 };
            Errno error = Errno.None;
            for (int tries = 0; tries < DiscardTries; tries++)
            {
                error = Errno.FromResult(LibC.recvmsg(socket.Value, &message, LibC.MSG_DONTWAIT));
                if (!error.Failed) { break; }
            }
            return error;
        }
    }

    /// <summary>Feeds bytes as if they had been read: what another process had in hand when it ended. The descriptors are taken over.</summary>
    public void FeedInput(ReadOnlySpan<byte> bytes, List<OwnedFd>? fds = null)
    {
        if (_state == State.Closed) { return; }
        byte[] buffer = new byte[_inLength + bytes.Length];
        if (_inLength > 0) { _in.AsSpan(0, _inLength).CopyTo(buffer); }
        bytes.CopyTo(buffer.AsSpan(_inLength));
        if (KeepFds(new ReceivedMessage(bytes.Length, 0, fds, null))) { Take(buffer, buffer.Length); }
    }

    private void Take(byte[] buffer, int length)
    {
        _inDispatch = true;
        int taken;
        try
        {
            taken = Authenticate(buffer.AsSpan(0, length));
            if (_state is State.Running or State.Naming) { taken += TakeMessages(buffer, taken, length); }
        }
        catch (ProtocolException broken)
        {
            _inDispatch = false;
            End(CloseReason.Protocol, broken.Message);
            return;
        }
        _inDispatch = false;
        if (_state == State.Closed) { return; }
        KeepRest(buffer, taken, length);
        if (_state == State.Authenticating && _inLength > Limits.AuthMax) { End(CloseReason.Authentication, "too much before BEGIN"); return; }
        if (OutputPending > 0) { RequestFlush(); }
    }

    private int Authenticate(ReadOnlySpan<byte> input)
    {
        if (_state != State.Authenticating) { return 0; }
        return _saslServer is not null ? AuthenticateClient(input, _saslServer) : AuthenticateUs(input, _saslClient!);
    }

    private int AuthenticateClient(ReadOnlySpan<byte> input, SaslServer sasl)
    {
        ByteBuffer replies = InputScratch.Replies;
        int taken = sasl.Feed(input, replies);
        if (IsKept) { _authSeen = sasl.State == SaslServerState.Done ? [] : [.. _authSeen, .. input[..taken]]; }
        if (!replies.Bytes.IsEmpty) { SendAuth(replies.Bytes); }
        if (sasl.State == SaslServerState.Failed) { End(CloseReason.Authentication, "a violation of the authentication protocol"); }
        else if (sasl.State == SaslServerState.Done) { Begin(sasl.FdsAgreed); }
        else if (_newFds is not null) { End(CloseReason.Authentication, "descriptors before BEGIN"); }
        return taken;
    }

    private int AuthenticateUs(ReadOnlySpan<byte> input, SaslClient sasl)
    {
        int taken = sasl.Feed(input);
        if (sasl.State == SaslClientState.Failed) { End(CloseReason.Authentication, "the server refused us"); }
        else if (sasl.State == SaslClientState.Done) { Begin(sasl.FdsAgreed); }
        return taken;
    }

    private void Begin(bool fdsAgreed)
    {
        FdsAgreed = fdsAgreed;
        if (_newFds is not null && !fdsAgreed) { End(CloseReason.Authentication, "descriptors that were not agreed on"); return; }
        _state = Role == BusRole.Bus ? State.Naming : State.Running;
        if (_state == State.Running) { _owner.OnReady(this); }
    }

    /// <returns>Bytes taken.</returns>
    private int TakeMessages(byte[] buffer, int from, int length)
    {
        int at = from;
        while (length - at >= Message.FixedHeader)
        {
            int size = Message.LengthOf(buffer.AsSpan(at));
            if (length - at < size) { break; }
            Message message = InputScratch.Message;
            message.Parse(buffer, at, size);
            if (message.UnixFdCount > 0) { AttachFds(message); }
            at += size;
            try
            {
                message.ValidateBody();
                Deliver(message);
            }
            finally
            {
                message.CloseFds();
            }
            if (_state == State.Closed) { break; }
        }
        if (at == length) { DropPendingFds(); }
        return at - from;
    }

    private void Deliver(Message message)
    {
        if (Role != BusRole.Bus) { message.DropSender(); }
        switch (message.Type)
        {
            case MessageType.MethodCall or MessageType.Signal:
                _owner.OnMessage(this, message);
                break;
            case MessageType.MethodReturn or MessageType.Error:
                if (_calls is not null && _calls.Remove(message.ReplySerial, out ReplyTag tag)) { OnReply(tag, message); }
                break;
            default:
                break;   // "unknown types must be ignored"
        }
    }

    private void OnReply(ReplyTag tag, Message reply)
    {
        if (tag.Kind != HelloKind) { _owner.OnReply(this, tag, reply); return; }
        if (reply.Type == MessageType.Error || !reply.BodySignature.SequenceEqual("s"u8))
        {
            End(CloseReason.Authentication, "the bus refused Hello");
            return;
        }
        UniqueName = reply.Reader.ReadText();
        _state = State.Running;
        _owner.OnReady(this);
    }

    // Exactly up to the end of what is being read: a set of descriptors that comes with it then belongs to it.
    private int MakeRoom()
    {
        int need = _inLength + InputScratch.Size;
        if (_state != State.Authenticating)
        {
            need = _inLength < Message.FixedHeader ? Message.FixedHeader : Message.LengthOf(_in);
            need = Math.Min(need, Math.Max(64 << 10, 2 * _inLength));   // memory follows what was sent, not what was announced
        }
        if (_in!.Length < need)
        {
            byte[] bigger = BytePool.Rent(need);
            _in.AsSpan(0, _inLength).CopyTo(bigger);
            BytePool.Return(_in);
            _in = bigger;
        }
        return need - _inLength;
    }

    private void KeepRest(byte[] buffer, int taken, int length)
    {
        int rest = length - taken;
        if (ReferenceEquals(buffer, _in) && taken == 0) { _inLength = rest; return; }
        if (rest > 0)
        {
            byte[] keep = BytePool.Rent(Math.Max(rest, 512));
            buffer.AsSpan(taken, rest).CopyTo(keep);
            if (_in is not null) { BytePool.Return(_in); }
            _in = keep;
        }
        else if (_in is not null)
        {
            BytePool.Return(_in);
            _in = null;
        }
        _inLength = rest;
    }

    private bool KeepFds(in ReceivedMessage read)
    {
        if ((read.Flags & LibC.MSG_CTRUNC) != 0)
        {
            read.CloseFds();
            End(CloseReason.Protocol, "descriptors were lost on the way");
            return false;
        }
        if (read.Fds is null) { return true; }
        if (_newFds is not null || (_state != State.Authenticating && !FdsAgreed))
        {
            // A second set within one message: old sd-bus sends it, dbus-broker's notes say. Not agreed on: a violation.
            read.CloseFds();
            if (_newFds is not null) { return true; }
            End(CloseReason.Protocol, "descriptors that were not agreed on");
            return false;
        }
        _newFds = read.Fds;
        return true;
    }

    private void AttachFds(Message message)
    {
        if (_newFds is null || _newFds.Count < message.UnixFdCount) { throw new ProtocolException("a message announces descriptors that did not come"); }
        message.AttachFds(_newFds);
        _newFds = null;
    }

    private void DropPendingFds()
    {
        if (_newFds is null) { return; }
        foreach (OwnedFd fd in _newFds) { fd.Dispose(); }
        _newFds = null;
    }
}
