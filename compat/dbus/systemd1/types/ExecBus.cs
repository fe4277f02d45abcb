namespace SysMaster.DBus.Systemd1;

/// <summary>Execution settings that show something else than what was written, and names of old versions.</summary>
internal static class ExecBus
{
    public static readonly Getter<UnitObject>[] Getters = [];
}
