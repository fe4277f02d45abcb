namespace SysMaster.DBus.Systemd1;

/// <summary>Error names of the interface besides those that the core itself gives (<see cref="BusError"/>). sd-bus-errors of systemd 252.</summary>
internal static class BusErrorNames
{
    public const string NoUnitForPid = "org.freedesktop.systemd1.NoUnitForPID";
    public const string NoUnitForInvocationId = "org.freedesktop.systemd1.NoUnitForInvocationID";
    public const string NotSubscribed = "org.freedesktop.systemd1.NotSubscribed";
    public const string AlreadySubscribed = "org.freedesktop.systemd1.AlreadySubscribed";
    public const string ScopeNotRunning = "org.freedesktop.systemd1.ScopeNotRunning";
    public const string NoSuchDynamicUser = "org.freedesktop.systemd1.NoSuchDynamicUser";
    public const string UnitExists = BusError.UnitExists;
}
