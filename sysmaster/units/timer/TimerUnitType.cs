using SysMaster.Core;
using SysMaster.Core.Directives;
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
        ApplyDefaults = static (manager, bag) =>
        {
            if (manager.IsSet(ManagerDirectives.DefaultTimerAccuracySec)) { bag.Set(TimerDirectives.AccuracySec, manager.Get(ManagerDirectives.DefaultTimerAccuracySec), Origin.Implied); }
        },
        Messages = new JobMessages(),
        Enumerate = static manager => manager.WatchClock(),
    };
}
