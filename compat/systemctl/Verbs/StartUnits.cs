using System.Text;
using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Systemctl;

/// <summary>start, stop, restart and their kin: asks for a job each, and waits for all.</summary>
internal static class StartUnits
{
    /// <summary>Verb, method of the manager, type of the job.</summary>
    private static readonly (string Verb, string Method, string Job)[] s_verbs =
    [
        ("start", "StartUnit", "start"), ("stop", "StopUnit", "stop"), ("condstop", "StopUnit", "stop"), ("reload", "ReloadUnit", "reload"),
        ("restart", "RestartUnit", "restart"), ("try-restart", "TryRestartUnit", "try-restart"), ("condrestart", "TryRestartUnit", "try-restart"),
        ("reload-or-restart", "ReloadOrRestartUnit", "reload-or-restart"), ("try-reload-or-restart", "ReloadOrTryRestartUnit", "reload-or-try-restart"),
        ("reload-or-try-restart", "ReloadOrTryRestartUnit", "reload-or-try-restart"), ("condreload", "ReloadOrTryRestartUnit", "reload-or-try-restart"),
        ("force-reload", "ReloadOrTryRestartUnit", "reload-or-try-restart"), ("isolate", "StartUnit", "start"),
    ];

    public static int Run(Session session, string[] words)
    {
        Settings settings = session.Settings;
        string verb = words[0];
        if (settings.Wait && verb is not ("start" or "restart")) { return Log.Error("--wait may only be used with the 'start' or 'restart' commands."); }
        if (session.Manager() is not { } caller) { return 1; }
        Agents.Open(settings, passwords: true);
        if (settings.Marked) { return Marked(caller, settings); }
        (_, string method, string job) = Array.Find(s_verbs, v => v.Verb == verb);
        UnitKind kind = verb == "isolate" ? UnitKind.Target : UnitKind.Service;
        if (UnitNames.Expand(session, caller, words[1..], kind, out bool hadGlobs) is not { } names) { return 1; }
        if (hadGlobs && job == "start" && !settings.All && !settings.Quiet)
        {
            Log.Warning($"Warning: {Colors.HighlightRed}systemctl start called with a glob pattern.{Colors.Normal}");
            Log.Notice("Hint: unit globs expand to loaded units, so start will usually have no effect.\n"
                + "      Passing --all will also load units which are pulled in by other units.\n"
                + "      See systemctl(1) for more details.");
        }
        return Run(caller, settings, names, method, job, verb == "isolate" ? "isolate"
            : settings.JobModeOrReplace, checkTriggers: verb is "stop" or "condstop");
    }

    /// <summary>One job for each of the units.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(Caller caller, Settings settings, List<string> names, string method, string job, string mode, bool checkTriggers)
    {
        UnitWaiter? units = settings.Wait ? UnitWaiter.Start(caller) : null;
        JobWaiter? jobs = settings.NoBlock ? null : JobWaiter.Start(caller);
        if (jobs is null && !settings.NoBlock) { return 1; }
        int code = 0;
        var taken = new List<string>();
        foreach (string name in names)
        {
            BusError? error = One(caller, settings, name, method, job, mode, jobs, units);
            if (error is null) { taken.Add(name); }
            else if (code == 0) { code = ExitCodeOf(error); }
        }
        if (jobs is not null && jobs.Wait(settings) is var ended && ended != 0) { return ended; }
        if (checkTriggers && !settings.NoBlock && !settings.Quiet && !settings.NoWarn)
        {
            foreach (string name in taken) { TriggerWarning.Say(caller, name); }
        }
        if (units is not null && units.Wait() && code == 0) { code = 1; }
        return code;
    }

    /// <summary>The LSB's exit codes for the manager's refusals.</summary>
    public static int ExitCodeOf(BusError error) => error.Name switch
    {
        BusError.AccessDenied or BusError.OnlyByDependency or BusError.NoIsolation or BusError.TransactionIsDestructive => 4,
        BusError.NoSuchUnit => 5,
        BusError.JobTypeNotApplicable or BusError.NotSupported => 3,
        BusError.LoadFailed => 6,
        _ => 1,
    };

