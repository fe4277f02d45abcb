using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;
using SysMaster.Units.Service;

namespace SysMaster.DBus.Systemd1;

/// <summary>Services on the bus.</summary>
internal static class ServiceBus
{
    public static readonly TypeBus Type = new()
    {
        Kind = UnitKind.Service,
        Order = PropertyOrder.Service,
        HasCgroup = true,
        HasExec = true,
        HasKill = true,
        Methods =
        [
            new("BindMount", "ssbb", "", "source destination read_only mkdir", Access.ManageUnits, static (o, call) => ServiceMounts.Run(o.Unit, call, call.Reader, image: false)),
            new("MountImage", "ssbba(ss)", "", "source destination read_only mkdir options", Access.ManageUnits, static (o, call) => ServiceMounts.Run(o.Unit, call, call.Reader, image: true)),
            new("DumpFileDescriptorStore", "", "a(suuutuusu)", "entries", Access.Anyone, static (o, call) => DescriptorStore.Dump(o.Unit, call)),
        ],
        Getters =
        [
            // A unit whose files could not be read has none of what they would have decided.
            new("Type", "s", static (o, w) => { if (!o.Unit.IsCompleted && !o.Unit.Settings.IsSet(ServiceDirectives.Type)) { w.WriteString(""); } else { ServiceDirectives.Type.Kind.Write(o.Unit.IsCompleted ? Of(o).Type_ : o.Unit.Get(ServiceDirectives.Type), w); } }),
            new("OOMPolicy", "s", static (o, w) => { if (!o.Unit.IsCompleted && !o.Unit.Settings.IsSet(ServiceDirectives.OOMPolicy)) { w.WriteString(""); } else { ServiceDirectives.OOMPolicy.Kind.Write(Of(o).EffectiveOomPolicy, w); } }),
            new("NotifyAccess", "s", static (o, w) => ServiceDirectives.NotifyAccess.Kind.Write(Of(o).EffectiveNotifyAccess, w)),
            new("TimeoutStartUSec", "t", static (o, w) => w.WriteUInt64(Of(o).TimeoutStart.Value)),
            new("RestartUSecNext", "t", static (o, w) => w.WriteUInt64(Of(o).RestartDelay.Value)),
            new("WatchdogUSec", "t", static (o, w) => w.WriteUInt64(Of(o).WatchdogInForce.Value)),
            .. Stamps("Watchdog", static s => s.WatchdogTimestamp),
            new("MainPID", "u", static (o, w) => w.WriteUInt32((uint)Of(o).Pids.Main)),
            new("ControlPID", "u", static (o, w) => w.WriteUInt32((uint)Of(o).Pids.Control)),
            new("NFileDescriptorStore", "u", static (o, w) => w.WriteUInt32(Of(o).StoredCount)),
            new("StatusText", "s", static (o, w) => w.WriteString(Of(o).StatusText ?? "")),
            new("StatusErrno", "i", static (o, w) => w.WriteInt32(Of(o).StatusErrno)),
            new("Result", "s", static (o, w) => w.WriteString(Of(o).Result.Text())),
            new("ReloadResult", "s", static (o, w) => w.WriteString(Of(o).ReloadResult.Text())),
            new("CleanResult", "s", static (o, w) => w.WriteString(Of(o).CleanResult.Text())),
            new("UID", "u", static (o, w) => w.WriteUInt32(ProcessOwner.Uid(o.Unit, ExecDirectives.User))),
            new("GID", "u", static (o, w) => w.WriteUInt32(ProcessOwner.Gid(o.Unit, ExecDirectives.Group))),
            new("NRestarts", "u", static (o, w) => w.WriteUInt32(Of(o).RestartCount)),
            .. Stamps("ExecMainStart", static s => s.MainRun.Start),
            .. Stamps("ExecMainExit", static s => s.MainRun.Exit),
            new("ExecMainPID", "u", static (o, w) => w.WriteUInt32((uint)Of(o).MainRun.Pid)),
            new("ExecMainCode", "i", static (o, w) => w.WriteInt32(Of(o).MainRun.Code)),
            new("ExecMainStatus", "i", static (o, w) => w.WriteInt32(Of(o).MainRun.Status)),
            .. Commands("ExecCondition", ServiceCommand.Condition),
            .. Commands("ExecStartPre", ServiceCommand.StartPre),
            .. Commands("ExecStart", ServiceCommand.Start),
            .. Commands("ExecStartPost", ServiceCommand.StartPost),
            .. Commands("ExecReload", ServiceCommand.Reload),
            .. Commands("ExecStop", ServiceCommand.Stop),
            .. Commands("ExecStopPost", ServiceCommand.StopPost),
        ],
    };

    private static ServiceUnit Of(UnitObject o) => (ServiceUnit)o.Unit;

    private static IEnumerable<Getter<UnitObject>> Stamps(string name, Func<ServiceUnit, DualTimestamp> of)
    {
        yield return new Getter<UnitObject>(name + "Timestamp", "t", (o, w) => w.WriteUInt64(of(Of(o)).Realtime.Value));
        yield return new Getter<UnitObject>(name + "TimestampMonotonic", "t", (o, w) => w.WriteUInt64(of(Of(o)).Monotonic.Value));
    }

    private static IEnumerable<Getter<UnitObject>> Commands(string name, ServiceCommand which)
    {
        yield return new Getter<UnitObject>(name, "a(sasbttttuii)", (o, w) => CommandRuns.Write(Of(o).Commands(which), i => Of(o).RunOf(which, i), ex: false, w));
        yield return new Getter<UnitObject>(name + "Ex", "a(sasasttttuii)", (o, w) => CommandRuns.Write(Of(o).Commands(which), i => Of(o).RunOf(which, i), ex: true, w));
    }
}
