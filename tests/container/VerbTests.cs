using System.Text.RegularExpressions;
using SysMaster.TestRigs;

namespace SysMaster.Container.Tests;

/// <summary>
/// The real clients against both managers, in one case: the same script, the same transcript, but for what is different in every run.
/// The scripts lie in verbs/; a further verb is a further line there.
/// </summary>
public sealed partial class VerbTests(Containers containers) : IClassFixture<Containers>
{
    private static readonly string s_folder = Path.Combine(Shell.Root, "tests", "container", "verbs");

    [Theory]
    [InlineData("states")]
    [InlineData("files")]
    [InlineData("properties")]
    [InlineData("refusals")]
    [InlineData("transient")]
    [InlineData("activation")]
    public void Both_managers_answer_the_clients_alike(string script)
    {
        (string systemd, string sysmaster) = OnBoth(script, containers.Get("systemd", "minimal"), containers.Get("sysmaster", "minimal"));

        Difference(Steady(systemd), Steady(sysmaster)).Should().BeEmpty();
    }

    [Fact]
    public void Every_property_shows_alike()
    {
        // Machines of their own: what other cases reload or re-execute, systemd forgets some values of.
        using Machine reference = Containers.Boot("systemd", "minimal"), subject = Containers.Boot("sysmaster", "minimal");
        (string systemd, string sysmaster) = OnBoth("show", reference, subject);

        Dictionary<string, string> theirs = Properties(systemd), ours = Properties(sysmaster);
        ours.Keys.Where(static k => !LaterMembers.Has(k[(k.LastIndexOf(' ') + 1)..])).Should().BeEquivalentTo(theirs.Keys);
        string.Join('\n', theirs.Where(p => ours[p.Key] != p.Value && !s_argued.Contains(p.Key)).Select(p => $"{p.Key}: {p.Value} <> {ours[p.Key]}")).Should().BeEmpty();
    }

    /// <summary>
    /// Known differences, docs/status.md: a reload makes systemd forget how a command ended, and stamp units whose state never changed; its
    /// manager pings a watchdog that ours has init for.
    /// </summary>
    private static readonly HashSet<string> s_argued =
    [
        "systemd-sysctl ExecStart", "systemd-sysctl ExecStartEx", "shutdown.target StateChangeTimestamp", "shutdown.target StateChangeTimestampMonotonic",
        "emergency.service StateChangeTimestamp", "emergency.service StateChangeTimestampMonotonic", "manager WatchdogLastPingTimestampMonotonic",
    ];

    private static (string Systemd, string Sysmaster) OnBoth(string script, Machine reference, Machine subject)
    {
        string text = File.ReadAllText(Path.Combine(s_folder, "prelude.sh")) + File.ReadAllText(Path.Combine(s_folder, script + ".sh"));
        Task<string> systemd = Task.Run(() => reference.Exec(text, 240).Output);
        string sysmaster = subject.Exec(text, 240).Output;
        return (systemd.Result, sysmaster);
    }

    /// <summary>Lines without what no two runs have in common: numbers of processes and jobs, times, names of transient units, the host's name.</summary>
    internal static string Steady(string transcript)
    {
        transcript = transcript.Replace("/usr/lib/systemd/", "/lib/systemd/", StringComparison.Ordinal);
        foreach ((Regex what, string with) in s_volatile) { transcript = what.Replace(transcript, with); }
        return transcript;
    }

