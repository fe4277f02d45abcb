using SysMaster.Core;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Target;

/// <summary>The target type as the manager knows it.</summary>
public static class TargetUnitType
{
    public static readonly UnitType Value = new()
    {
        Kind = UnitKind.Target,
        Directives = AllDirectives.Plain,
        Create = static (manager, id) => new TargetUnit(manager, id),
        Caps = UnitCaps.OrdersAfterWanted | UnitCaps.CanFail,
        Messages = new JobMessages { Started = "Reached target %s.", Stopped = "Stopped target %s." },
    };
}
