namespace SysMaster.Systemctl;

/// <summary>service-watchdogs: are services watched?</summary>
internal static class ServiceWatchdogs
{
    public static int Run(Session session, string[] words)
    {
        if (session.Manager() is not { } caller) { return 1; }
        if (words.Length == 1)
        {
            object? on = caller.GetValue(Caller.ManagerPath, Caller.ManagerInterface, "ServiceWatchdogs", out BusError? error);
            if (error is not null) { return Log.Error($"Failed to get service-watchdog state: {error}"); }
            Stdio.Line(on is true ? "yes" : "no");
            return 0;
        }
        if (!BooleanWord.TryParse(words[1], out bool set)) { return Log.Error("Failed to parse service-watchdogs argument: Invalid argument"); }
        BusError? failed = Properties.Set(caller, Caller.ManagerName, Caller.ManagerPath, Caller.ManagerInterface, "ServiceWatchdogs", "b", w
            => w.WriteBoolean(set));
        return failed is null ? 0 : Log.Error($"Failed to set service-watchdog state: {failed}");
    }
}
