namespace SysMaster.Systemctl;

/// <summary>daemon-reload, daemon-reexec.</summary>
internal static class DaemonReload
{
    // Generators may take their time.
    private const int TimeoutMsec = 180_000;

    public static int Run(Session session, string[] words)
    {
        if (session.Manager() is not { } caller) { return 1; }
        Agents.Open(session.Settings);
        return words[0] == "daemon-reexec" ? Reexecute(caller) : Reload(caller);
    }

    public static int Reload(Caller caller)
    {
        BusReply reply = caller.Manager("Reload", timeoutMsec: TimeoutMsec);
        return reply.Failed ? Log.Error($"Reload daemon failed: {reply.Error}") : 0;
    }

    public static int Reexecute(Caller caller)
    {
        BusReply reply = caller.Manager("Reexecute", timeoutMsec: TimeoutMsec);
        // Whoever executes itself may take the connection with it: that is its answer.
        return reply.Failed && !reply.Error!.Is(BusError.NoReply, BusError.Disconnected) ? Log.Error($"Reexecute daemon failed: {reply.Error}") : 0;
    }
}
