using SysMaster.Linux;

namespace SysMaster.Core.Directives;

/// <param name="To">Where to.</param>
/// <param name="Argument">The path of <c>file:</c>, <c>append:</c>, <c>truncate:</c>, the name of <c>fd:</c> (empty: the default name); else empty.</param>
public readonly record struct ExecOutputSpec(ExecOutput To, ByteText Argument = default);
