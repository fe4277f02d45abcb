using SysMaster.Linux;

namespace SysMaster.Core.Directives;

/// <summary>One entry of a <see cref="FilterList"/>.</summary>
/// <param name="Name">A system call, address family, file system or interface, or an "@group" of them.</param>
/// <param name="Adds">Put into the list, rather than taken out of what groups before it put there.</param>
/// <param name="Errno">What a denied call fails with: an errno, <see cref="Kill"/>, or -1 for the unit's default.</param>
public readonly record struct FilterRule(ByteText Name, bool Adds = true, int Errno = -1)
{
    /// <summary>"kill" instead of an errno; the number that the bus shows for it.</summary>
    public const int Kill = int.MaxValue - 1;
}
