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
    internal static readonly string[] LimitNames =
        ["CPU", "FSIZE", "DATA", "STACK", "CORE", "RSS", "NPROC", "NOFILE", "MEMLOCK", "AS", "LOCKS", "SIGPENDING", "MSGQUEUE", "NICE", "RTPRIO", "RTTIME"];

    public static readonly Getter<UnitObject>[] Getters =
    [
        .. Limits(),
        new("StandardOutput", "s", static (o, w) => ExecDirectives.StandardOutput.Kind.Write(
            o.Unit is { IsCompleted: false, Type.Kind: UnitKind.Service } && !o.Unit.Settings.IsSet(ExecDirectives.StandardOutput) ? new ExecOutputSpec(ExecOutput.Inherit) : StandardStreams.OutputOf(o.Unit.Manager, o.Unit.Settings), w)),
        // No image is refused for what protects it, or does not.
        Policy("RootImagePolicy", ExecDirectives.RootImagePolicy), Policy("MountImagePolicy", ExecDirectives.MountImagePolicy),
        Policy("ExtensionImagePolicy", ExecDirectives.ExtensionImagePolicy),
        // What is not a service shares the manager's session keyring.
        new("KeyringMode", "s", static (o, w) => ExecDirectives.KeyringMode.Kind.Write(Keyring(o.Unit), w)),
        // Names of old versions, still asked for.
        new("Capabilities", "s", static (_, w) => w.WriteString(""), Flags: MemberFlags.Hidden),
        new("IOScheduling", "i", static (o, w) => w.WriteInt32(((int)o.Unit.Get(ExecDirectives.IOSchedulingClass) << 13) | o.Unit.Get(ExecDirectives.IOSchedulingPriority)),
            Flags: MemberFlags.Hidden),
        // Nothing said is all bits, not only those of the kinds there are.
        new("RestrictNamespaces", "t", static (o, w) => w.WriteUInt64(o.Unit.Settings.IsSet(ExecDirectives.RestrictNamespaces) ? o.Unit.Get(ExecDirectives.RestrictNamespaces) : ulong.MaxValue)),
        // Commands of mounts stay in the manager's process group: autofs must know them.
        new("SameProcessGroup", "b", static (o, w) => w.WriteBoolean(o.Unit.Type.Kind is UnitKind.Mount)),
    ];

    private static Getter<UnitObject> Policy(string name, Directive<ByteText> row)
        => new(name, "s", (o, w) => w.WriteString(o.Unit.Settings.IsSet(row) ? o.Unit.Get(row).ToString() : "*"));

    private static ExecKeyringMode Keyring(Unit unit) => unit.Type.Kind == UnitKind.Service || unit.Settings.IsSet(ExecDirectives.KeyringMode) ? unit.Get(ExecDirectives.KeyringMode)
        : unit.Manager.IsSystem ? ExecKeyringMode.Shared : ExecKeyringMode.Inherit;

    /// <summary>A limit that the unit does not set is the manager's default, and that its own.</summary>
    private static IEnumerable<Getter<UnitObject>> Limits()
    {
        for (int i = 0; i < LimitNames.Length; i++)
        {
            int resource = i;
            Directive row = ExecDirectives.Table.FindBus(Encoding.ASCII.GetBytes("Limit" + LimitNames[i]))!;
            Directive soft = ExecDirectives.Table.FindBus(Encoding.ASCII.GetBytes($"Limit{LimitNames[i]}Soft"))!;
            yield return new Getter<UnitObject>(row.Bus!, "t", (o, w) => Write(o.Unit, row, resource, isSoft: false, w));
            yield return new Getter<UnitObject>(soft.Bus!, "t", (o, w) => Write(o.Unit, soft, resource, isSoft: true, w));
        }
    }

    /// <summary>What a unit gets that sets nothing: the manager's default, else its own limit.</summary>
    internal static (ulong Soft, ulong Hard) LimitOf(Manager manager, int resource)
        => manager.DefaultLimit(resource) is { } limit ? (limit.Soft, limit.Hard) : OwnLimit(resource);

    private static (ulong Soft, ulong Hard) OwnLimit(int resource)
    {
        Result<(ulong Soft, ulong Hard)> own = Sys.GetResourceLimit(resource);
        return own.Failed ? (ulong.MaxValue, ulong.MaxValue) : own.Value;
    }

    private static void Write(Unit unit, Directive row, int resource, bool isSoft, MessageWriter w)
    {
        if (unit.Settings.IsSet(row)) { row.WriteBus(unit.Settings, w); }
        else
        {
            (ulong low, ulong hard) = unit.IsCompleted ? LimitOf(unit.Manager, resource) : OwnLimit(resource);
            w.WriteUInt64(isSoft ? low : hard);
        }
    }
}
