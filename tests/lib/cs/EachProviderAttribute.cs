using System.Reflection;
using Xunit.Sdk;

namespace SysMaster.TestRigs;

/// <summary>Runs a theory once per provider: the same case under systemd and under sysmaster.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachProviderAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
    {
        ArgumentNullException.ThrowIfNull(testMethod);
        return Providers.For($"{testMethod.DeclaringType!.Name}.{testMethod.Name}");
    }
}
