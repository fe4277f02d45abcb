using SysMaster.Linux;

namespace SysMaster.Spawn.Exec;

/// <summary>One word of SystemCallFilter=.</summary>
/// <param name="Name">A system call or a group with "@".</param>
/// <param name="Errno">-1: the filter's own action; 0: kill; else returned for this one ("name:EPERM").</param>
/// <param name="Negated">Against the filter's sense: takes out of the set ("~" given later).</param>
public readonly record struct ExecSystemCall(ByteText Name, int Errno = -1, bool Negated = false);
