namespace SysMaster.Spawn.Exec;

/// <summary>One Limit*=; ulong.MaxValue is infinity. setrlimit(2).</summary>
/// <param name="Resource">RLIMIT_*, the same numbers on x86-64 and arm64.</param>
/// <param name="Soft">Current limit.</param>
/// <param name="Hard">Ceiling.</param>
public readonly record struct ExecLimit(int Resource, ulong Soft, ulong Hard);
