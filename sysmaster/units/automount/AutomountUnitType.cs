using SysMaster.Core;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Automount;

/// <summary>The automount type as the manager knows it.</summary>
public static class AutomountUnitType
{
    public static readonly UnitType Value = new()
    {
        Kind = UnitKind.Automount,
        Directives = AutomountDirectives.Set,
        Create = static (manager, id) => new AutomountUnit(manager, id),
        Caps = UnitCaps.CanTransient | UnitCaps.CanFail | UnitCaps.CanTrigger | UnitCaps.OutlivesIsolate,
        IsSupported = static manager => manager.IsSystem && Autofs.IsSupported,
        Messages = new JobMessages { Started = "Set up automount %s.", StartFailed = "Failed to set up automount %s.", Stopped = "Unset automount %s." },
    };
}
