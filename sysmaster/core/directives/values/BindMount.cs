using SysMaster.Linux;

namespace SysMaster.Core.Directives;

/// <summary>One entry of BindPaths= or BindReadOnlyPaths=.</summary>
/// <param name="Source">In the host.</param>
/// <param name="Destination">In the unit; the same as the source when left out.</param>
/// <param name="MayBeMissing">Leading "-".</param>
/// <param name="IsRecursive">rbind (the default) rather than norbind.</param>
public readonly record struct BindMount(ByteText Source, ByteText Destination, bool MayBeMissing, bool IsRecursive);
