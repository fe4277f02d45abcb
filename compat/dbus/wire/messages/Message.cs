using System.Diagnostics.CodeAnalysis;
using System.Text;
using SysMaster.Linux;

namespace SysMaster.DBus.Wire;

/// <summary>
/// One received message. The header was parsed and every value of the body was walked before anybody saw it, so reading it by
/// its signature cannot fail. It lives until the dispatch of it ends: the buffer and this object serve the next message then.
/// Whoever needs it longer takes a <see cref="Detach"/>ed copy; a descriptor is kept by taking it (<see cref="MessageReader.TakeUnixFd"/>).
/// </summary>
public sealed partial class Message
{
    private byte[] _buffer = [];
    private int _start;
    private int _bodyStart;
    private int _bodyLength;
    private bool _bodyChecked;
    private Range _path;
    private Range _interface;
    private Range _member;
    private Range _errorName;
    private Range _destination;
    private Range _sender;
    private Range _signature;
    private uint _seen;      // one bit for each header field's code
    private List<OwnedFd>? _fds;

    public MessageType Type { get; private set; }

    public MessageFlags Flags { get; private set; }

    public uint Serial { get; private set; }

    /// <summary>Of the call that is answered; 0 in calls and signals.</summary>
    public uint ReplySerial { get; private set; }

    public bool IsBigEndian { get; private set; }

    /// <summary>How many descriptors the header announces.</summary>
    public int UnixFdCount { get; private set; }

    /// <summary>Bytes of the whole message.</summary>
    public int Length { get; private set; }

    public ReadOnlySpan<byte> Path => Text(_path);

    public ReadOnlySpan<byte> Interface => Text(_interface);

    public ReadOnlySpan<byte> Member => Text(_member);

    public ReadOnlySpan<byte> ErrorName => Text(_errorName);

    public ReadOnlySpan<byte> Destination => Text(_destination);

    /// <summary>The sender's unique name, which the bus vouches for; empty on a connection without a bus, whatever the peer wrote.</summary>
    public ReadOnlySpan<byte> Sender => Text(_sender);

    public ReadOnlySpan<byte> BodySignature => Text(_signature);

    public ReadOnlySpan<byte> Body => _buffer.AsSpan(_bodyStart, _bodyLength);

    /// <summary>The whole message as it came.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(_start, Length);

    /// <summary>The caller wants an answer.</summary>
    public bool ExpectsReply => Type == MessageType.MethodCall && (Flags & MessageFlags.NoReplyExpected) == 0;

    /// <summary>The body has been walked by its signature.</summary>
    public bool IsBodyValid => _bodyChecked;

    /// <summary>Descriptors that came with it; those not taken are closed after the dispatch.</summary>
    public IReadOnlyList<OwnedFd> Fds => (IReadOnlyList<OwnedFd>?)_fds ?? [];

    /// <summary>The body from its first value.</summary>
    public MessageReader Reader => new(Body, IsBigEndian, _fds, _bodyChecked);

    /// <summary>For people and logs: "method call org.x.Y.Z on /a from :1.4".</summary>
    public override string ToString()
        => $"{Type} {Encoding.UTF8.GetString(Interface)}.{Encoding.UTF8.GetString(Member)} on {Encoding.UTF8.GetString(Path)}"
           + $" from {Encoding.UTF8.GetString(Sender)} (serial {Serial})";

    /// <summary>A copy that lives on: the bytes copied, the descriptors moved to it. For calls that are answered later.</summary>
    public Message Detach()
    {
        var copy = (Message)MemberwiseClone();
        copy._buffer = Bytes.ToArray();
        copy._start = 0;
        int moved = _start;
        copy._bodyStart -= moved;
        copy._path = Moved(_path, moved);
        copy._interface = Moved(_interface, moved);
        copy._member = Moved(_member, moved);
        copy._errorName = Moved(_errorName, moved);
        copy._destination = Moved(_destination, moved);
        copy._sender = Moved(_sender, moved);
        copy._signature = Moved(_signature, moved);
        _fds = null;
        return copy;
    }

    /// <summary>The other way: a message that was written down whole (<see cref="Bytes"/>), with its descriptors.</summary>
    /// <param name="role">Of the connection it came by.</param>
    public static bool TryRead(byte[] bytes, List<OwnedFd> fds, BusRole role, [NotNullWhen(true)] out Message? message)
    {
        message = null;
        try
        {
            if (bytes.Length < FixedHeader || LengthOf(bytes) != bytes.Length) { return false; }
            var read = new Message();
            read.Parse(bytes, 0, bytes.Length);
            if (fds.Count > 0) { read.AttachFds(fds); }
            read.ValidateBody();
            if (role != BusRole.Bus) { read.DropSender(); }
            message = read;
            return true;
        }
        catch (ProtocolException) { return false; }   // not one: the caller's log is damaged
    }

    /// <summary>Closes the descriptors that nobody took.</summary>
    public void CloseFds()
    {
        if (_fds is null) { return; }
        foreach (OwnedFd fd in _fds) { fd.Dispose(); }
        _fds = null;
    }

    /// <summary>On a connection without a bus nobody vouches for a sender.</summary>
    internal void DropSender() => _sender = default;

    internal void AttachFds(List<OwnedFd>? fds) => _fds = fds;

    /// <summary>Walks the body; <see cref="ProtocolException"/> when it is broken. After the descriptors are attached.</summary>
    internal void ValidateBody()
    {
        if (_bodyLength == 0 && BodySignature.IsEmpty) { _bodyChecked = true; return; }
        var reader = new MessageReader(Body, IsBigEndian, _fds);
        reader.SkipValue(BodySignature);
        if (!reader.AtEnd) { throw new ProtocolException("the body is longer than its signature"); }
        _bodyChecked = true;
    }

    private static Range Moved(Range range, int by) => range.Length == 0 ? default : new Range(range.Start - by, range.Length);

    private ReadOnlySpan<byte> Text(Range range) => _buffer.AsSpan(range.Start, range.Length);

    private readonly record struct Range(int Start, int Length);
}
