using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Socket;

/// <summary>The socket type as the manager knows it.</summary>
public static class SocketUnitType
{
    public static readonly UnitType Value = new()
    {
        Kind = UnitKind.Socket,
        Directives = SocketDirectives.Set,
        Create = static (manager, id) => new SocketUnit(manager, id),
        Caps = UnitCaps.CanTransient | UnitCaps.CanTrigger | UnitCaps.CanFail | UnitCaps.HasCgroup | UnitCaps.HasExec | UnitCaps.HasKill,
        ApplyDefaults = static (manager, bag) =>
        {
            if (manager.IsSet(ManagerDirectives.DefaultTimeoutStartSec)) { bag.Set(SocketDirectives.TimeoutSec, manager.Get(ManagerDirectives.DefaultTimeoutStartSec), Origin.Implied); }
        },
        Messages = new JobMessages
        {
            Started = "Listening on %s.",
            StartFailed = "Failed to listen on %s.",
            Stopped = "Closed %s.",
            StopFailed = "Failed stopping %s.",
        },
    };
}
