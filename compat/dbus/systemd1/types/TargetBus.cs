using SysMaster.UnitFiles;

namespace SysMaster.DBus.Systemd1;

/// <summary>Targets have nothing to show of their own.</summary>
internal static class TargetBus
{
    public static readonly TypeBus Type = new() { Kind = UnitKind.Target };
}
