using SysMaster.Linux;

namespace SysMaster.Spawn.Exec;

/// <summary>OpenFile=: a file or socket that the executor opens, with root's rights and outside the unit's namespaces, and passes after all other descriptors.</summary>
/// <param name="Path">Absolute; an AF_UNIX socket is connected to.</param>
/// <param name="Name">Its word in LISTEN_FDNAMES.</param>
/// <param name="Options">How.</param>
public sealed record ExecOpenFile(ByteText Path, ByteText Name, ExecOpenOptions Options);
