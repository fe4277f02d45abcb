namespace SysMaster.Systemctl;

/// <summary>bind: a path of the host into a running service's namespace.</summary>
internal static class BindMount
{
    public static int Run(Session session, string[] words)
    {
        Settings settings = session.Settings;
        if (session.Manager() is not { } caller || UnitNames.Mangle(words[1], settings.Quiet, operation: "to bind mount") is not { } unit) { return 1; }
        Agents.Open(settings);
        BusReply reply = caller.Manager("BindMountUnit", "sssbb", w =>
        {
            w.WriteString(unit);
            w.WriteString(words[2]);
            w.WriteString(words.Length > 3 ? words[3] : "");
            w.WriteBoolean(settings.ReadOnly);
            w.WriteBoolean(settings.Mkdir);
        });
        return reply.Failed ? Log.Error($"Failed to bind mount: {reply.Error}") : 0;
    }
}
