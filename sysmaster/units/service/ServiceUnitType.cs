using SysMaster.Core;
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
        Caps = UnitCaps.CanTransient | UnitCaps.CanFail | UnitCaps.HasCgroup | UnitCaps.HasExec | UnitCaps.HasKill | UnitCaps.CanDelegate,
        Messages = new JobMessages
        {
            Starting = "Starting %s...",
            Stopping = "Stopping %s...",
            Finished = "Finished %s.",
        },
    };
}
