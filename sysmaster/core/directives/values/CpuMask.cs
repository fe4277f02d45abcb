namespace SysMaster.Core.Directives;

/// <summary>A set of CPUs or NUMA nodes. Immutable.</summary>
public sealed class CpuMask : IEquatable<CpuMask>
{
    public static readonly CpuMask Empty = new([]);

    private readonly byte[] _bits;   // CPU n is bit n % 8 of byte n / 8; no zero byte at the end

    /// <param name="bits">As the bus and the kernel (little-endian) have it; trailing zeros are dropped.</param>
    /// <param name="fromNuma">CPUAffinity=numa: the CPUs of NUMAMask=.</param>
    public CpuMask(ReadOnlySpan<byte> bits, bool fromNuma = false)
    {
        _bits = bits.TrimEnd((byte)0).ToArray();
        FromNuma = fromNuma;
    }

    /// <summary>The largest number that a set may hold, as the kernel's own sets.</summary>
    public const int Max = 8191;

    public bool FromNuma { get; }

    public ReadOnlySpan<byte> Bits => _bits;

    public bool IsEmpty => _bits.Length == 0;

    public bool Has(int cpu) => cpu >= 0 && cpu / 8 < _bits.Length && (_bits[cpu / 8] & (1 << (cpu & 7))) != 0;

    public CpuMask Union(CpuMask other)
    {
        var bits = new byte[Math.Max(_bits.Length, other._bits.Length)];
        for (int i = 0; i < bits.Length; i++)
            bits[i] = (byte)((i < _bits.Length ? _bits[i] : 0) | (i < other._bits.Length ? other._bits[i] : 0));
        return new CpuMask(bits, FromNuma || other.FromNuma);
    }

    public bool Equals(CpuMask? other) => other is not null && FromNuma == other.FromNuma && _bits.AsSpan().SequenceEqual(other._bits);

    public override bool Equals(object? obj) => Equals(obj as CpuMask);

    public override int GetHashCode() => _bits.Length == 0 ? 0 : HashCode.Combine(_bits.Length, _bits[0]);
}
