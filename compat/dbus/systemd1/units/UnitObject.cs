using SysMaster.Core;

namespace SysMaster.DBus.Systemd1;

/// <summary>One unit as an object of the bus: made anew for each call, it is but two references.</summary>
internal sealed class UnitObject(BusFront front, Unit unit)
{
    public BusFront Front { get; } = front;

    public Unit Unit { get; } = unit;
}
