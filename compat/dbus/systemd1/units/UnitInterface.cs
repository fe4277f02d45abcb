using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;

namespace SysMaster.DBus.Systemd1;

/// <summary>org.freedesktop.systemd1.Unit: what every unit answers to.</summary>
internal static class UnitInterface
{
    public static readonly BusInterface<UnitObject> Declaration = new(Paths.UnitInterface)
    {
        Properties = PropertyTables.Build<UnitObject>(PropertyOrder.Unit, static o => o.Unit.Settings, [UnitDirectives.Table], UnitProperties.All),
        Methods =
        [
            new("Start", "s", "o", "mode job", Access.ManageUnits, static (o, call) => JobRequests.ByMode(o, call, JobType.Start, false)),
            new("Stop", "s", "o", "mode job", Access.ManageUnits, static (o, call) => JobRequests.ByMode(o, call, JobType.Stop, false)),
            new("Reload", "s", "o", "mode job", Access.ManageUnits, static (o, call) => JobRequests.ByMode(o, call, JobType.Reload, false)),
            new("Restart", "s", "o", "mode job", Access.ManageUnits, static (o, call) => JobRequests.ByMode(o, call, JobType.Restart, false)),
            new("TryRestart", "s", "o", "mode job", Access.ManageUnits, static (o, call) => JobRequests.ByMode(o, call, JobType.TryRestart, false)),
            new("ReloadOrRestart", "s", "o", "mode job", Access.ManageUnits, static (o, call) => JobRequests.ByMode(o, call, JobType.Restart, true)),
            new("ReloadOrTryRestart", "s", "o", "mode job", Access.ManageUnits, static (o, call) => JobRequests.ByMode(o, call, JobType.TryRestart, true)),
            new("EnqueueJob", "ss", "uososa(uosos)", "job_type job_mode job_id job_path unit_id unit_path job_type affected_jobs", Access.ManageUnits,
                static (o, call) => JobRequests.Enqueue(o.Front, o.Unit, call, call.Reader)),
            new("Kill", "si", "", "whom signal", Access.ManageUnits, static (o, call) => UnitKill.Run(o.Unit, call, call.Reader)),
            new("QueueSignal", "sii", "", "whom signal value", Access.ManageUnits, static (o, call) => UnitKill.RunWithValue(o.Unit, call, call.Reader)),
            new("ResetFailed", "", "", "", Access.ManageUnits, static (o, _) => o.Unit.ResetFailed()),
            new("SetProperties", "ba(sv)", "", "runtime properties", Access.ManageUnits, static (o, call) => UnitSettings.Set(o.Front, o.Unit, call, call.Reader)),
            new("Ref", "", "", "", Access.ManageUnits, static (o, call) => o.Front.Clients.Ref(o.Unit, call)),
            new("Unref", "", "", "", Access.Anyone, static (o, call) => o.Front.Clients.Unref(o.Unit, call)),
            new("Clean", "as", "", "mask", Access.ManageUnits, static (o, call) => UnitClean.Run(o.Unit, call, call.Reader)),
            new("Freeze", "", "", "", Access.ManageUnits, static (o, call) => UnitFreezer.Run(o.Unit, call, freeze: true)),
            new("Thaw", "", "", "", Access.ManageUnits, static (o, call) => UnitFreezer.Run(o.Unit, call, freeze: false)),
        ],
    };
}
