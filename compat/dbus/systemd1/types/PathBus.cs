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
            new("TriggerLimitIntervalUSec", "t", static (o, w) => w.WriteUInt64(o.Unit.LoadState != Core.UnitLoadState.NotFound ? o.Unit.Get(PathDirectives.TriggerLimitIntervalSec).Value : ulong.MaxValue)),
            new("TriggerLimitBurst", "u", static (o, w) => w.WriteUInt32(o.Unit.LoadState != Core.UnitLoadState.NotFound ? o.Unit.Get(PathDirectives.TriggerLimitBurst) : uint.MaxValue)),
            new("Result", "s", static (o, w) => w.WriteString(((PathUnit)o.Unit).Result.Text())),
        ],
    };
}
