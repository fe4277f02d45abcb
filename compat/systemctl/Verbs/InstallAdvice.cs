namespace SysMaster.Systemctl;

/// <summary>Said when something was to be enabled that cannot be. Scripts look for the first line, which is systemd's; the rest is for people.</summary>
internal static class InstallAdvice
{
    public static void Say(Settings settings)
    {
        if (settings.Quiet || settings.NoWarn) { return; }
        Log.Notice("The unit files have no installation config (WantedBy=, RequiredBy=, Also=,\n"
            + "Alias= or DefaultInstance= in an [Install] section): there is nothing that\n"
            + "enabling them could do. Such units are started by what needs them:\n"
            + $"{Tree.Bullet} another unit that wants or requires them, or has a link in its .wants/ or\n"
            + "  .requires/ directory;\n"
            + $"{Tree.Bullet} a socket, path or timer unit, a device, a D-Bus name, a script;\n"
            + $"{Tree.Bullet} or, for a template, somebody who names an instance of it.");
    }
}
