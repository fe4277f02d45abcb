using System.Text.RegularExpressions;

namespace SysMaster.Compat;

/// <summary>Takes out of observed text what differs between two runs of the same manager: times, process ids, other ids.</summary>
public static partial class Normal
{
    /// <summary>Edges and names, which the manager keeps in no order.</summary>
    private static readonly HashSet<string> s_sets =
    [
        "Names", "Requires", "Requisite", "Wants", "BindsTo", "PartOf", "Upholds", "RequiredBy", "RequisiteOf", "WantedBy", "BoundBy", "UpheldBy", "ConsistsOf",
        "Conflicts", "ConflictedBy", "Before", "After", "OnFailure", "OnFailureOf", "OnSuccess", "OnSuccessOf", "Triggers", "TriggeredBy",
        "PropagatesReloadTo", "ReloadPropagatedFrom", "PropagatesStopTo", "StopPropagatedFrom", "JoinsNamespaceOf", "SliceOf", "RequiresMountsFor",
    ];

    /// <summary>Properties that the first reference, 252, does not have: compared only where a scenario asks for them.</summary>
    private static readonly HashSet<string> s_later =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "later.tsv")).Where(l => l[0] != '#').Select(l => l.Split('\t')[1])];

    public static string Line(string line)
    {
        Match property = Shown().Match(line);
        if (property.Success && s_sets.Contains(property.Groups[2].Value)) { return property.Groups[1].Value + Property($"{property.Groups[2].Value}={property.Groups[3].Value}"); }
        line = Elapse().Replace(line, "next_elapse=<time>");
        line = JobId().Replace(line, "> <job> $1");
        line = JobPath().Replace(line, "/job/<n>");
        line = Id().Replace(line, "<id>");
        line = Stamp().Replace(line, "<time>");
        line = Ago().Replace(line, "; <ago>");
        line = Process().Replace(line, "$1<pid>");
        line = Took().Replace(line, "<span> CPU time");
        line = Runtime().Replace(line, "$1: <span>");
        line = Host().Replace(line, "<host>");
        return line;
    }

    /// <summary>One <c>KEY=VALUE</c> of <c>systemctl show</c>; null when the value says nothing that could be compared.</summary>
    public static string? Property(string line)
    {
        int equals = line.IndexOf('=');
        if (equals <= 0) { return Line(line); }
        string key = line[..equals], value = line[(equals + 1)..];
        if (s_later.Contains(key)) { return null; }
        if (key is "StateChangeTimestamp" or "StateChangeTimestampMonotonic" or "CPUUsageNSec" or "MemoryCurrent" or "MemoryAvailable" or "MemoryPeak"
            or "ControlGroupId" or "EffectiveMemoryMax" or "EffectiveMemoryHigh" or "EffectiveTasksMax" or "StartupMemoryMax" or "EffectiveCPUs" or "EffectiveMemoryNodes"
            || key.StartsWith("IO", StringComparison.Ordinal) && (key.EndsWith("Bytes", StringComparison.Ordinal) || key.EndsWith("Operations", StringComparison.Ordinal))
            || key.StartsWith("IP", StringComparison.Ordinal) && (key.EndsWith("Bytes", StringComparison.Ordinal) || key.EndsWith("Packets", StringComparison.Ordinal)))
            return null;
        if (key.Contains("Timestamp", StringComparison.Ordinal) || key is "NextElapseUSecRealtime" or "NextElapseUSecMonotonic" or "LastTriggerUSec" or "LastTriggerUSecMonotonic")
            return value is "" or "0" or "n/a" or "infinity" ? line : key + "=<time>";
        if (s_sets.Contains(key)) { return $"{key}={string.Join(' ', value.Split(' ').Order(StringComparer.Ordinal))}"; }
        if (key == "Job" && value.Length > 0) { return "Job=<job>"; }
        if (key.EndsWith("PID", StringComparison.Ordinal) && value is not ("0" or "")) { return key + "=<pid>"; }
        if (key.StartsWith("Exec", StringComparison.Ordinal))
            line = ExecPid().Replace(ExecTime().Replace(line, "$1=[<time>]"), "pid=<pid>");
        return Line(line);
    }

    [GeneratedRegex(@"^(\S+ )([A-Z][A-Za-z]+)=(.*)$")] private static partial Regex Shown();
    [GeneratedRegex(@"next_elapse=[^}]*[^} ]")] private static partial Regex Elapse();
    [GeneratedRegex(@"^> +\d+ (\S+\.[a-z]+ +[a-z-]+ +(running|waiting))")] private static partial Regex JobId();
    [GeneratedRegex(@"(?<=/org/freedesktop/systemd1)/job/\d+")] private static partial Regex JobPath();
    [GeneratedRegex(@"\b[0-9a-f]{32}\b|\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")] private static partial Regex Id();
    [GeneratedRegex(@"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{4}-\d\d-\d\d \d\d:\d\d:\d\d [A-Z]+")] private static partial Regex Stamp();
    [GeneratedRegex(@"; [0-9a-z ]+ (ago|left)\b")] private static partial Regex Ago();
    [GeneratedRegex(@"(?i)\b(process |pid[ :=]+|processes |cgroup process )\d+\b")] private static partial Regex Process();
    [GeneratedRegex(@"[0-9.]+(us|ms|s)( [0-9.]+(us|ms|s))* CPU time")] private static partial Regex Took();
    [GeneratedRegex(@"(Service runtime|CPU time consumed): .*")] private static partial Regex Runtime();
    [GeneratedRegex(@"\bcompat-[a-z]+-\d+-\d+\b")] private static partial Regex Host();
    [GeneratedRegex(@"(start_time|stop_time)=\[(?!n/a)[^\]]*\]")] private static partial Regex ExecTime();
    [GeneratedRegex(@"pid=[1-9]\d*")] private static partial Regex ExecPid();
}
