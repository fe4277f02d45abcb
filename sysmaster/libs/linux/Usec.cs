namespace SysMaster.Linux;

/// <summary>A time or span in microseconds; <see cref="Infinity"/> is "never" (2^64 - 1, as on the bus). Sums saturate.</summary>
public readonly record struct Usec(ulong Value) : IComparable<Usec>
{
    public static readonly Usec Zero = new(0);
    public static readonly Usec Infinity = new(ulong.MaxValue);
    public const ulong PerMsec = 1_000;
    public const ulong PerSec = 1_000_000;
    public const ulong PerMinute = 60 * PerSec;
    public const ulong PerHour = 60 * PerMinute;
    public const ulong PerDay = 24 * PerHour;

    public static Usec FromSec(ulong seconds) => new(seconds > ulong.MaxValue / PerSec ? ulong.MaxValue : seconds * PerSec);

    public static Usec FromMsec(ulong msec) => new(msec > ulong.MaxValue / PerMsec ? ulong.MaxValue : msec * PerMsec);

    public bool IsInfinity => Value == ulong.MaxValue;

    public static Usec operator +(Usec a, Usec b) => Add(a, b);

    public static Usec operator -(Usec a, Usec b) => Subtract(a, b);

    public static Usec Add(Usec a, Usec b) => a.Value > ulong.MaxValue - b.Value ? Infinity : new(a.Value + b.Value);

    /// <summary>Never below zero; infinity stays infinity.</summary>
    public static Usec Subtract(Usec a, Usec b) => a.IsInfinity ? a : a.Value <= b.Value ? Zero : new(a.Value - b.Value);

    public static bool operator <(Usec a, Usec b) => a.Value < b.Value;

    public static bool operator >(Usec a, Usec b) => a.Value > b.Value;

    public static bool operator <=(Usec a, Usec b) => a.Value <= b.Value;

    public static bool operator >=(Usec a, Usec b) => a.Value >= b.Value;

    public int CompareTo(Usec other) => Value.CompareTo(other.Value);
}
