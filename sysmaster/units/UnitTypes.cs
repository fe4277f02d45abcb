using SysMaster.Core;

namespace SysMaster.Units;

/// <summary>Every unit type of this build.</summary>
public static class UnitTypes
{
    public static readonly UnitType[] All =
    [
        Service.ServiceUnitType.Value, Target.TargetUnitType.Value, Slice.SliceUnitType.Value, Socket.SocketUnitType.Value,
        Device.DeviceUnitType.Value, Mount.MountUnitType.Value, Swap.SwapUnitType.Value, Automount.AutomountUnitType.Value,
    ];
}
