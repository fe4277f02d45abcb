using SysMaster.Linux;

namespace SysMaster.UnitFiles.Lookup;

/// <param name="Kind">What is wrong.</param>
/// <param name="Path">Where.</param>
/// <param name="Detail">A link's target, where there is one.</param>
/// <param name="Error">The kernel's reason, where there is one.</param>
public readonly record struct LookupProblem(LookupProblemKind Kind, ByteText Path, ByteText Detail, Errno Error);
