using SysMaster.Core;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Mount;

/// <summary>The mount type as the manager knows it.</summary>
public static class MountUnitType
{
    public static readonly UnitType Value = new()
    {
        Kind = UnitKind.Mount,
        Directives = MountDirectives.Set,
        Create = static (manager, id) => new MountUnit(manager, id),
        Caps = UnitCaps.CanTransient | UnitCaps.CanFail | UnitCaps.HasCgroup | UnitCaps.HasExec | UnitCaps.HasKill | UnitCaps.OutlivesIsolate,
        Enumerate = static manager => MountTable.Of(manager).Enumerate(),
        Shutdown = static manager => MountTable.Of(manager).Close(),
        Messages = new JobMessages
        {
            Starting = "Mounting %s...",
            Stopping = "Unmounting %s...",
            Started = "Mounted %s.",
            StartFailed = "Failed to mount %s.",
            StartTimeout = "Timed out mounting %s.",
            Stopped = "Unmounted %s.",
            StopFailed = "Failed unmounting %s.",
            StopTimeout = "Timed out unmounting %s.",
        },
    };
}
