using SysMaster.Core;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Path;

/// <summary>The path type as the manager knows it.</summary>
public static class PathUnitType
{
    public static readonly UnitType Value = new()
    {
        Kind = UnitKind.Path,
        Directives = PathDirectives.Set,
        Create = static (manager, id) => new PathUnit(manager, id),
        Caps = UnitCaps.CanTransient | UnitCaps.CanTrigger | UnitCaps.CanFail,
        Messages = new JobMessages(),
    };
}
