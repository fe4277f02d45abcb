using SysMaster.Linux;

namespace SysMaster.Spawn.Exec;

/// <summary>BindPaths=, BindReadOnlyPaths=.</summary>
/// <param name="Source">On the host.</param>
/// <param name="Target">As the service sees it.</param>
/// <param name="ReadOnly">BindReadOnlyPaths=.</param>
/// <param name="IgnoreMissing">The "-" prefix.</param>
/// <param name="Recursive">"rbind" (the default) against "norbind".</param>
public sealed record ExecBind(ByteText Source, ByteText Target, bool ReadOnly, bool IgnoreMissing, bool Recursive);
