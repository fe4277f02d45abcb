using SysMaster.DBus.Wire;

namespace SysMaster.Systemctl;

/// <summary>An end of the system that logind holds for later: shutdown's TIME and --when= of systemctl.</summary>
internal static class ScheduledEnd
{
    /// <param name="when">CLOCK_REALTIME, microseconds.</param>
    /// <param name="cancelWith">The command that takes it back.</param>
    /// <param name="error">Why it could not be; null where nobody asked logind, after saying why.</param>
    public static bool Set(Session session, PowerAction action, ulong when, string cancelWith, out BusError? error)
    {
        error = null;
        Settings settings = session.Settings;
        if (session.MessageBus() is not { } caller) { return false; }
        Agents.Open(settings);
        LogindPower.SetWallMessage(session, caller);
        string name = (settings.DryRun ? "dry-" : "") + action.Verb;
        BusReply reply = LogindPower.Call(caller, "ScheduleShutdown", "st", w => { w.WriteString(name); w.WriteUInt64(when); });
        error = reply.Error;
        if (reply.Failed) { return false; }
        if (!settings.Quiet) { _ = Show(session, cancelWith); }
        return true;
    }

    public static int Show(Session session, string cancelWith)
    {
        if (session.MessageBus() is not { } caller) { return 1; }
        BusReply reply = caller.Get(LogindPower.Path, LogindPower.Interface, "ScheduledShutdown", LogindPower.Name);
        if (reply.Failed) { return Log.Error($"Failed to query scheduled shutdown: {reply.Error}"); }
        MessageReader reader = reply.Reader;
        object[] scheduled = (object[])BusValue.Read(ref reader).Content;
        string action = (string)scheduled[0];
        if (action.Length == 0) { return Log.Error("No scheduled shutdown."); }
        string word = action switch
        {
            "halt" or "poweroff" or "exit" => "Shutdown",
            "kexec" => "Reboot via kexec",
            "reboot" or "dry-reboot" => "Reboot",
            _ => action,
        };
        Log.Info($"{word} scheduled for {TimeWords.Moment((ulong)scheduled[1], session.Settings.Timestamp)}, use '{cancelWith}' to cancel.");
        return 0;
    }

    public static int Cancel(Session session)
    {
        if (session.MessageBus() is not { } caller) { return 1; }
        Agents.Open(session.Settings);
        LogindPower.SetWallMessage(session, caller);
        BusReply reply = LogindPower.Call(caller, "CancelScheduledShutdown");
        return reply.Failed ? Log.Error($"Failed to talk to logind, shutdown hasn't been cancelled: {reply.Error}") : 0;
    }
}
