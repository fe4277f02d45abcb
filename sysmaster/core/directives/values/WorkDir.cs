using SysMaster.Linux;

namespace SysMaster.Core.Directives;

/// <summary>WorkingDirectory=: a path, or the user's home.</summary>
/// <param name="Path">Absolute and simplified; empty for none or for the home.</param>
/// <param name="IsHome">Written "~".</param>
/// <param name="MayBeMissing">Written with a leading "-".</param>
public readonly record struct WorkDir(ByteText Path, bool IsHome = false, bool MayBeMissing = false);
