using System.Buffers.Text;
using SysMaster.Linux;

namespace SysMaster.UnitFiles;

/// <summary>
/// Text in the making: starts in the caller's stack memory, moves to a pooled array when it outgrows that. Dispose returns the array.
/// <c>var b = new ByteBuilder(stackalloc byte[256]);</c>
/// </summary>
public ref struct ByteBuilder
{
    private Span<byte> _span;
    private byte[]? _rented;
    private int _length;

    public ByteBuilder(Span<byte> initial)
    {
        _span = initial;
        _rented = null;
        _length = 0;
    }

    public readonly int Length => _length;

    public readonly ReadOnlySpan<byte> Written => _span[.._length];

    public void Append(byte b)
    {
        if (_length == _span.Length) { Grow(1); }
        _span[_length++] = b;
    }

    public void Append(scoped ReadOnlySpan<byte> text)
    {
        if (text.Length > _span.Length - _length) { Grow(text.Length); }
        text.CopyTo(_span[_length..]);
        _length += text.Length;
    }

    /// <summary>Text that is known to be ASCII: unit names, option words.</summary>
    public void AppendAscii(scoped ReadOnlySpan<char> text)
    {
        if (text.Length > _span.Length - _length) { Grow(text.Length); }
        for (int i = 0; i < text.Length; i++) { _span[_length + i] = (byte)text[i]; }
        _length += text.Length;
    }

    public void AppendDecimal(ulong value)
    {
        if (_span.Length - _length < 20) { Grow(20); }
        _ = Utf8Formatter.TryFormat(value, _span[_length..], out int n);
        _length += n;
    }

    public void AppendDecimal(long value)
    {
        if (value < 0) { Append((byte)'-'); }
        AppendDecimal(value < 0 ? (ulong)-value : (ulong)value);
    }

    /// <summary>Padded with zeros to <paramref name="digits"/>.</summary>
    public void AppendPadded(ulong value, int digits)
    {
        ulong bound = 10;
        int have = 1;
        while (have < digits && value >= bound) { bound *= 10; have++; }
        for (; have < digits; have++) { Append((byte)'0'); }
        AppendDecimal(value);
    }

    public void AppendHex(ulong value, int digits)
    {
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) { Append("0123456789abcdef"u8[(int)(value >> shift) & 15]); }
    }

    /// <summary>UTF-8 of a code point up to 0x1FFFFF; surrogates are encoded as they come, as systemd does.</summary>
    public void AppendCodePoint(uint c)
    {
        switch (c)
        {
            case < 0x80:
                Append((byte)c);
                break;
            case < 0x800:
                Append((byte)(0xC0 | (c >> 6)));
                Append((byte)(0x80 | (c & 0x3F)));
                break;
            case < 0x10000:
                Append((byte)(0xE0 | (c >> 12)));
                Append((byte)(0x80 | ((c >> 6) & 0x3F)));
                Append((byte)(0x80 | (c & 0x3F)));
                break;
            default:
                Append((byte)(0xF0 | (c >> 18)));
                Append((byte)(0x80 | ((c >> 12) & 0x3F)));
                Append((byte)(0x80 | ((c >> 6) & 0x3F)));
                Append((byte)(0x80 | (c & 0x3F)));
                break;
        }
    }

    public void Truncate(int length) => _length = Math.Min(length, _length);

    public void Clear() => _length = 0;

    /// <summary>The byte at an index already written, for corrections in place.</summary>
    public readonly ref byte this[int index] => ref _span[.._length][index];

    public readonly ByteText ToByteText() => new(Written);

    /// <summary>For people, and for text known to be ASCII.</summary>
    public readonly override string ToString() => System.Text.Encoding.UTF8.GetString(Written);

    public void Dispose()
    {
        if (_rented is not null) { BytePool.Return(_rented); }
        _rented = null;
        _span = default;
        _length = 0;
    }

    private void Grow(int more)
    {
        byte[] bigger = BytePool.Rent(Math.Max(checked(_length + more), Math.Max(_span.Length * 2, 64)));
        Written.CopyTo(bigger);
        if (_rented is not null) { BytePool.Return(_rented); }
        _span = _rented = bigger;
    }
}
