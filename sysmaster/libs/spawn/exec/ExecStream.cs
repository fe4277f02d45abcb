using SysMaster.Linux;

namespace SysMaster.Spawn.Exec;

/// <summary>One standard stream.</summary>
/// <param name="Kind">Where it leads.</param>
/// <param name="Path">For the file kinds.</param>
/// <param name="FdIndex">For <see cref="ExecStreamKind.Fd"/>, an index into the descriptors given to Spawn.</param>
public readonly record struct ExecStream(ExecStreamKind Kind, ByteText Path = default, int FdIndex = -1);
