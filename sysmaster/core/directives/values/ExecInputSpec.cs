using SysMaster.Linux;

namespace SysMaster.Core.Directives;

/// <param name="From">Where from.</param>
/// <param name="Argument">The path of <c>file:</c>, the name of <c>fd:</c> (empty: the default name); else empty.</param>
public readonly record struct ExecInputSpec(ExecInput From, ByteText Argument = default);
