namespace SysMaster.Core.Directives;

/// <summary>A number, or a share of what the machine has (<c>MemoryMax=20%</c>), which is worked out when it is used.</summary>
/// <param name="Value">Absolute, or in 1/2^32 of the whole; <see cref="ulong.MaxValue"/> is no limit.</param>
/// <param name="IsRelative">Whether <paramref name="Value"/> is a share.</param>
public readonly record struct Amount(ulong Value, bool IsRelative = false)
{
    public static readonly Amount Infinity = new(ulong.MaxValue);

    /// <summary>A share as the bus has it: 2^32 - 1 is all.</summary>
    public static Amount OfScale(uint scale) => new(scale == uint.MaxValue ? 1UL << 32 : scale, true);

    public bool IsInfinity => !IsRelative && Value == ulong.MaxValue;

    /// <param name="whole">What 100 % is here: physical memory in bytes, the machine's task limit.</param>
    /// <param name="unit">A share comes to whole ones of these: pages of memory.</param>
    public ulong Resolve(ulong whole, ulong unit = 1) => !IsRelative ? Value : (ulong)(((UInt128)(whole / unit) * Value) >> 32) * unit;
}
