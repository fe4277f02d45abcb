using SysMaster.Core;
using SysMaster.Core.Boot;
using SysMaster.Core.Directives;
using SysMaster.Linux;

namespace SysMaster.Program;

/// <summary>What the manager is told before it loads its first unit.</summary>
internal static class ManagerSetup
{
    public static void Apply(Manager manager, Facts facts)
    {
        manager.SetFacts(facts.System);
        Machine.Memory = facts.System.PhysicalMemory;
        manager.OwnEnvironment.AddRange(facts.OwnEnvironment);
        foreach (ByteText variable in DefaultEnvironment.Build(facts.Options).Items) { manager.SetBaseVariable(variable); }
    }
}
