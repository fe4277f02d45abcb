using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using SysMaster.Linux;

namespace SysMaster.DBus.Wire;

/// <summary>
/// Reads one body in the order of its signature, in the byte order of its sender. Whatever breaks the specification (lengths,
/// zero padding, UTF-8, NUL, booleans, paths, signatures, depth) throws <see cref="ProtocolException"/>. Spans point into the
/// message and live as long as it does.
/// A body that was walked once (<see cref="Message.IsBodyValid"/>) is read <i>checked</i>: bounds are still watched, text is not
/// looked at twice. Reading such a body by its own signature never throws.
/// </summary>
public ref partial struct MessageReader
{
    private readonly ReadOnlySpan<byte> _data;
    private readonly List<OwnedFd>? _fds;
    private readonly bool _bigEndian;
    private readonly bool _checked;
    private int _at;
    private int _end;   // of the innermost array, else of the data
    private int _depth;

    /// <param name="body">The body; its first byte counts as aligned to 8.</param>
    /// <param name="bigEndian">Byte order 'B'.</param>
    /// <param name="fds">What type <c>h</c> counts in; stays with the message.</param>
    /// <param name="isChecked">The body was validated by its signature already.</param>
    public MessageReader(ReadOnlySpan<byte> body, bool bigEndian = false, List<OwnedFd>? fds = null, bool isChecked = false)
    {
        _data = body;
        _bigEndian = bigEndian;
        _fds = fds;
        _checked = isChecked;
        _at = 0;
        _end = body.Length;
        _depth = 0;
    }

    /// <summary>Bytes read so far.</summary>
    public readonly int Consumed => _at;

    /// <summary>Nothing is left (of the innermost array, within one).</summary>
    public readonly bool AtEnd => _at == _end;

    public byte ReadByte()
    {
        Need(1);
        return _data[_at++];
    }

    public bool ReadBoolean()
    {
        uint value = ReadUInt32();
        return value <= 1 ? value == 1 : throw Broken("a boolean is neither 0 nor 1");
    }

    public short ReadInt16() => (short)ReadUInt16();

    public ushort ReadUInt16()
    {
        Align(2);
        Need(2);
        ReadOnlySpan<byte> span = _data[_at..];
        _at += 2;
        return _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(span) : BinaryPrimitives.ReadUInt16LittleEndian(span);
    }

    public int ReadInt32() => (int)ReadUInt32();

    public uint ReadUInt32()
    {
        Align(4);
        Need(4);
        ReadOnlySpan<byte> span = _data[_at..];
        _at += 4;
        return _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(span) : BinaryPrimitives.ReadUInt32LittleEndian(span);
    }

    public long ReadInt64() => (long)ReadUInt64();

    public ulong ReadUInt64()
    {
        Align(8);
        Need(8);
        ReadOnlySpan<byte> span = _data[_at..];
        _at += 8;
        return _bigEndian ? BinaryPrimitives.ReadUInt64BigEndian(span) : BinaryPrimitives.ReadUInt64LittleEndian(span);
    }

    public double ReadDouble() => BitConverter.UInt64BitsToDouble(ReadUInt64());

    /// <summary>Type <c>h</c>, borrowed: the message closes it after its dispatch.</summary>
    public Fd ReadUnixFd() => FdAt(ReadUInt32()).Fd;

    /// <summary>Type <c>h</c>, now the caller's. The same index cannot be taken twice.</summary>
    public OwnedFd TakeUnixFd()
    {
        OwnedFd fd = FdAt(ReadUInt32());
        return fd.IsValid ? new OwnedFd(fd.Take()) : throw Broken("one descriptor is named twice");
    }

    /// <summary>Skips the padding before a struct or dict entry.</summary>
    public void BeginStruct() => Align(8);

    internal void Align(int alignment)
    {
        int padding = -_at & (alignment - 1);
        if (padding == 0) { return; }
        Need(padding);
        foreach (byte b in _data.Slice(_at, padding))
        {
            if (b != 0) { throw Broken("padding is not zero"); }
        }
        _at += padding;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Need(int bytes)
    {
        if (_end - _at < bytes) { throw Broken("a value goes past the end"); }
    }

    private readonly OwnedFd FdAt(uint index)
        => _fds is not null && index < (uint)_fds.Count ? _fds[(int)index] : throw Broken("a descriptor was not sent");

    private static ProtocolException Broken(string what) => new(what);
}
