using SysMaster.UnitFiles;
using SysMaster.Units.Path;

namespace SysMaster.DBus.Systemd1;

/// <summary>Paths on the bus.</summary>
internal static class PathBus
{
    public static readonly TypeBus Type = new()
    {
        Kind = UnitKind.Path,
        Order = PropertyOrder.Path,
        Getters =
        [
            new("Unit", "s", static (o, w) => w.WriteString(((PathUnit)o.Unit).Triggered?.Id.Text ?? "")),
            new("Result", "s", static (o, w) => w.WriteString(((PathUnit)o.Unit).Result.Text())),
        ],
    };
}
