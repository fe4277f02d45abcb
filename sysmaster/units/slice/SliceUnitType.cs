using SysMaster.Core;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Slice;

/// <summary>The slice type as the manager knows it.</summary>
public static class SliceUnitType
{
    public static readonly UnitType Value = new()
    {
        Kind = UnitKind.Slice,
        Directives = SliceDirectives.Set,
        Create = static (manager, id) => new SliceUnit(manager, id),
        Caps = UnitCaps.CanTransient | UnitCaps.HasCgroup | UnitCaps.OutlivesIsolate,
        Messages = new JobMessages { Started = "Created slice %s.", Stopped = "Removed slice %s." },
        Enumerate = static manager =>
        {
            manager.GetOrAdd(SpecialUnits.RootSlice);
            if (manager.IsSystem) { manager.GetOrAdd(SpecialUnits.SystemSlice); }
        },
    };
}
