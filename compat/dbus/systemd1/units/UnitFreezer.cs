using SysMaster.Core;
using SysMaster.DBus.Wire;
using SysMaster.Linux;

namespace SysMaster.DBus.Systemd1;

/// <summary>FreezeUnit and ThawUnit.</summary>
internal static class UnitFreezer
{
    public static void Run(Unit unit, MethodCall call, bool freeze)
    {
        if (!CgroupReader.CanFreeze(unit))
        {
            call.Error(BusErrors.NotSupported, $"Unit '{unit.Id}' does not support freezing.");
            return;
        }
        if (unit.Job is null && unit.ActiveState != UnitActiveState.Active)
        {
            call.Error(BusError.UnitInactive, "Unit is inactive.");
            return;
        }
        if (unit.Job is not null || unit.Cgroup is null)
        {
            call.Error(BusError.UnitBusy, "Unit has a pending job.");   // systemd says so of one without a group as well
            return;
        }
        Errno error = freeze ? unit.Manager.Freeze(unit) : unit.Manager.Thaw(unit);
        if (error.Failed) { call.Error(BusErrors.Failed, error.ToString()); }
    }
}
