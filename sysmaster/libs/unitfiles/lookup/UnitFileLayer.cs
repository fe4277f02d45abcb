using SysMaster.Linux;

namespace SysMaster.UnitFiles.Lookup;

/// <summary>One file that is, or would be, part of a unit's configuration.</summary>
/// <param name="Path">With the root's prefix.</param>
/// <param name="Role">What its directory is for.</param>
/// <param name="Kind">Fragment or drop-in.</param>
/// <param name="IsOverridden">Another one of that name stands before it.</param>
/// <param name="IsMask">A link to /dev/null or an empty file.</param>
public readonly record struct UnitFileLayer(ByteText Path, SearchRole Role, UnitFileLayerKind Kind, bool IsOverridden, bool IsMask);
