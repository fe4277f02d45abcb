using SysMaster.Linux;

namespace SysMaster.Spawn.Exec;

/// <summary>SetCredential= (data) or LoadCredential= (a path), and their encrypted sisters; a loaded one wins over a set one of the same id.</summary>
/// <param name="Id">File name in the credentials directory.</param>
/// <param name="Path">File, directory or AF_UNIX stream socket; relative ones are searched; empty for data.</param>
/// <param name="Data">The content when set directly.</param>
/// <param name="Encrypted">What is there, or set, is what systemd-creds(1) has made of it, in base64.</param>
public sealed record ExecCredential(ByteText Id, ByteText Path, byte[] Data, bool Encrypted = false);
