using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.Units;
using SysMaster.Units.Mount;

namespace SysMaster.DBus.Systemd1;

/// <summary>Mounts on the bus: what the kernel has, where it has it.</summary>
internal static class MountBus
{
    public static readonly TypeBus Type = new()
    {
        Kind = UnitKind.Mount,
        Order = PropertyOrder.Mount,
        HasCgroup = true,
        HasExec = true,
        HasKill = true,
        Getters =
        [
            new("Where", "s", static (o, w) => w.WriteString(o.Unit.IsCompleted ? Of(o).Where : default)),
            new("What", "s", static (o, w) => w.WriteString(Of(o).What)),
            new("Options", "s", static (o, w) => w.WriteString(Of(o).Options)),
            new("Type", "s", static (o, w) => w.WriteString(Of(o).FsType)),
            new("ControlPID", "u", static (o, w) => w.WriteUInt32((uint)Of(o).Control.Pid)),
            new("Result", "s", static (o, w) => w.WriteString(Of(o).Result.Text())),
            new("UID", "u", static (o, w) => w.WriteUInt32(ProcessOwner.Uid(o.Unit, ExecDirectives.User))),
            new("GID", "u", static (o, w) => w.WriteUInt32(ProcessOwner.Gid(o.Unit, ExecDirectives.Group))),
            new("ExecMount", "a(sasbttttuii)", static (o, w) => WriteRun(Of(o).MountRun, w)),
            new("ExecUnmount", "a(sasbttttuii)", static (o, w) => WriteRun(Of(o).UnmountRun, w)),
            new("ExecRemount", "a(sasbttttuii)", static (o, w) => WriteRun(Of(o).RemountRun, w)),
        ],
    };

    /// <summary>A command of the manager's own: shown once it ran, as it ran.</summary>
    public static void WriteRun(ExecRun? run, MessageWriter w) => CommandRuns.Write(run?.Command is { } command ? [command] : [], _ => run, ex: false, w);

    private static MountUnit Of(UnitObject o) => (MountUnit)o.Unit;
}
