using SysMaster.Linux;

namespace SysMaster.Spawn.Exec;

/// <summary>SetCredential= (data) or LoadCredential= (a path); a loaded one wins over a set one of the same id.</summary>
/// <param name="Id">File name in the credentials directory.</param>
/// <param name="Path">File, directory or AF_UNIX stream socket; relative ones are searched; empty for data.</param>
/// <param name="Data">The content when set directly.</param>
public sealed record ExecCredential(ByteText Id, ByteText Path, byte[] Data);
