namespace SysMaster.Systemctl;

/// <summary>What is said of a job that did not end well.</summary>
internal static class JobResult
{
    /// <summary>Results of a service, for people.</summary>
    private static readonly Dictionary<string, string> s_causes = new()
    {
        ["resources"] = "of unavailable resources or another system error",
        ["protocol"] = "the service did not take the steps required by its unit configuration",
        ["timeout"] = "a timeout was exceeded",
        ["exit-code"] = "the control process exited with error code",
        ["signal"] = "a fatal signal was delivered to the control process",
        ["core-dump"] = "a fatal signal was delivered causing the control process to dump core",
        ["watchdog"] = "the service failed to send watchdog ping",
        ["start-limit-hit"] = "start of the service was attempted too often",
    };

    /// <returns>0 when it was done, or had nothing to do; else 1.</returns>
    public static int Report(Caller caller, string unit, string result, Settings settings)
    {
        if (result is "done" or "skipped") { return 0; }
        if (settings.Quiet) { return 1; }
        switch (result)
        {
            case "canceled": return Log.Error($"Job for {unit} canceled.");
            case "timeout": return Log.Error($"Job for {unit} timed out.");
            case "dependency": return Log.Error($"A dependency job for {unit} failed. See 'journalctl -xe' for details.");
            case "invalid": return Log.Error($"{unit} is not active, cannot reload.");
            case "assert": return Log.Error($"Assertion failed on job for {unit}.");
            case "unsupported": return Log.Error($"Operation on or unit type of {unit} not supported on this system.");
            case "collected": return Log.Error($"Queued job for {unit} was garbage collected.");
            case "once": return Log.Error($"Unit {unit} was started already once and can't be started again.");
            default: return Failed(caller, unit, settings);
        }
    }

    private static int Failed(Caller caller, string unit, Settings settings)
    {
        if (!unit.EndsWith(".service", StringComparison.Ordinal)) { return Log.Error("Job failed. See \"journalctl -xe\" for details."); }
        string? cause = caller.GetText(UnitPath.Of(unit), "org.freedesktop.systemd1.Service", "Result", out BusError? error);
        if (error is not null) { Log.Debug($"Failed to get Result property of unit {unit}: {error}"); }
        string quoted = ShellWord.Quote(unit), systemctl = $"systemctl{settings.UserWord}", journalctl = $"journalctl{settings.UserWord}";
        string advice = $"See \"{systemctl} status {quoted}\" and \"{journalctl} -xeu {quoted}\" for details.";
        _ = cause is not null && s_causes.TryGetValue(cause, out string? words)
            ? Log.Error($"Job for {unit} failed because {words}.\n{advice}\n")
            : Log.Error($"Job for {unit} failed.\n{advice}\n");
        if (cause == "start-limit-hit")
        {
            Log.Info($"To force a start use \"{systemctl} reset-failed {quoted}\"\n"
                + $"followed by \"{systemctl} start {quoted}\" again.");
        }
        return 1;
    }
}
