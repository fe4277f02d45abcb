using SysMaster.Linux;

namespace SysMaster.Core.Directives;

/// <summary>One Condition…= or Assert…= line.</summary>
/// <param name="Type">What is looked at.</param>
/// <param name="IsTrigger">Leading "|": one of these must hold, rather than each.</param>
/// <param name="IsNegated">Leading "!".</param>
/// <param name="Parameter">The rest, specifiers expanded.</param>
public readonly record struct ConditionSpec(ConditionType Type, bool IsTrigger, bool IsNegated, ByteText Parameter);
