using SysMaster.Linux;

namespace SysMaster.Spawn.Exec;

/// <summary>One directory of RuntimeDirectory= and its sisters.</summary>
/// <param name="Kind">Which setting.</param>
/// <param name="Path">Relative to the kind's base; clean.</param>
/// <param name="Mode">Permission bits.</param>
/// <param name="Symlinks">Links to it, relative to the base ("dir:link").</param>
public sealed record ExecDirectory(ExecDirectoryKind Kind, ByteText Path, uint Mode, ByteText[] Symlinks);