    private static BusError? One(
        Caller caller, Settings settings, string name, string method, string job, string mode, JobWaiter? jobs, UnitWaiter? units)
    {
        Log.Debug($"{(settings.DryRun ? "Would execute" : "Executing")} dbus call org.freedesktop.systemd1.Manager {method}({name}, {mode})");
        if (settings.DryRun) { return null; }
        BusReply reply = settings.ShowTransaction
            ? caller.Manager("EnqueueUnitJob", "sss", w => { w.WriteString(name); w.WriteString(job); w.WriteString(mode); })
            : caller.Manager(method, "ss", w => { w.WriteString(name); w.WriteString(mode); });
        if (reply.Failed) { return Refused(reply.Error!, settings, name, job); }
        string path = PathOf(reply, settings, job);
        if (ReloadWarning.IsNeeded(caller, name)) { ReloadWarning.Say(name, settings); }
        jobs?.Add(path, name);
        units?.Add(name);
        return null;
    }

    private static BusError Refused(BusError error, Settings settings, string name, string job)
    {
        _ = Log.Error($"Failed to {job} {name}: {error}");
        if (!error.Is(BusError.NoSuchUnit, BusError.UnitMasked, BusError.JobTypeNotApplicable))
        {
            string logs = settings.IsUser ? "user" : "system";
            _ = Log.Error($"See {logs} logs and 'systemctl{settings.UserWord} status{(name.StartsWith('-') ? " --" : "")} {name}' for details.");
        }
        return error;
    }

    // EnqueueUnitJob() answers with all that the job brings with it.
    private static string PathOf(BusReply reply, Settings settings, string job)
    {
        MessageReader reader = reply.Reader;
        if (!settings.ShowTransaction) { return Encoding.UTF8.GetString(reader.ReadObjectPath()); }
        uint id = reader.ReadUInt32();
        string path = Encoding.UTF8.GetString(reader.ReadObjectPath());
        string unit = reader.ReadText();
        _ = reader.ReadObjectPath();
        string type = reader.ReadText();
        _ = job;
        if (!settings.Quiet) { Log.Info($"Enqueued anchor job {id} {unit}/{type}."); }
        ArrayToken others = reader.BeginArray(8);
        while (reader.HasNext(others))
        {
            reader.BeginStruct();
            uint other = reader.ReadUInt32();
            _ = reader.ReadObjectPath();
            string its = reader.ReadText();
            _ = reader.ReadObjectPath();
            string kind = reader.ReadText();
            if (!settings.Quiet) { Log.Info($"Enqueued auxiliary job {other} {its}/{kind}."); }
        }
        reader.EndArray(others);
        return path;
    }

    /// <summary>reload-or-restart --marked: whatever packages have marked.</summary>
    private static int Marked(Caller caller, Settings settings)
    {
        JobWaiter? jobs = settings.NoBlock ? null : JobWaiter.Start(caller);
        if (jobs is null && !settings.NoBlock) { return 1; }
        Log.Debug($"{(settings.DryRun ? "Would execute" : "Executing")} dbus call org.freedesktop.systemd1.Manager EnqueueMarkedJobs()");
        if (settings.DryRun) { return 0; }
        BusReply reply = caller.Manager("EnqueueMarkedJobs").Expect("ao");
        if (reply.Failed) { return Log.Error($"Failed to start jobs: {reply.Error}"); }
        MessageReader reader = reply.Reader;
        int failed = 0;
        foreach (string item in reader.ReadTexts())
        {
            // A job's path, or what could not be started and why.
            if (item.StartsWith('/')) { jobs?.Add(item, item); }
            else { failed = Log.Error($"Failed to start jobs: {item}"); }
        }
        int ended = jobs?.Wait(settings) ?? 0;
        return failed != 0 ? failed : ended;
    }
}
