using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Service;

/// <summary>The service type as the manager knows it.</summary>
public static class ServiceUnitType
{
    public static readonly UnitType Value = new()
    {
        Kind = UnitKind.Service,
        Directives = ServiceDirectives.Set,
        Create = static (manager, id) => new ServiceUnit(manager, id),
        Explains = ServiceUnit.Explains,
        Caps = UnitCaps.CanTransient | UnitCaps.CanFail | UnitCaps.HasCgroup | UnitCaps.HasExec | UnitCaps.HasKill | UnitCaps.CanDelegate,
        ApplyDefaults = static (manager, bag) =>
        {
            if (manager.IsSet(ManagerDirectives.DefaultTimeoutStartSec)) { bag.Set(ServiceDirectives.TimeoutStartSec, manager.Get(ManagerDirectives.DefaultTimeoutStartSec), Origin.Implied); }
            if (manager.IsSet(ManagerDirectives.DefaultTimeoutStopSec)) { bag.Set(ServiceDirectives.TimeoutStopSec, manager.Get(ManagerDirectives.DefaultTimeoutStopSec), Origin.Implied); }
            if (manager.IsSet(ManagerDirectives.DefaultTimeoutAbortSec)) { bag.Set(ServiceDirectives.TimeoutAbortSec, manager.Get(ManagerDirectives.DefaultTimeoutAbortSec), Origin.Implied); }
            if (manager.IsSet(ManagerDirectives.DefaultOOMPolicy)) { bag.Set(ServiceDirectives.OOMPolicy, manager.Get(ManagerDirectives.DefaultOOMPolicy), Origin.Implied); }
            if (manager.IsSet(ManagerDirectives.DefaultRestartSec)) { bag.Set(ServiceDirectives.RestartSec, manager.Get(ManagerDirectives.DefaultRestartSec), Origin.Implied); }
        },
        Messages = new JobMessages
        {
            Finished = "Finished %s.",
        },
    };
}
