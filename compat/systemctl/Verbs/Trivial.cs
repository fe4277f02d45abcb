namespace SysMaster.Systemctl;

/// <summary>clear-jobs.</summary>
internal static class Trivial
{
    public static int Run(Session session, string[] words)
    {
        if (session.Manager() is not { } caller) { return 1; }
        Agents.Open(session.Settings);
        BusReply reply = caller.Manager("ClearJobs");
        return reply.Failed ? Log.Error($"Failed to {words[0]}: {reply.Error}") : 0;
    }
}
