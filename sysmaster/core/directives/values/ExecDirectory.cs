using SysMaster.Linux;

namespace SysMaster.Core.Directives;

/// <summary>One directory of RuntimeDirectory= and its like.</summary>
/// <param name="Path">Relative to the root of its kind.</param>
/// <param name="Link">A symbolic link to it, relative as well; empty for none.</param>
public readonly record struct ExecDirectory(ByteText Path, ByteText Link = default);
