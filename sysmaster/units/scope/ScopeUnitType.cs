using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Scope;

/// <summary>The scope type as the manager knows it.</summary>
public static class ScopeUnitType
{
    public static readonly UnitType Value = new()
    {
        Kind = UnitKind.Scope,
        Directives = ScopeDirectives.Set,
        Create = static (manager, id) => new ScopeUnit(manager, id),
        Explains = ScopeUnit.Explains,
        Caps = UnitCaps.CanTransient | UnitCaps.CanFail | UnitCaps.HasCgroup | UnitCaps.HasKill | UnitCaps.CanDelegate | UnitCaps.OncePerStart | UnitCaps.OutlivesIsolate,
        ApplyDefaults = static (manager, bag) =>
        {
            if (manager.IsSet(ManagerDirectives.DefaultTimeoutStopSec)) { bag.Set(ScopeDirectives.TimeoutStopSec, manager.Get(ManagerDirectives.DefaultTimeoutStopSec), Origin.Implied); }
        },
        Messages = new JobMessages(),
        Enumerate = static manager =>
        {
            Unit scope = manager.Load(SpecialUnits.InitScope);
            // init has made the group and is in it, as we are: it is only taken note of.
            _ = manager.Cgroups.Realize(scope);
        },
    };
}
