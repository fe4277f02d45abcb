using SysMaster.Core;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Swap;

/// <summary>The swap type as the manager knows it.</summary>
public static class SwapUnitType
{
    public static readonly UnitType Value = new()
    {
        Kind = UnitKind.Swap,
        Directives = SwapDirectives.Set,
        Create = static (manager, id) => new SwapUnit(manager, id),
        Caps = UnitCaps.CanFail | UnitCaps.HasCgroup | UnitCaps.HasExec | UnitCaps.HasKill | UnitCaps.OutlivesIsolate,
        IsSupported = static manager => manager.IsSystem && SwapTable.Of(manager).IsSupported,
        Enumerate = static manager => SwapTable.Of(manager).Enumerate(),
        Shutdown = static manager => SwapTable.Of(manager).Close(),
        Messages = new JobMessages
        {
            Starting = "Activating swap %s...",
            Stopping = "Deactivating swap %s...",
            Started = "Activated swap %s.",
            StartFailed = "Failed to activate swap %s.",
            StartTimeout = "Timed out activating swap %s.",
            Stopped = "Deactivated swap %s.",
            StopFailed = "Failed deactivating swap %s.",
            StopTimeout = "Timed out deactivating swap %s.",
        },
    };
}