    internal static string Difference(string a, string b)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        File.WriteAllText(Path.Combine(folder, "systemd"), a);
        File.WriteAllText(Path.Combine(folder, "sysmaster"), b);
        Outcome outcome = Shell.Run("diff", ["-Z", "-U2", Path.Combine(folder, "systemd"), Path.Combine(folder, "sysmaster")], 10);
        Directory.Delete(folder, recursive: true);
        return outcome.Output;
    }

    private static readonly (Regex What, string With)[] s_volatile =
    [
        (Times(), "TIME"), (Ago(), "TIME ago"), (Pids(), "$1 N"), (TreePids(), "$1N "), (Jobs(), "job N"), (Table(), "N $1"), (Cpu(), "CPU: N"), (Run(), "run-N"), (JobPath(), "/job/N"),
        (Sources(), ""), (Blanks(), " "), (Empty(), "\n"),
    ];

    [GeneratedRegex(@"[A-Z][a-z][a-z] \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC")]
    private static partial Regex Times();

    [GeneratedRegex(@"TIME; .* ago")]
    private static partial Regex Ago();

    [GeneratedRegex(@"\b(PID:|[Pp]rocess:?|[Pp]rocess ID|PID) \d+")]
    private static partial Regex Pids();

    [GeneratedRegex(@"([├└]─)\d+ ")]
    private static partial Regex TreePids();

    [GeneratedRegex(@"job \d+")]
    private static partial Regex Jobs();

    [GeneratedRegex(@"(?m)^\d+ +(v\w+\.service +start)")]
    private static partial Regex Table();

    [GeneratedRegex(@"CPU: \S+")]
    private static partial Regex Cpu();

    [GeneratedRegex(@"run-[ur][0-9a-f]+")]
    private static partial Regex Run();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Blanks();

    [GeneratedRegex("\n{2,}")]
    private static partial Regex Empty();

    [GeneratedRegex(@"/job/\d+")]
    private static partial Regex JobPath();

    // Debian's systemd was built to look into both names of a merged /usr.
    [GeneratedRegex(@"(?m)^/lib/systemd/system\n(?=/lib/systemd/system\n)")]
    private static partial Regex Sources();

    /// <summary>"unit property" to value; lists as sets, numbers that count something as N.</summary>
    private static Dictionary<string, string> Properties(string shown)
    {
        var found = new Dictionary<string, string>();
        string unit = "", last = "";
        foreach (string line in shown.Replace("/usr/lib/systemd/", "/lib/systemd/", StringComparison.Ordinal).Split('\n'))
        {
            if (line.StartsWith("@@@ ", StringComparison.Ordinal)) { unit = line[4..]; }
            else if (Property().Match(line) is { Success: true } match)
            {
                last = $"{unit} {match.Groups[1].Value}";
                string value = Normal(match.Groups[1].Value, match.Groups[2].Value);
                found[last] = found.TryGetValue(last, out string? before) ? $"{before}\n{value}" : value;
            }
        }
        foreach (string ignored in found.Keys.Where(IsOurOwn).ToList()) { found.Remove(ignored); }
        return found;
    }

    [GeneratedRegex("^([A-Z][A-Za-z0-9]*)=(.*)$")]
    private static partial Regex Property();

    private static string Normal(string name, string value)
    {
        if (name.EndsWith("Timestamp", StringComparison.Ordinal) || name.EndsWith("TimestampMonotonic", StringComparison.Ordinal)) { return value is "" or "0" ? "never" : "once"; }
        if (s_lists.Contains(name)) { return string.Join(' ', value.Split(' ').Order()); }
        if (name == "InvocationID") { return value.Length == 0 ? "none" : "one"; }
        if (s_counts.Contains(name)) { return Number().Replace(value, "N"); }
        return value.StartsWith("{ path=", StringComparison.Ordinal) ? Run1().Replace(value, "$1=N") : value;
    }

    [GeneratedRegex(@"[0-9][0-9a-f.]*")]
    private static partial Regex Number();

    [GeneratedRegex(@"(start_time|stop_time|pid)=(\[[^]]*\]|\d+)")]
    private static partial Regex Run1();

    private static readonly HashSet<string> s_lists =
    [
        "Requires", "Wants", "Before", "After", "Conflicts", "ConflictedBy", "RequiredBy", "WantedBy", "BoundBy", "BindsTo", "PartOf", "ConsistsOf", "Triggers", "TriggeredBy",
        "Names", "RequiresMountsFor", "PropagatesReloadTo", "SliceOf", "OnFailure", "OnFailureOf", "OnSuccess", "PropagatesStopTo", "StopPropagatedFrom", "ReloadPropagatedFrom",
        "IPAddressAllow", "IPAddressDeny",
    ];

    private static readonly HashSet<string> s_counts =
    [
        "MainPID", "ExecMainPID", "ControlPID", "MemoryCurrent", "MemoryAvailable", "CPUUsageNSec", "TasksCurrent", "ControlGroupId",
        "NextElapseUSecMonotonic", "NextElapseUSecRealtime", "LastTriggerUSec", "TimersMonotonic", "TimersCalendar", "NNames", "NJobs", "NInstalledJobs", "NFailedJobs",
    ];

    /// <summary>
    /// What is to be different: the version; the names of what happens to lie in a slice or behind a barrier of the boot; the mount below
    /// the machine's root, which the rig makes.
    /// </summary>
    private static bool IsOurOwn(string key)
    {
        string[] words = key.Split(' ');
        if (words[0] == "manager") { return words[1] is "Version" or "Features" or "UnitPath" or "NNames" or "NJobs" or "NInstalledJobs" or "NFailedJobs" or "LogLevel" or "LogTarget" or "Environment"; }
        if (words[0] == "-.mount" && words[1] is "Options") { return true; }
        // The groups know calls of later kernels.
        if (words[0] == "systemd-logind" && words[1] is "SystemCallFilter") { return true; }
        // Credentials of boot services are mounts here, as on a machine; systemd cannot mount them in a container.
        return words[1] is "SliceOf" or "RequiredBy" or "Before" or "After" or "ConflictedBy" or "CPUUsageNSec"
            && words[0] is "-.slice" or "system.slice" or "-.mount" or "local-fs.target" or "shutdown.target" or "sysinit.target" or "emergency.service" or "dbus.socket"
            && words[1] is "SliceOf" or "RequiredBy" or "Before" or "After" or "ConflictedBy" or "CPUUsageNSec";
    }
}
