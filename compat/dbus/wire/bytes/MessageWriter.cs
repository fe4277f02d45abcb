using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using SysMaster.Linux;

namespace SysMaster.DBus.Wire;

/// <summary>
/// Writes one message, little-endian, into a buffer that is reused for the next one. Either a bare body (after
/// <see cref="Reset"/>) or a whole message (after one of the Begin… of <c>MessageWriter.Header.cs</c>); the values come in the
/// order of the signature. What is written is always valid D-Bus: text that is no UTF-8 gets U+FFFD, text ends at a NUL.
/// One writer serves a whole process: it holds at most one message at a time.
/// </summary>
public sealed partial class MessageWriter
{
    private const int KeptBuffer = 64 << 10;

    private byte[] _buffer = new byte[512];   // beyond KeptBuffer: of the pool
    private int _length;
    private int _bodyStart;
    private int[] _fds = [];
    private int _fdCount;

    /// <summary>Bytes of the body so far.</summary>
    public int BodyLength => _length - _bodyStart;

    /// <summary>The body so far; valid until the next write.</summary>
    public ReadOnlySpan<byte> Body => _buffer.AsSpan(_bodyStart, _length - _bodyStart);

    /// <summary>Numbers that <see cref="WriteUnixFd"/> was given, still owned by the caller.</summary>
    public ReadOnlySpan<int> Fds => _fds.AsSpan(0, _fdCount);

    /// <summary>Forgets what was written. The buffer stays, unless one big message blew it up.</summary>
    public void Reset()
    {
        if (_buffer.Length > KeptBuffer)
        {
            BytePool.Return(_buffer);
            _buffer = new byte[512];
        }
        _length = 0;
        _bodyStart = 0;
        _fdCount = 0;
        _headerEnd = 0;
    }

    public void WriteByte(byte value)
    {
        Ensure(1);
        _buffer[_length++] = value;
    }

    public void WriteBoolean(bool value) => WriteUInt32(value ? 1u : 0u);

    public void WriteInt16(short value) => WriteUInt16((ushort)value);

    public void WriteUInt16(ushort value)
    {
        Align(2);
        Ensure(2);
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer.AsSpan(_length), value);
        _length += 2;
    }

    public void WriteInt32(int value) => WriteUInt32((uint)value);

    public void WriteUInt32(uint value)
    {
        Align(4);
        Ensure(4);
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(_length), value);
        _length += 4;
    }

    public void WriteInt64(long value) => WriteUInt64((ulong)value);

    public void WriteUInt64(ulong value)
    {
        Align(8);
        Ensure(8);
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.AsSpan(_length), value);
        _length += 8;
    }

    public void WriteDouble(double value) => WriteUInt64(BitConverter.DoubleToUInt64Bits(value));

    /// <summary>Type <c>h</c>. The number is borrowed: it is duplicated (F_DUPFD_CLOEXEC) when the message is handed to a connection, and must stay open until then.</summary>
    public void WriteUnixFd(int fd)
    {
        if (_fdCount == Limits.FdsMax) { throw new InvalidOperationException("a message carries at most 253 descriptors"); }
        if (_fdCount == _fds.Length) { Array.Resize(ref _fds, Math.Max(4, _fds.Length * 2)); }
        _fds[_fdCount] = fd;
        WriteUInt32((uint)_fdCount++);
    }

    /// <summary>Begins an array; the elements follow, then <see cref="EndArray"/>.</summary>
    /// <param name="elementAlignment"><see cref="Signature.AlignmentOf"/> the element: 1, 2, 4 or 8 (structs and dict entries 8).</param>
    public ArrayMark BeginArray(int elementAlignment)
    {
        WriteUInt32(0);
        int lengthAt = _length - 4;
        Align(elementAlignment);
        return new ArrayMark(lengthAt, _length);
    }

    public void EndArray(ArrayMark mark)
    {
        int bytes = _length - mark.Start;
        if (bytes > Limits.ArrayMax) { throw new InvalidOperationException("an array of a message is larger than 64 MiB"); }
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(mark.LengthAt), (uint)bytes);
    }

    /// <summary>Begins a struct or dict entry; its end needs no mark.</summary>
    public void BeginStruct() => Align(8);

    /// <summary>Begins a variant; one value of that type follows.</summary>
    public void BeginVariant(ReadOnlySpan<byte> signature) => WriteSignature(signature);

    internal void Align(int alignment)
    {
        int padding = -_length & (alignment - 1);
        if (padding == 0) { return; }
        Ensure(padding);
        _buffer.AsSpan(_length, padding).Clear();
        _length += padding;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Ensure(int bytes)
    {
        if (_buffer.Length - _length < bytes) { Grow(bytes); }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int bytes)
    {
        long need = (long)_length + bytes;
        if (need > Limits.MessageMax) { throw new InvalidOperationException("a message is larger than 128 MiB"); }
        int size = (int)Math.Min(Limits.MessageMax, Math.Max(need, _buffer.Length * 2L));
        byte[] bigger = size > KeptBuffer ? BytePool.Rent(size) : new byte[size];
        _buffer.AsSpan(0, _length).CopyTo(bigger);
        if (_buffer.Length > KeptBuffer) { BytePool.Return(_buffer); }
        _buffer = bigger;
    }
}
