using System.Collections.Frozen;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Boot;

/// <summary>
/// What a user's services start from: the environment of the manager itself, less what was meant for the manager alone. systemd.exec(5),
/// "ENVIRONMENT VARIABLES IN SPAWNED PROCESSES".
/// </summary>
public static class UserEnvironment
{
    private static readonly FrozenSet<string> s_own = new[]
    {
        "CACHE_DIRECTORY", "CONFIGURATION_DIRECTORY", "CREDENTIALS_DIRECTORY", "EXIT_CODE", "EXIT_STATUS", "FDSTORE", "INVOCATION_ID", "JOURNAL_STREAM",
        "LISTEN_FDNAMES", "LISTEN_FDS", "LISTEN_PID", "LOGS_DIRECTORY", "LOG_NAMESPACE", "MAINPID", "MANAGERPID", "MEMORY_PRESSURE_WATCH",
        "MEMORY_PRESSURE_WRITE", "MONITOR_EXIT_CODE", "MONITOR_EXIT_STATUS", "MONITOR_INVOCATION_ID", "MONITOR_SERVICE_RESULT", "MONITOR_UNIT",
        "NOTIFY_SOCKET", "PIDFILE", "REMOTE_ADDR", "REMOTE_PORT", "RUNTIME_DIRECTORY", "SERVICE_RESULT", "STATE_DIRECTORY", "TRIGGER_PATH",
        "TRIGGER_TIMER_MONOTONIC_USEC", "TRIGGER_TIMER_REALTIME_USEC", "TRIGGER_UNIT", "WATCHDOG_PID", "WATCHDOG_USEC",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Sorted by name, as `systemctl --user show-environment` lists it.</summary>
    public static List<ByteText> ForServices(IReadOnlyList<ByteText> own)
    {
        var list = new List<ByteText>(own.Count + 1);
        bool hasPath = false;
        foreach (ByteText variable in own)
        {
            string name = new ByteText(EnvironmentText.NameOf(variable.Span)).ToString();
            if (!EnvironmentText.IsValidAssignment(variable.Span) || s_own.Contains(name)) { continue; }
            hasPath |= name == "PATH";
            list.Add(variable);
        }
        if (!hasPath) { list.Add(new ByteText("PATH=" + DefaultEnvironment.Path)); }
        list.Sort();
        return list;
    }
}
