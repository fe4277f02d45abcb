using SysMaster.UnitFiles;

namespace SysMaster.DBus.Systemd1;

/// <summary>Slices show their control group.</summary>
internal static class SliceBus
{
    public static readonly TypeBus Type = new() { Kind = UnitKind.Slice, HasCgroup = true };
}
