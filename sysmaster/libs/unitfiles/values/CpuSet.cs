namespace SysMaster.UnitFiles;

/// <summary>A set of small numbers, as CPUs and NUMA nodes: "0-3 8", "1,3". Immutable.</summary>
public sealed class CpuSet : IEquatable<CpuSet>
{
    /// <summary>One above the largest number; systemd's limit.</summary>
    public const int MaxCpus = 8192;

    public static readonly CpuSet Empty = new([]);

    private readonly ulong[] _bits;

    private CpuSet(ulong[] bits) => _bits = bits;

    public bool IsEmpty => _bits.Length == 0;

    public bool Contains(int cpu) => cpu >= 0 && cpu >> 6 < _bits.Length && (_bits[cpu >> 6] & (1UL << (cpu & 63))) != 0;

    /// <summary>As cpu_set_t and the bus (ay) have it: bit n of byte n/8; whole 8 bytes.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[_bits.Length * 8];
        for (int i = 0; i < bytes.Length; i++) { bytes[i] = (byte)(_bits[i >> 3] >> ((i & 7) * 8)); }
        return bytes;
    }

    public static CpuSet FromBytes(ReadOnlySpan<byte> bytes)
    {
        ulong[] bits = new ulong[(bytes.Length + 7) / 8];
        for (int i = 0; i < bytes.Length; i++) { bits[i >> 3] |= (ulong)bytes[i] << ((i & 7) * 8); }
        return Make(bits);
    }

    /// <summary>Numbers and ranges, with blanks or commas between them; a range that runs backwards adds nothing, as in systemd.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out CpuSet set)
    {
        set = Empty;
        ulong[] bits = new ulong[MaxCpus / 64];
        using var words = new Words(text, WordFlags.Unquote, " \t\n\r,"u8);
        while (words.Next(out ReadOnlySpan<byte> word))
        {
            if (!NumberRange.TryParse(word, out NumberRange range) || range.Last >= MaxCpus) { return false; }
            for (uint cpu = range.First; cpu <= range.Last; cpu++) { bits[cpu >> 6] |= 1UL << (int)(cpu & 63); }
        }
        if (words.Failed) { return false; }
        set = Make(bits);
        return true;
    }

    public CpuSet Union(CpuSet other)
    {
        ulong[] bits = new ulong[Math.Max(_bits.Length, other._bits.Length)];
        _bits.CopyTo(bits, 0);
        for (int i = 0; i < other._bits.Length; i++) { bits[i] |= other._bits[i]; }
        return Make(bits);
    }

    /// <summary>"0-3 8", as <c>systemctl show</c> prints; with commas for cgroup attributes.</summary>
    public void AppendTo(ref ByteBuilder output, byte separator = (byte)' ')
    {
        bool any = false;
        for (int cpu = 0; cpu < _bits.Length * 64; cpu++)
        {
            if (!Contains(cpu)) { continue; }
            int first = cpu;
            while (Contains(cpu + 1)) { cpu++; }
            if (any) { output.Append(separator); }
            any = true;
            output.AppendDecimal((ulong)first);
            if (cpu == first) { continue; }
            output.Append((byte)'-');
            output.AppendDecimal((ulong)cpu);
        }
    }

    public override string ToString()
    {
        var output = new ByteBuilder(stackalloc byte[64]);
        AppendTo(ref output);
        string text = output.ToString();
        output.Dispose();
        return text;
    }

    public bool Equals(CpuSet? other) => other is not null && _bits.AsSpan().SequenceEqual(other._bits);

    public override bool Equals(object? obj) => Equals(obj as CpuSet);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (ulong bits in _bits) { hash.Add(bits); }
        return hash.ToHashCode();
    }

    private static CpuSet Make(ulong[] bits)
    {
        int length = bits.Length;
        while (length > 0 && bits[length - 1] == 0) { length--; }
        return length == 0 ? Empty : new CpuSet(bits.AsSpan(0, length).ToArray());
    }
}
