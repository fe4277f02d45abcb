namespace SysMaster.DBus.Systemd1;

/// <summary>Who may call a method. Root always may; for others polkit is asked about the action.</summary>
internal static class Access
{
    public const int Anyone = 0, ManageUnits = 1, ManageUnitFiles = 2, SetEnvironment = 3, ReloadDaemon = 4;

    /// <summary>Root alone; polkit is not asked.</summary>
    public const int Privileged = 5;

    private static readonly string[] s_actions =
    [
        "", "org.freedesktop.systemd1.manage-units", "org.freedesktop.systemd1.manage-unit-files",
        "org.freedesktop.systemd1.set-environment", "org.freedesktop.systemd1.reload-daemon", "",
    ];

    /// <summary>The polkit action; empty where there is none.</summary>
    public static string ActionOf(int access) => s_actions[access];
}
