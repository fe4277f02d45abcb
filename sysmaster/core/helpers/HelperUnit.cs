using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>Stands for the manager itself where a process slot wants an owner; it is in no list and has no name on the bus.</summary>
internal sealed class HelperUnit(Manager manager, HelperPool pool) : Unit(manager, s_type, SpecialUnits.InitScope)
{
    private static readonly UnitType s_type = new()
    {
        Kind = UnitKind.Scope,
        Directives = new DirectiveSet(),
        Create = static (_, _) => throw new InvalidOperationException("made by the helper pool only"),
    };

    internal Dictionary<ProcessSlot, HelperPool.Helper> Helpers { get; } = [];

    public override UnitActiveState ActiveState => UnitActiveState.Active;

    public override string SubState => "running";

    protected internal override void OnProcessSpawned(ProcessSlot slot)
    {
        if (Helpers.TryGetValue(slot, out HelperPool.Helper? helper)) { pool.OnSpawned(slot, helper); }
    }

    internal override void OnNeverRan(ProcessSlot slot)
    {
        if (Helpers.TryGetValue(slot, out HelperPool.Helper? helper)) { pool.SpawnAgain(helper); }
    }

    protected internal override void OnSpawnFailed(ProcessSlot slot, Errno error)
    {
        if (Helpers.TryGetValue(slot, out HelperPool.Helper? helper)) { pool.End(helper, default); }
    }
}
