using SysMaster.Linux;

namespace SysMaster.Units.Path;

/// <summary>One path that a path unit watches.</summary>
public readonly record struct PathSpec(PathType Type, ByteText Path);
