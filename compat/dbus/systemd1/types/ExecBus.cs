using System.Text;
using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.DBus.Systemd1;

/// <summary>What of execution follows from the unit's type rather than from a setting.</summary>
internal static class ExecBus
{
    /// <summary>Directives of limits by resource number, getrlimit(2).</summary>
    private static readonly string[] s_limits =
        ["CPU", "FSIZE", "DATA", "STACK", "CORE", "RSS", "NPROC", "NOFILE", "MEMLOCK", "AS", "LOCKS", "SIGPENDING", "MSGQUEUE", "NICE", "RTPRIO", "RTTIME"];

    public static readonly Getter<UnitObject>[] Getters =
    [
        .. Limits(),
        // Names of old versions, still asked for.
        new("Capabilities", "s", static (_, w) => w.WriteString(""), Flags: MemberFlags.Hidden),
        new("IOScheduling", "i", static (_, w) => w.WriteInt32(0), Flags: MemberFlags.Hidden),
        // Commands of mounts and swaps stay in the manager's process group, as systemd has it.
        new("SameProcessGroup", "b", static (o, w) => w.WriteBoolean(o.Unit.Type.Kind is UnitKind.Mount or UnitKind.Swap)),
    ];

    /// <summary>A limit that the unit does not set is the manager's default, and that its own.</summary>
    private static IEnumerable<Getter<UnitObject>> Limits()
    {
        for (int i = 0; i < s_limits.Length; i++)
        {
            int resource = i;
            Directive row = ExecDirectives.Table.FindBus(Encoding.ASCII.GetBytes("Limit" + s_limits[i]))!;
            Directive soft = ExecDirectives.Table.FindBus(Encoding.ASCII.GetBytes($"Limit{s_limits[i]}Soft"))!;
            yield return new Getter<UnitObject>(row.Bus!, "t", (o, w) => Write(o.Unit, row, resource, isSoft: false, w));
            yield return new Getter<UnitObject>(soft.Bus!, "t", (o, w) => Write(o.Unit, soft, resource, isSoft: true, w));
        }
    }

    private static void Write(Unit unit, Directive row, int resource, bool isSoft, MessageWriter w)
    {
        if (unit.Settings.IsSet(row)) { row.WriteBus(unit.Settings, w); }
        else if (unit.Manager.DefaultLimit(resource) is { } limit) { w.WriteUInt64(isSoft ? limit.Soft : limit.Hard); }
        else
        {
            Result<(ulong Soft, ulong Hard)> own = Sys.GetResourceLimit(resource);
            w.WriteUInt64(own.Failed ? ulong.MaxValue : isSoft ? own.Value.Soft : own.Value.Hard);
        }
    }
}
