using SysMaster.Linux;

namespace SysMaster.Executor;

/// <summary>What passwd(5) says of a user. Home and shell are empty when they say nothing useful ("/", nologin, …).</summary>
internal sealed record Account(ByteText Name, uint Uid, uint Gid, ByteText Home, ByteText Shell);
