namespace SysMaster.Systemctl;

/// <summary>reset-failed: forgets that units failed.</summary>
internal static class ResetFailed
{
    public static int Run(Session session, string[] words)
    {
        if (session.Manager() is not { } caller) { return 1; }
        Agents.Open(session.Settings);
        if (words.Length == 1)
        {
            BusReply all = caller.Manager("ResetFailed");
            return all.Failed ? Log.Error($"Failed to {words[0]}: {all.Error}") : 0;
        }
        if (UnitNames.Expand(session, caller, words[1..]) is not { } names) { return 1; }
        int code = 0;
        foreach (string name in names)
        {
            BusReply reply = caller.Manager("ResetFailedUnit", "s", w => w.WriteString(name));
            if (reply.Failed) { code = Log.Error($"Failed to reset failed state of unit {name}: {reply.Error}"); }
        }
        return code;
    }
}
