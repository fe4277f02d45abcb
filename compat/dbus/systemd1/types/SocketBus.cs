using SysMaster.Core.Directives;
using SysMaster.UnitFiles;
using SysMaster.Units.Socket;

namespace SysMaster.DBus.Systemd1;

/// <summary>Sockets on the bus.</summary>
internal static class SocketBus
{
    public static readonly TypeBus Type = new()
    {
        Kind = UnitKind.Socket,
        Order = PropertyOrder.Socket,
        HasCgroup = true,
        HasExec = true,
        HasKill = true,
        Getters =
        [
            new("ControlPID", "u", static (o, w) => w.WriteUInt32((uint)Of(o).Control.Pid)),
            new("Result", "s", static (o, w) => w.WriteString(Of(o).Result.Text())),
            new("NConnections", "u", static (o, w) => w.WriteUInt32(Of(o).ConnectionCount)),
            new("NAccepted", "u", static (o, w) => w.WriteUInt32(Of(o).AcceptedCount)),
            new("NRefused", "u", static (o, w) => w.WriteUInt32(Of(o).RefusedCount)),
            new("FileDescriptorName", "s", static (o, w) => w.WriteString(o.Unit.Get(SocketDirectives.FileDescriptorName) is { IsEmpty: false } name ? name.ToString() : o.Unit.Id.Text)),
            new("TriggerLimitIntervalUSec", "t", static (o, w) => w.WriteUInt64(o.Unit.IsCompleted ? o.Unit.Get(SocketDirectives.TriggerLimitIntervalSec).Value : ulong.MaxValue)),
            new("TriggerLimitBurst", "u", static (o, w) => w.WriteUInt32(o.Unit.IsCompleted ? Of(o).TriggerLimitBurst : uint.MaxValue)),
            new("PollLimitIntervalUSec", "t", static (o, w) => w.WriteUInt64(o.Unit.IsCompleted ? o.Unit.Get(SocketDirectives.PollLimitIntervalSec).Value : ulong.MaxValue)),
            new("PollLimitBurst", "u", static (o, w) => w.WriteUInt32(o.Unit.IsCompleted ? Of(o).PollLimitBurst : uint.MaxValue)),
            new("UID", "u", static (o, w) => w.WriteUInt32(ProcessOwner.Uid(o.Unit, ExecDirectives.User))),
            new("GID", "u", static (o, w) => w.WriteUInt32(ProcessOwner.Gid(o.Unit, ExecDirectives.Group))),
            Commands("ExecStartPre", SocketCommand.StartPre),
            Commands("ExecStartPost", SocketCommand.StartPost),
            Commands("ExecStopPre", SocketCommand.StopPre),
            Commands("ExecStopPost", SocketCommand.StopPost),
        ],
    };

    private static SocketUnit Of(UnitObject o) => (SocketUnit)o.Unit;

    private static Getter<UnitObject> Commands(string name, SocketCommand which)
        => new(name, "a(sasbttttuii)", (o, w) => CommandRuns.Write(Of(o).Commands(which), i => Of(o).RunOf(which, i), ex: false, w));
}
