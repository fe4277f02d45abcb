using SysMaster.UnitFiles;
using SysMaster.Units.Device;

namespace SysMaster.DBus.Systemd1;

/// <summary>Devices on the bus.</summary>
internal static class DeviceBus
{
    public static readonly TypeBus Type = new()
    {
        Kind = UnitKind.Device,
        Order = PropertyOrder.Device,
        Getters = [new("SysFSPath", "s", static (o, w) => w.WriteString(((DeviceUnit)o.Unit).SysPath))],
    };
}
