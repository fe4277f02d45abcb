using SysMaster.Core;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Device;

/// <summary>The device type as the manager knows it.</summary>
public static class DeviceUnitType
{
    public static readonly UnitType Value = new()
    {
        Kind = UnitKind.Device,
        Directives = AllDirectives.Plain,
        Create = static (manager, id) => new DeviceUnit(manager, id),
        Caps = UnitCaps.NeverOrdered | UnitCaps.GcJobs | UnitCaps.OutlivesIsolate,
        IsSupported = static manager => DeviceTable.Of(manager).IsSupported,
        Enumerate = static manager => DeviceTable.Of(manager).Enumerate(),
        Shutdown = static manager => DeviceTable.Of(manager).Close(),
        Messages = new JobMessages
        {
            Starting = "Expecting device %s...",
            Started = "Found device %s.",
            StartTimeout = "Timed out waiting for device %s.",
        },
    };
}
