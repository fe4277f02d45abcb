using SysMaster.Core.Directives;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>
/// Which of the jobs that may run now runs first, where nothing orders them: what costs little and opens the way (scopes, slices, paths, timers,
/// targets, sockets) before mounts and services; then the larger CPU weight, the lower niceness, the name. As systemd's run queue.
/// </summary>
internal readonly record struct RunRank(int Kind, ulong CpuWeight, int Nice, string Name) : IComparable<RunRank>
{
    private const ulong DefaultWeight = 100;

    // By UnitKind; the higher runs first.
    private static ReadOnlySpan<byte> Ranks => [0, 1, 4, 5, 6, 2, 7, 3, 8, 9, 10, 11];

    public static RunRank Of(Unit unit)
    {
        ulong weight = unit.Get(CgroupDirectives.CPUWeight);
        return new RunRank(Ranks[(int)unit.Id.Kind], weight == ulong.MaxValue ? DefaultWeight : weight, unit.Get(ExecDirectives.Nice), unit.Id.Text);
    }

    public int CompareTo(RunRank other)
    {
        if (Kind != other.Kind) { return other.Kind.CompareTo(Kind); }
        if (CpuWeight != other.CpuWeight) { return other.CpuWeight.CompareTo(CpuWeight); }
        return Nice != other.Nice ? Nice.CompareTo(other.Nice) : string.CompareOrdinal(Name, other.Name);
    }
}
