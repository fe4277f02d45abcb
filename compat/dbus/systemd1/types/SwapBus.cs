using SysMaster.Core.Directives;
using SysMaster.UnitFiles;
using SysMaster.Units;
using SysMaster.Units.Swap;

namespace SysMaster.DBus.Systemd1;

/// <summary>Swaps on the bus.</summary>
internal static class SwapBus
{
    public static readonly TypeBus Type = new()
    {
        Kind = UnitKind.Swap,
        Order = PropertyOrder.Swap,
        HasCgroup = true,
        HasExec = true,
        HasKill = true,
        Getters =
        [
            new("What", "s", static (o, w) => w.WriteString(Of(o).What)),
            new("Priority", "i", static (o, w) => w.WriteInt32(Of(o).Priority)),
            new("Options", "s", static (o, w) => w.WriteString(Of(o).Options)),
            new("ControlPID", "u", static (o, w) => w.WriteUInt32((uint)Of(o).Control.Pid)),
            new("Result", "s", static (o, w) => w.WriteString(Of(o).Result.Text())),
            new("UID", "u", static (o, w) => w.WriteUInt32(ProcessOwner.Uid(o.Unit, ExecDirectives.User))),
            new("GID", "u", static (o, w) => w.WriteUInt32(ProcessOwner.Gid(o.Unit, ExecDirectives.Group))),
            new("ExecActivate", "a(sasbttttuii)", static (o, w) => MountBus.WriteRun(Of(o).ActivateRun, w)),
            new("ExecDeactivate", "a(sasbttttuii)", static (o, w) => MountBus.WriteRun(Of(o).DeactivateRun, w)),
        ],
    };

    private static SwapUnit Of(UnitObject o) => (SwapUnit)o.Unit;
}
