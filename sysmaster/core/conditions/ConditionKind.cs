using SysMaster.Core.Boot;
using SysMaster.Linux;

namespace SysMaster.Core.Conditions;

/// <summary>One kind of test.</summary>
/// <param name="Name">The directive without Condition or Assert in front: "PathExists".</param>
/// <param name="TakesPath">Its parameter must be an absolute path.</param>
/// <param name="Test">Does it hold, before negation? An error is neither.</param>
public sealed record ConditionKind(string Name, bool TakesPath, ConditionTest Test)
{
    public string ConditionName { get; } = "Condition" + Name;

    public string AssertName { get; } = "Assert" + Name;
}

/// <summary>Evaluates one parameter against the machine, now.</summary>
public delegate Result<bool> ConditionTest(ByteText parameter, SystemFacts facts);
