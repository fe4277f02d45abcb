using System.Collections.Immutable;
using SysMaster.Core;

namespace SysMaster.Units.Device;

/// <summary>The sub-states of a device, as systemctl names them.</summary>
public enum DeviceState : byte
{
    Dead,
    /// <summary>The kernel uses it (a mount, a swap), udev has not told of it.</summary>
    Tentative,
    /// <summary>udev knows it and says that it is ready.</summary>
    Plugged,
}

/// <summary>Who sees the device.</summary>
[Flags]
public enum DeviceFound : byte { None = 0, Udev = 1, Mount = 2, Swap = 4, All = Udev | Mount | Swap }

public readonly record struct DeviceStateRow(DeviceState State, string Text, UnitActiveState Active);

/// <summary>Facts of each state, one row each, and the rule that leads from who sees it to a state.</summary>
public static class DeviceStates
{
    public static readonly ImmutableArray<DeviceStateRow> Rows =
    [
        new(DeviceState.Dead, "dead", UnitActiveState.Inactive),
        new(DeviceState.Tentative, "tentative", UnitActiveState.Activating),
        new(DeviceState.Plugged, "plugged", UnitActiveState.Active),
    ];

    public static DeviceStateRow Row(DeviceState state) => Rows[(int)state];

    /// <summary>A device that udev has seen and sees no longer is gone, although a mount may still hold on to it.</summary>
    public static DeviceState Next(DeviceFound before, DeviceFound now) =>
        (now & DeviceFound.Udev) != 0 ? DeviceState.Plugged
        : now != DeviceFound.None && (before & DeviceFound.Udev) == 0 ? DeviceState.Tentative
        : DeviceState.Dead;
}
