namespace SysMaster.Spawn.Init;

/// <summary>How a process ended, as waitid(2) tells it.</summary>
/// <remarks>Code: CLD_EXITED, CLD_KILLED or CLD_DUMPED; Status: Exit status, or the signal's number.</remarks>
public readonly record struct ExitNotice(int Pid, int Code, int Status, uint Uid);
