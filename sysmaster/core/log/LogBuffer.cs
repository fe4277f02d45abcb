using System.Buffers.Binary;
using System.Buffers.Text;

namespace SysMaster.Core.Logging;

/// <summary>UTF-8 text that grows to a bound and is used again; what goes beyond the bound is cut and marked with an ellipsis.</summary>
internal sealed class LogBuffer
{
    /// <summary>Longer texts are cut: one datagram must fit into a socket buffer whatever a unit file puts into a message.</summary>
    public const int Limit = 32 * 1024;

    private byte[] _bytes = new byte[512];
    private int _length;

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _length);

    public int Length => _length;

    public void Clear() => _length = 0;

    public void Truncate(int length) => _length = length;

    public void Append(ReadOnlySpan<byte> text)
    {
        Span<byte> room = Room(text.Length);
        if (room.Length < text.Length)
        {
            text = text[..room.Length];
        }
        text.CopyTo(room);
        _length += text.Length;
        MarkWhenFull();
    }

    public void Append(ReadOnlySpan<char> text)
    {
        Span<byte> room = Room(text.Length * 3);
        Encode(text, room);
        MarkWhenFull();
    }

    public void Append(byte c)
    {
        Span<byte> room = Room(1);
        if (!room.IsEmpty)
        {
            room[0] = c;
            _length++;
        }
    }

    public void Append(long value)
    {
        Span<byte> room = Room(20);
        if (Utf8Formatter.TryFormat(value, room, out int written))
        {
            _length += written;
        }
    }

    public void Append<T>(T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        for (int want = 32; want <= Limit; want *= 4)
        {
            Span<byte> room = Room(want);
            if (value.TryFormat(room, out int written, format, null))
            {
                _length += written;
                return;
            }
            if (room.Length < want)
            {
                return;
            }
        }
    }

    /// <summary>The length prefix of the journal's binary field form.</summary>
    public void AppendLe64(ulong value)
    {
        Span<byte> room = Room(8);
        if (room.Length >= 8)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(room, value);
            _length += 8;
        }
    }

    private void Encode(ReadOnlySpan<char> text, Span<byte> room)
    {
        // Lone surrogates become U+FFFD; a cut falls between runes.
        _ = System.Text.Unicode.Utf8.FromUtf16(text, room, out _, out int written);
        _length += written;
    }

    /// <summary>At least <paramref name="want"/> bytes, or all there may ever be.</summary>
    private Span<byte> Room(int want)
    {
        if (_bytes.Length - _length < want && _bytes.Length < Limit)
        {
            int size = Math.Min(Limit, Math.Max(_bytes.Length * 2, _length + want));
            Array.Resize(ref _bytes, size);
        }
        return _bytes.AsSpan(_length);
    }

    private void MarkWhenFull()
    {
        if (_length >= Limit - 3)
        {
            _length = Limit - 3;
            while (_length > 0 && (_bytes[_length] & 0xC0) == 0x80) { _length--; }   // never inside a rune
            "…"u8.CopyTo(_bytes.AsSpan(_length));
            _length += 3;
        }
    }
}
