using SysMaster.Linux;

namespace SysMaster.Spawn.Exec;

/// <summary>TemporaryFileSystem=.</summary>
/// <param name="Path">Where.</param>
/// <param name="Options">Mount options, comma-joined.</param>
public sealed record ExecTmpfs(ByteText Path, ByteText Options);
