using System.Runtime.InteropServices;
using SysMaster.Linux;

namespace SysMaster.UnitFiles;

/// <summary>An IPv4 or IPv6 address in network order.</summary>
public readonly struct IpAddressText : IEquatable<IpAddressText>
{
    public const int V4 = 2;
    public const int V6 = 10;

    private readonly UInt128 _bits;   // most significant byte first; an IPv4 address in the lowest 32

    public IpAddressText(int family, UInt128 bits)
    {
        Family = family;
        _bits = bits;
    }

    /// <summary>AF_INET or AF_INET6; 0 for the default value.</summary>
    public int Family { get; }

    public UInt128 Bits => _bits;

    public int BitCount => Family == V6 ? 128 : 32;

    /// <summary>4 or 16 bytes into the span.</summary>
    public void CopyTo(Span<byte> bytes)
    {
        int n = BitCount / 8;
        for (int i = 0; i < n; i++) { bytes[i] = (byte)(_bits >> ((n - 1 - i) * 8)); }
    }

    public static unsafe bool TryParse(ReadOnlySpan<byte> text, out IpAddressText address)
    {
        address = default;
        if (text.IsEmpty || text.Length > 45 || text.Contains((byte)0)) { return false; }
        int family = text.Contains((byte)':') ? V6 : V4;
        byte* source = stackalloc byte[46];
        byte* target = stackalloc byte[16];
        text.CopyTo(new Span<byte>(source, 46));
        source[text.Length] = 0;
        if (LibC.inet_pton(family, source, target) != 1) { return false; }
        UInt128 bits = 0;
        for (int i = 0; i < (family == V6 ? 16 : 4); i++) { bits = (bits << 8) | target[i]; }
        address = new IpAddressText(family, bits);
        return true;
    }

    public unsafe void AppendTo(ref ByteBuilder output)
    {
        byte* bytes = stackalloc byte[16];
        byte* text = stackalloc byte[64];
        CopyTo(new Span<byte>(bytes, 16));
        if (LibC.inet_ntop(Family, bytes, text, 64) != null) { output.Append(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text)); }
    }

    public bool Equals(IpAddressText other) => Family == other.Family && _bits == other._bits;

    public override bool Equals(object? obj) => obj is IpAddressText other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Family, _bits);

    public override string ToString()
    {
        var output = new ByteBuilder(stackalloc byte[64]);
        AppendTo(ref output);
        return output.ToString();
    }

    public static bool operator ==(IpAddressText a, IpAddressText b) => a.Equals(b);

    public static bool operator !=(IpAddressText a, IpAddressText b) => !a.Equals(b);
}
