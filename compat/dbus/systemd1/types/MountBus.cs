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
            new("Where", "s", static (o, w) => w.WriteString(Of(o).Where)),
            new("What", "s", static (o, w) => w.WriteString(Of(o).What)),
            new("Options", "s", static (o, w) => w.WriteString(Of(o).Options)),
            new("Type", "s", static (o, w) => w.WriteString(Of(o).FsType)),
            new("ControlPID", "u", static (o, w) => w.WriteUInt32((uint)Of(o).Control.Pid)),
            new("Result", "s", static (o, w) => w.WriteString(Of(o).Result.Text())),
            new("UID", "u", static (o, w) => w.WriteUInt32(ProcessOwner.Uid(o.Unit, ExecDirectives.User))),
            new("GID", "u", static (o, w) => w.WriteUInt32(ProcessOwner.Gid(o.Unit, ExecDirectives.Group))),
            new("ExecMount", "a(sasbttttuii)", static (o, w) => WriteRun(Of(o).MountRun, w, "/bin/mount"u8, Of(o).What, Of(o).Where)),
            new("ExecUnmount", "a(sasbttttuii)", static (o, w) => WriteRun(Of(o).UnmountRun, w, "/bin/umount"u8, Of(o).Where)),
            new("ExecRemount", "a(sasbttttuii)", static (o, w) => WriteRun(Of(o).RemountRun, w, "/bin/mount"u8, Of(o).What, Of(o).Where)),
        ],
    };

    /// <summary>A command of the manager's own: shown once it ran.</summary>
    public static void WriteRun(ExecRun? run, MessageWriter w, ReadOnlySpan<byte> program, params ReadOnlySpan<ByteText> arguments)
    {
        if (run is null)
        {
            w.EndArray(w.BeginArray(8));
            return;
        }
        ByteText path = program;
        CommandRuns.Write([new ExecCommandSpec(path, [path, .. arguments], ExecCommandFlags.None)], _ => run, ex: false, w);
    }

    private static MountUnit Of(UnitObject o) => (MountUnit)o.Unit;
}
