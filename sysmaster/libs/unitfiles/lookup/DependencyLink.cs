using SysMaster.Linux;

namespace SysMaster.UnitFiles.Lookup;

/// <param name="Kind">The dependency.</param>
/// <param name="Target">The link's own name; for a template, its instance for this unit.</param>
/// <param name="Path">The link, with the root's prefix.</param>
public readonly record struct DependencyLink(DependencyLinkKind Kind, UnitName Target, ByteText Path);
