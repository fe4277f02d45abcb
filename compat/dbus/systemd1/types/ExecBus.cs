using SysMaster.UnitFiles;

namespace SysMaster.DBus.Systemd1;

/// <summary>What of execution follows from the unit's type rather than from a setting.</summary>
internal static class ExecBus
{
    public static readonly Getter<UnitObject>[] Getters =
    [
        // Commands of mounts and swaps stay in the manager's process group, as systemd has it.
        new("SameProcessGroup", "b", static (o, w) => w.WriteBoolean(o.Unit.Type.Kind is UnitKind.Mount or UnitKind.Swap)),
    ];
}
