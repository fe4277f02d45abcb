using SysMaster.Core;
using SysMaster.Core.Logging;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.DBus.Systemd1;

/// <summary>FreezeUnit and ThawUnit.</summary>
internal static class UnitFreezer
{
    public static void Run(Unit unit, MethodCall call, bool freeze)
    {
        bool isAny = unit.Manager.Cgroups.IsTrackedInV2 && unit.Type.Kind is UnitKind.Service or UnitKind.Scope or UnitKind.Slice;
        if (isAny && unit.Type.Kind == UnitKind.Slice && !CgroupReader.CanFreeze(unit))
        {
            // As under systemd: said, and no error.
            if (freeze) { Log.Warning(unit, $"Requested freezer operation is not supported by all children of the slice"); }
            return;
        }
        if (isAny && unit.IsPerpetual)
        {
            // The manager itself runs in these: it would never thaw them.
            if (freeze) { call.Error(StandardErrors.NameOf(Errno.EPERM), Errno.EPERM.ToString()); }
            return;
        }
        if (!isAny)
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
