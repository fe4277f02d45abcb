namespace SysMaster.Systemctl;

/// <summary>kill: a signal to processes of units.</summary>
internal static class KillUnits
{
    public static int Run(Session session, string[] words)
    {
        Settings settings = session.Settings;
        if (session.Manager() is not { } caller) { return 1; }
        Agents.Open(settings);
        if (UnitNames.Expand(session, caller, words[1..]) is not { } names) { return 1; }
        int code = 0;
        foreach (string name in names)
        {
            string whom = settings.KillWhom.Length > 0 ? settings.KillWhom : "all";
            BusReply reply = settings.KillValue is { } value
                ? caller.Manager("QueueSignalUnit", "ssii", w => { w.WriteString(name); w.WriteString(whom); w.WriteInt32(settings.Signal); w.WriteInt32(value); })
                : caller.Manager("KillUnit", "ssi", w => { w.WriteString(name); w.WriteString(whom); w.WriteInt32(settings.Signal); });
            if (reply.Failed) { code = Log.Error($"Failed to kill unit {name}: {reply.Error}"); }
        }
        return code;
    }
}
