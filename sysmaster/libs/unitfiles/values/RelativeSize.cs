namespace SysMaster.UnitFiles;

/// <summary>A limit that is bytes (or a count), "infinity", or a part of something the caller knows (the machine's memory, the most tasks).</summary>
/// <param name="Value">Bytes; 2^64 - 1 is infinity. 0 for a part.</param>
/// <param name="Permyriad">Ten-thousandths of the whole; -1 when absolute.</param>
public readonly record struct RelativeSize(ulong Value, int Permyriad = -1)
{
    public static readonly RelativeSize Infinity = new(ulong.MaxValue);

    public bool IsRelative => Permyriad >= 0;

    public bool IsInfinity => !IsRelative && Value == ulong.MaxValue;

    /// <summary>MemoryMax= and its kin: "infinity", a size to the base 1024, "20%".</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out RelativeSize value)
    {
        value = Infinity;
        if (text.SequenceEqual("infinity"u8)) { return true; }
        if (PercentText.TryParseBoundedPermyriad(text, out int permyriad))
        {
            value = new RelativeSize(0, permyriad);
            return true;
        }
        bool done = SizeText.TryParse(text, out ulong bytes);
        value = done ? new RelativeSize(bytes) : default;
        return done;
    }

    /// <summary>The limit in numbers; a part is rounded down.</summary>
    public ulong Resolve(ulong whole) => IsRelative ? (ulong)((UInt128)whole * (uint)Permyriad / PercentText.Whole) : Value;

    /// <summary>As a unit file would hold it.</summary>
    public void AppendTo(ref ByteBuilder output)
    {
        if (IsRelative) { PercentText.AppendPermyriad(Permyriad, ref output); }
        else { SizeText.AppendOrInfinity(Value, ref output); }
    }
}
