using System.Buffers.Binary;

namespace SysMaster.DBus.Wire;

public sealed partial class Message
{
    /// <summary>What must be there before the length of a message is known.</summary>
    public const int FixedHeader = 16;

    /// <summary>The length of the message that begins with these 16 bytes; <see cref="ProtocolException"/> when it cannot be one.</summary>
    internal static int LengthOf(ReadOnlySpan<byte> header)
    {
        bool big = header[0] switch
        {
            (byte)'l' => false,
            (byte)'B' => true,
            _ => throw new ProtocolException("the byte order is neither l nor B"),
        };
        if (header[3] != 1) { throw new ProtocolException("the protocol version is not 1"); }
        uint body = UInt32(header[4..], big);
        uint fields = UInt32(header[12..], big);
        if (body > Limits.ReceivedMax || fields > Limits.ArrayMax) { throw new ProtocolException("a message is too long"); }
        long length = FixedHeader + (((long)fields + 7) & ~7L) + body;
        return length <= Limits.ReceivedMax ? (int)length : throw new ProtocolException("a message is too long");
    }

    /// <summary>Takes over one whole message in place. <see cref="ProtocolException"/> when its header is broken.</summary>
    internal void Parse(byte[] buffer, int start, int length)
    {
        _buffer = buffer;
        _start = start;
        Length = length;
        _fds = null;
        _bodyChecked = false;
        ReadOnlySpan<byte> bytes = buffer.AsSpan(start, length);
        IsBigEndian = bytes[0] == (byte)'B';
        Type = (MessageType)bytes[1];
        Flags = (MessageFlags)bytes[2];
        _bodyLength = (int)UInt32(bytes[4..], IsBigEndian);
        _bodyStart = start + length - _bodyLength;
        Serial = UInt32(bytes[8..], IsBigEndian);
        ReplySerial = 0;
        UnixFdCount = 0;
        _seen = 0;
        _path = _interface = _member = _errorName = _destination = _sender = _signature = default;
        if (Serial == 0) { throw new ProtocolException("a serial is 0"); }
        if (Type == MessageType.Invalid) { throw new ProtocolException("the message type is 0"); }
        ParseFields(bytes[..(length - _bodyLength)]);
        CheckRequired();
    }

    private static uint UInt32(ReadOnlySpan<byte> at, bool big)
        => big ? BinaryPrimitives.ReadUInt32BigEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at);

    private void ParseFields(ReadOnlySpan<byte> header)
    {
        // The array's length and first element are where the reader finds them: 12 bytes in, elements aligned to 8.
        var reader = new MessageReader(header, IsBigEndian);
        reader.ReadUInt64();
        reader.ReadUInt32();
        ArrayToken fields = reader.BeginArray(8);
        while (reader.HasNext(fields))
        {
            reader.BeginStruct();
            byte code = reader.ReadByte();
            ReadOnlySpan<byte> type = reader.BeginVariant();
            if (code is 0) { throw new ProtocolException("a header field has code 0"); }
            if (code > HeaderField.UnixFds) { reader.SkipValue(type); continue; }
            uint bit = 1u << code;
            if ((_seen & bit) != 0) { throw new ProtocolException("a header field comes twice"); }
            _seen |= bit;
            ParseField(ref reader, code, type);
        }
        reader.EndArray(fields);
        reader.Align(8);
        if (!reader.AtEnd) { throw new ProtocolException("the header's length is wrong"); }
    }

    private void ParseField(ref MessageReader reader, byte code, ReadOnlySpan<byte> type)
    {
        byte expected = code switch
        {
            HeaderField.Path => (byte)'o',
            HeaderField.Signature => (byte)'g',
            HeaderField.ReplySerial or HeaderField.UnixFds => (byte)'u',
            _ => (byte)'s',
        };
        if (type.Length != 1 || type[0] != expected) { throw new ProtocolException("a header field has the wrong type"); }
        switch (code)
        {
            case HeaderField.ReplySerial:
                ReplySerial = reader.ReadUInt32();
                break;
            case HeaderField.UnixFds:
                uint count = reader.ReadUInt32();
                UnixFdCount = count <= Limits.FdsMax ? (int)count : throw new ProtocolException("too many descriptors");
                break;
            case HeaderField.Path:
                _path = RangeOf(reader.ReadObjectPath(), ref reader);
                break;
            case HeaderField.Signature:
                _signature = RangeOf(reader.ReadSignature(), ref reader);
                break;
            default:
                ParseName(ref reader, code);
                break;
        }
    }

    private void ParseName(ref MessageReader reader, byte code)
    {
        // The grammar of names is narrower than UTF-8, so it alone is looked at.
        ReadOnlySpan<byte> text = reader.ReadName();
        Range range = RangeOf(text, ref reader);
        bool good;
        switch (code)
        {
            case HeaderField.Interface: _interface = range; good = NameGrammar.IsInterface(text); break;
            case HeaderField.Member: _member = range; good = NameGrammar.IsMember(text); break;
            case HeaderField.ErrorName: _errorName = range; good = NameGrammar.IsInterface(text); break;
            case HeaderField.Destination: _destination = range; good = NameGrammar.IsBusName(text); break;
            default: _sender = range; good = NameGrammar.IsBusName(text); break;
        }
        if (!good) { throw new ProtocolException("a name in the header is invalid"); }
    }

    // The reader stands just behind the text's NUL.
    private Range RangeOf(ReadOnlySpan<byte> text, ref MessageReader reader) => new(_start + reader.Consumed - 1 - text.Length, text.Length);

    private void CheckRequired()
    {
        uint required = Type switch
        {
            MessageType.MethodCall => 1u << HeaderField.Path | 1u << HeaderField.Member,
            MessageType.MethodReturn => 1u << HeaderField.ReplySerial,
            MessageType.Error => 1u << HeaderField.ReplySerial | 1u << HeaderField.ErrorName,
            MessageType.Signal => 1u << HeaderField.Path | 1u << HeaderField.Interface | 1u << HeaderField.Member,
            _ => 0,
        };
        if ((_seen & required) != required) { throw new ProtocolException("a required header field is missing"); }
        if ((required & 1u << HeaderField.ReplySerial) != 0 && ReplySerial == 0) { throw new ProtocolException("a reply serial is 0"); }
        if (_bodyLength > 0 && _signature.Length == 0) { throw new ProtocolException("a body without a signature"); }
    }
}
