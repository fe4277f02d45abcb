using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>halt, poweroff and reboot as programs, with System V's options.</summary>
internal static class HaltCommand
{
    private static readonly OptionRow[] s_rows =
    [
        new('?' + 1, '\0', "help", ArgumentUse.None), new('H', '\0', "halt", ArgumentUse.None), new('p', 'p', "poweroff", ArgumentUse.None),
        new('r', '\0', "reboot", ArgumentUse.None), new('f', 'f', "force", ArgumentUse.None), new('w', 'w', "wtmp-only", ArgumentUse.None),
        new('d', 'd', "no-wtmp", ArgumentUse.None), new('n', 'n', "no-sync", ArgumentUse.None), new('W', '\0', "no-wall", ArgumentUse.None),
        new('i', 'i', "", ArgumentUse.None), new('h', 'h', "", ArgumentUse.None),
    ];

    public static int Run(string name, string path, string[] words)
    {
        var settings = new Settings();
        PowerAction action = name switch { "halt" => PowerAction.Halt, "poweroff" => PowerAction.PowerOff, _ => PowerAction.Restart };
        var options = new GetOpt(path, words, s_rows);
        while (options.Next() is var id && id != GetOpt.End)
        {
            switch (id)
            {
                case GetOpt.Bad: return 1;
                case 'H': action = PowerAction.Halt; break;
                case 'p': action = action == PowerAction.Restart ? action : PowerAction.PowerOff; break;
                case 'r': action = PowerAction.Restart; break;
                case 'f': settings.Force = 2; break;
                case 'w': settings.DryRun = true; break;
                case 'd': settings.NoWtmp = true; break;
                case 'n': settings.NoSync = true; break;
                case 'W': settings.NoWall = true; break;
                case 'i' or 'h': break;
                default: return Help.Halt(name);
            }
        }
        string[] operands = options.Operands;
        if (operands.Length > (action == PowerAction.Restart ? 1 : 0)) { return Log.Error("Too many arguments."); }
        if (action == PowerAction.Restart && operands.Length > 0 && RebootParameter.Write(operands[0]) is var code && code != 0) { return code; }
        using var session = new Session(settings);
        return Halt(session, action);
    }

    /// <summary>Does it now.</summary>
    public static int Halt(Session session, PowerAction action)
    {
        Settings settings = session.Settings;
        if (Booted.IsChroot)
        {
            Log.Info("Running in chroot, ignoring request.");
            return 0;
        }
        if (Inhibitors.Check(session, action) is var inhibited && inhibited != 0) { return inhibited; }
        if (LibC.geteuid() != 0)
        {
            if (settings.DryRun || settings.Force > 0) { return Log.Error("Must be root."); }
            LogindResult result = LogindPower.Ask(session, action);
            if (result != LogindResult.TryOtherwise) { return result == LogindResult.Done ? 0 : 1; }
        }
        settings.NoBlock = true;
        if (!settings.DryRun && settings.Force == 0) { return WithFallback(session, action); }
        if (!settings.NoWtmp) { Log.Debug("Not writing utmp record, assuming that systemd-update-utmp is used."); }
        return settings.DryRun ? 0 : RebootNow.Run(action, settings);
    }

    /// <summary>By the manager's bus; where that cannot be reached, by the FIFO of old inits.</summary>
    public static int WithFallback(Session session, PowerAction action)
    {
        if (StartSpecial.Start(session, action) == 0) { return 0; }
        char level = action == PowerAction.Restart || action == PowerAction.Kexec ? '6' : action.Verb.Length == 1 ? action.Verb[0] : '0';
        return InitctlFifo.Request(level) ? 0 : 1;
    }
}
