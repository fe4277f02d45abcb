using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using SysMaster.Linux;

namespace SysMaster.DBus.Wire;

/// <summary>
/// Headers of outgoing messages. Layout in the buffer: 12 fixed bytes, the array of fields, padding, the body. Serial, sender,
/// number of descriptors and body length are known only when the message is handed to a connection, which adds them as it
/// copies (<see cref="CopyTo"/>): so one written message can go to many connections.
/// </summary>
public sealed partial class MessageWriter
{
    private const int FieldsLengthAt = 12;
    private const int FieldsStart = 16;

    private int _headerEnd;   // of the last field, before padding; 0 for a bare body
    private int _signatureAt; // of the signature's text within the header
    private byte _signatureLength;

    /// <summary>There is a header: the message can be sent.</summary>
    public bool HasHeader => _headerEnd > 0;

    /// <summary>The signature that the header announces.</summary>
    public ReadOnlySpan<byte> BodySignature => _signatureLength == 0 ? default : _buffer.AsSpan(_signatureAt, _signatureLength);

    internal MessageType Type => (MessageType)_buffer[1];

    internal MessageFlags Flags => (MessageFlags)_buffer[2];

    /// <param name="destination">Null on a connection without a bus.</param>
    /// <param name="interfaceName">Null leaves the choice to the peer.</param>
    public void BeginCall(string? destination, string path, string? interfaceName, string member, string signature = "", MessageFlags flags = MessageFlags.None)
    {
        Begin(MessageType.MethodCall, flags);
        TextField(HeaderField.Path, (byte)'o', path);
        if (interfaceName is not null) { TextField(HeaderField.Interface, (byte)'s', interfaceName); }
        TextField(HeaderField.Member, (byte)'s', member);
        if (destination is not null) { TextField(HeaderField.Destination, (byte)'s', destination); }
        EndHeader(signature);
    }

    /// <param name="destination">The caller's unique name; null on a connection without a bus.</param>
    public void BeginReturn(uint replySerial, string? destination, string signature = "")
    {
        Begin(MessageType.MethodReturn, MessageFlags.NoReplyExpected);
        SerialField(replySerial);
        if (destination is not null) { TextField(HeaderField.Destination, (byte)'s', destination); }
        EndHeader(signature);
    }

    /// <summary>A whole error: name and one text.</summary>
    public void WriteError(uint replySerial, string? destination, string name, string text)
    {
        Begin(MessageType.Error, MessageFlags.NoReplyExpected);
        TextField(HeaderField.ErrorName, (byte)'s', name);
        SerialField(replySerial);
        if (destination is not null) { TextField(HeaderField.Destination, (byte)'s', destination); }
        EndHeader("s");
        WriteString(text);
    }

    /// <param name="destination">Null broadcasts.</param>
    public void BeginSignal(string path, string interfaceName, string member, string signature = "", string? destination = null)
    {
        Begin(MessageType.Signal, MessageFlags.NoReplyExpected);
        TextField(HeaderField.Path, (byte)'o', path);
        TextField(HeaderField.Interface, (byte)'s', interfaceName);
        TextField(HeaderField.Member, (byte)'s', member);
        if (destination is not null) { TextField(HeaderField.Destination, (byte)'s', destination); }
        EndHeader(signature);
    }

    /// <summary>The reply to a call that is kept as the bytes of its sender.</summary>
    internal void BeginReturnTo(uint replySerial, ReadOnlySpan<byte> destination, ReadOnlySpan<byte> signature)
    {
        Begin(MessageType.MethodReturn, MessageFlags.NoReplyExpected);
        SerialField(replySerial);
        if (!destination.IsEmpty) { TextField(HeaderField.Destination, (byte)'s', destination); }
        EndHeader(signature);
    }

    internal void WriteErrorTo(uint replySerial, ReadOnlySpan<byte> destination, string name, string text)
    {
        Begin(MessageType.Error, MessageFlags.NoReplyExpected);
        TextField(HeaderField.ErrorName, (byte)'s', name);
        SerialField(replySerial);
        if (!destination.IsEmpty) { TextField(HeaderField.Destination, (byte)'s', destination); }
        EndHeader("s"u8);
        WriteString(text);
    }

