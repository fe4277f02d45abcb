using SysMaster.Linux;

namespace SysMaster.Core.Directives;

/// <summary>A path that may be missing when written with a leading "-" (EnvironmentFile=).</summary>
public readonly record struct OptionalPath(ByteText Path, bool MayBeMissing);
