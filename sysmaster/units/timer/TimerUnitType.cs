using SysMaster.Core;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Timer;

/// <summary>The timer type as the manager knows it.</summary>
public static class TimerUnitType
{
    public static readonly UnitType Value = new()
    {
        Kind = UnitKind.Timer,
        Directives = TimerDirectives.Set,
        Create = static (manager, id) => new TimerUnit(manager, id),
        Caps = UnitCaps.CanTransient | UnitCaps.CanTrigger | UnitCaps.CanFail,
        Messages = new JobMessages(),
        Enumerate = static manager => manager.WatchClock(),
    };
}
