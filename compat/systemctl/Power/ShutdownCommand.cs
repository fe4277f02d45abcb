using SysMaster.DBus.Wire;

namespace SysMaster.Systemctl;

/// <summary>shutdown: at a time, with a word to those who are logged in.</summary>
internal static class ShutdownCommand
{
    private const ulong OneMinute = 60_000_000;

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
        if (show) { return Show(session, isAsked: true); }
        if (cancel) { return Cancel(session); }
        return when > 0 && Schedule(session, action, when) ? 0 : HaltCommand.Halt(session, action);
    }

    private static bool Schedule(Session session, PowerAction action, ulong when)
    {
        Settings settings = session.Settings;
        if (Inhibitors.Check(session, action) != 0 || session.MessageBus() is not { } caller) { return false; }
        Agents.Open(settings);
        LogindPower.SetWallMessage(session, caller);
        string name = (settings.DryRun ? "dry-" : "") + action.Verb;
        BusReply reply = LogindPower.Call(caller, "ScheduleShutdown", "st", w => { w.WriteString(name); w.WriteUInt64(when); });
        if (reply.Failed)
        {
            Log.Warning($"Failed to schedule shutdown: {reply.Error}");
            return false;
        }
        if (!settings.Quiet) { _ = Show(session, isAsked: false); }
        return true;
    }

    private static int Show(Session session, bool isAsked)
    {
        if (session.MessageBus() is not { } caller) { return 1; }
        BusReply reply = caller.Get(LogindPower.Path, LogindPower.Interface, "ScheduledShutdown", LogindPower.Name);
        if (reply.Failed) { return Log.Error($"Failed to query scheduled shutdown: {reply.Error}"); }
        MessageReader reader = reply.Reader;
        object[] scheduled = (object[])BusValue.Read(ref reader).Content;
        string action = (string)scheduled[0];
        if (action.Length == 0) { return Log.Error("No scheduled shutdown."); }
        string word = action switch { "halt" or "poweroff" or "exit" => "Shutdown", "kexec" => "Reboot via kexec", "reboot" => "Reboot", _ => action };
        Log.Info($"{word} scheduled for {TimeWords.Moment((ulong)scheduled[1], session.Settings.Timestamp)}, use 'shutdown -c' to cancel.");
        _ = isAsked;
        return 0;
    }

    private static int Cancel(Session session)
    {
        if (session.MessageBus() is not { } caller) { return 1; }
        Agents.Open(session.Settings);
        LogindPower.SetWallMessage(session, caller);
        BusReply reply = LogindPower.Call(caller, "CancelScheduledShutdown");
        return reply.Failed ? Log.Error($"Failed to talk to logind, shutdown hasn't been cancelled: {reply.Error}") : 0;
    }
}