    /// <summary>The most bytes that <see cref="CopyTo"/> can need with this sender.</summary>
    internal int WireLengthMax(int senderLength) => _length + senderLength + 32;

    /// <summary>Writes the message as it goes over the wire, and returns its length.</summary>
    /// <param name="sender">Goes into the header; empty for none (a bus adds it).</param>
    internal int CopyTo(Span<byte> target, uint serial, ReadOnlySpan<byte> sender)
    {
        Debug.Assert(HasHeader, "a bare body was sent");
        Debug.Assert(BodyMatchesSignature(), "the body does not match the signature in the header");
        _buffer.AsSpan(0, _headerEnd).CopyTo(target);
        int at = _headerEnd;
        if (!sender.IsEmpty)
        {
            at = Field(target, at, HeaderField.Sender, (byte)'s');
            BinaryPrimitives.WriteUInt32LittleEndian(target[at..], (uint)sender.Length);
            sender.CopyTo(target[(at + 4)..]);
            at += 4 + sender.Length;
            target[at++] = 0;
        }
        if (_fdCount > 0)
        {
            at = Field(target, at, HeaderField.UnixFds, (byte)'u');
            BinaryPrimitives.WriteUInt32LittleEndian(target[at..], (uint)_fdCount);
            at += 4;
        }
        BinaryPrimitives.WriteInt32LittleEndian(target[4..], BodyLength);
        BinaryPrimitives.WriteUInt32LittleEndian(target[8..], serial);
        BinaryPrimitives.WriteInt32LittleEndian(target[FieldsLengthAt..], at - FieldsStart);
        int body = (at + 7) & ~7;
        target[at..body].Clear();
        Body.CopyTo(target[body..]);
        return body + BodyLength;
    }

    private static int Field(Span<byte> target, int at, byte code, byte type)
    {
        int aligned = (at + 7) & ~7;
        target[at..aligned].Clear();
        target[aligned] = code;
        target[aligned + 1] = 1;
        target[aligned + 2] = type;
        target[aligned + 3] = 0;
        return aligned + 4;
    }

    private void Begin(MessageType type, MessageFlags flags)
    {
        Reset();
        Ensure(FieldsStart);
        _buffer[0] = (byte)'l';
        _buffer[1] = (byte)type;
        _buffer[2] = (byte)flags;
        _buffer[3] = 1;
        _buffer.AsSpan(4, 12).Clear();
        _length = FieldsStart;
        _signatureLength = 0;
    }

    private void TextField(byte code, byte type, string text)
    {
        FieldHead(code, type);
        WriteString(text);
    }

    private void TextField(byte code, byte type, ReadOnlySpan<byte> text)
    {
        FieldHead(code, type);
        WriteText(text);
    }

    private void SerialField(uint serial)
    {
        FieldHead(HeaderField.ReplySerial, (byte)'u');
        WriteUInt32(serial);
    }

    private void FieldHead(byte code, byte type)
    {
        Align(8);
        Ensure(4);
        _buffer[_length] = code;
        _buffer[_length + 1] = 1;
        _buffer[_length + 2] = type;
        _buffer[_length + 3] = 0;
        _length += 4;
    }

    private void EndHeader(string signature)
    {
        Span<byte> bytes = stackalloc byte[Limits.NameMax];
        EndHeader(bytes[..Encoding.ASCII.GetBytes(signature, bytes)]);
    }

    private void EndHeader(ReadOnlySpan<byte> signature)
    {
        if (!signature.IsEmpty)
        {
            FieldHead(HeaderField.Signature, (byte)'g');
            _signatureAt = _length + 1;
            _signatureLength = (byte)signature.Length;
            WriteSignature(signature);
        }
        _headerEnd = _length;
        Align(8);
        _bodyStart = _length;
    }

    private bool BodyMatchesSignature()
    {
        List<OwnedFd>? fds = _fdCount == 0 ? null : [.. Enumerable.Repeat(new OwnedFd(-1), _fdCount)];
        var reader = new MessageReader(Body, fds: fds);
        reader.SkipValue(BodySignature);
        return reader.AtEnd;
    }
}
