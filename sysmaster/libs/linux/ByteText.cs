using System.Text;

namespace SysMaster.Linux;

/// <summary>
/// Text as the kernel has it: bytes, not necessarily UTF-8 (paths, argv, environment, mountinfo). The array ends with a NUL
/// that does not count, so it can be handed to a system call as it is. Never null when read; default is empty.
/// </summary>
public readonly struct ByteText : IEquatable<ByteText>, IComparable<ByteText>
{
    private readonly byte[]? _bytes;   // text + one NUL

    public ByteText(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) { _bytes = null; return; }
        _bytes = GC.AllocateUninitializedArray<byte>(text.Length + 1);
        text.CopyTo(_bytes);
        _bytes[text.Length] = 0;
    }

    public ByteText(string text)
    {
        if (text.Length == 0) { _bytes = null; return; }
        int n = Encoding.UTF8.GetByteCount(text);
        _bytes = new byte[n + 1];
        Encoding.UTF8.GetBytes(text, _bytes);
    }

    public static ByteText Empty => default;

    public int Length => _bytes is null ? 0 : _bytes.Length - 1;

    public bool IsEmpty => _bytes is null;

    public ReadOnlySpan<byte> Span => _bytes is null ? default : _bytes.AsSpan(0, _bytes.Length - 1);

    /// <summary>The text with its terminating NUL, for C.</summary>
    public ReadOnlySpan<byte> CString => _bytes is null ? "\0"u8 : _bytes;

    public static implicit operator ByteText(ReadOnlySpan<byte> text) => new(text);

    public static explicit operator ByteText(string text) => new(text);

    public bool StartsWith(ReadOnlySpan<byte> prefix) => Span.StartsWith(prefix);

    public bool EndsWith(ReadOnlySpan<byte> suffix) => Span.EndsWith(suffix);

    public bool Equals(ByteText other) => ReferenceEquals(_bytes, other._bytes) || Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => obj is ByteText other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    public int CompareTo(ByteText other) => Span.SequenceCompareTo(other.Span);

    public static bool operator ==(ByteText a, ByteText b) => a.Equals(b);

    public static bool operator !=(ByteText a, ByteText b) => !a.Equals(b);

    public static bool operator <(ByteText a, ByteText b) => a.CompareTo(b) < 0;

    public static bool operator >(ByteText a, ByteText b) => a.CompareTo(b) > 0;

    public static bool operator <=(ByteText a, ByteText b) => a.CompareTo(b) <= 0;

    public static bool operator >=(ByteText a, ByteText b) => a.CompareTo(b) >= 0;

    /// <summary>For people: bytes that are no UTF-8 become U+FFFD. Never hand this back to the kernel.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Span);
}
