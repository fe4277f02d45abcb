namespace SysMaster.Core.Directives;

/// <summary>A resource limit in the kernel's unit (bytes, seconds, microseconds, counts).</summary>
/// <param name="Soft">What is enforced; <see cref="Infinity"/> is none.</param>
/// <param name="Hard">How far the process may raise it.</param>
public readonly record struct Rlimit(ulong Soft, ulong Hard)
{
    public const ulong Infinity = ulong.MaxValue;

    public static readonly Rlimit None = new(Infinity, Infinity);
}
