using SysMaster.Linux;

namespace SysMaster.UnitFiles.Lookup;

/// <summary>One file in a directory beside unit files.</summary>
internal readonly record struct SideFile(ByteText Name, bool IsLink);
