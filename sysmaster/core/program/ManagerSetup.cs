using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Linux;

namespace SysMaster.Program;

/// <summary>What the manager is told before it loads its first unit.</summary>
internal static class ManagerSetup
{
    public static void Apply(Manager manager, IScope scope)
    {
        manager.SetFacts(scope.System);
        Machine.Memory = scope.System.PhysicalMemory;
        manager.OwnEnvironment.AddRange(scope.OwnEnvironment);
        foreach (ByteText variable in scope.ServiceEnvironment) { manager.SetBaseVariable(variable); }
    }
}
