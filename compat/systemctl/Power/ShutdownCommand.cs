namespace SysMaster.Systemctl;

/// <summary>shutdown: at a time, with a word to those who are logged in.</summary>
internal static class ShutdownCommand
{
    private const ulong OneMinute = 60_000_000;
    private const string TakenBackBy = "shutdown -c";

    private static readonly OptionRow[] s_rows =
    [
        new('?' + 1, '\0', "help", ArgumentUse.None), new('H', 'H', "halt", ArgumentUse.None), new('P', 'P', "poweroff", ArgumentUse.None),
        new('r', 'r', "reboot", ArgumentUse.None), new('K', 'K', "kexec", ArgumentUse.None), new('W', '\0', "no-wall", ArgumentUse.None),
        new('S', '\0', "show", ArgumentUse.None), new('h', 'h', "", ArgumentUse.None), new('k', 'k', "", ArgumentUse.None), new('c', 'c', "", ArgumentUse.None),
        new('a', 'a', "", ArgumentUse.None), new('t', 't', "", ArgumentUse.Required), new('f', 'f', "", ArgumentUse.None), new('F', 'F', "", ArgumentUse.None),
    ];

    public static int Run(string path, string[] words)
    {
        var settings = new Settings();
        PowerAction action = PowerAction.PowerOff;
        bool cancel = false, show = false;
        var options = new GetOpt(path, words, s_rows);
        while (options.Next() is var id && id != GetOpt.End)
        {
            switch (id)
            {
                case GetOpt.Bad: return 1;
                case 'H': action = PowerAction.Halt; break;
                case 'P': action = PowerAction.PowerOff; break;
                case 'r': action = PowerAction.Restart; break;
                case 'K': action = PowerAction.Kexec; break;
                case 'h': action = action == PowerAction.Halt ? action : PowerAction.PowerOff; break;
                case 'k': settings.DryRun = true; break;
                case 'W': settings.NoWall = true; break;
                case 'c': cancel = true; break;
                case 'S': show = true; break;
                case 'a' or 't' or 'f' or 'F': break;   // System V's, without a meaning here
                default: return Help.Shutdown();
            }
        }
        string[] operands = options.Operands;
        ulong when = TimeWords.Now(Linux.LibC.CLOCK_REALTIME) + OneMinute;
        bool hasTime = operands.Length > 0 && !cancel;
        if (hasTime && !ShutdownTime.TryParse(operands[0], out when)) { return Log.Error($"Failed to parse time specification: {operands[0]}"); }
        settings.Message = string.Join(' ', operands[(hasTime ? 1 : 0)..]);
        using var session = new Session(settings);
        if (show) { return ScheduledEnd.Show(session, TakenBackBy); }
        if (cancel) { return ScheduledEnd.Cancel(session); }
        return when > 0 && Schedule(session, action, when) ? 0 : HaltCommand.Halt(session, action);
    }

    private static bool Schedule(Session session, PowerAction action, ulong when)
    {
        if (Inhibitors.Check(session, action) != 0) { return false; }
        if (ScheduledEnd.Set(session, action, when, TakenBackBy, out BusError? error)) { return true; }
        if (error is not null) { Log.Warning($"Failed to schedule shutdown: {error}"); }
        return false;
    }
}
