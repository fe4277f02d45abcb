using SysMaster.Core;
using SysMaster.UnitFiles;
using SysMaster.Units.Automount;

namespace SysMaster.DBus.Systemd1;

/// <summary>Automounts on the bus.</summary>
internal static class AutomountBus
{
    public static readonly TypeBus Type = new()
    {
        Kind = UnitKind.Automount,
        Order = PropertyOrder.Automount,
        Getters =
        [
            new("Where", "s", static (o, w) => w.WriteString(o.Unit.IsCompleted ? ((AutomountUnit)o.Unit).Where : default)),
            new("Result", "s", static (o, w) => w.WriteString(o.Unit.ResultText)),
        ],
    };
}
