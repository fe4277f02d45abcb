namespace SysMaster.Systemctl;

/// <summary>The verbs, and how one is chosen.</summary>
internal static class VerbTable
{
    private const VerbPlace Online = VerbPlace.Online, Anywhere = VerbPlace.Anywhere, Files = VerbPlace.Files;

    public static readonly Verb[] All =
    [
        new("list-units", 0, Verb.Any, Online, ListUnits.Run),
        new("list-unit-files", 0, Verb.Any, Files, ListUnitFiles.Run),
        new("list-automounts", 0, Verb.Any, Online, ListAutomounts.Run),
        new("list-sockets", 0, Verb.Any, Online, ListSockets.Run),
        new("list-timers", 0, Verb.Any, Online, ListTimers.Run),
        new("list-paths", 0, Verb.Any, Online, ListPaths.Run),
        new("list-jobs", 0, Verb.Any, Online, ListJobs.Run),
        new("list-machines", 0, Verb.Any, Online, ListMachines.Run),
        new("clear-jobs", 0, 0, Online, Trivial.Run),
        new("cancel", 0, Verb.Any, Online, CancelJobs.Run),
        new("start", 1, Verb.Any, Online, StartUnits.Run),
        new("stop", 1, Verb.Any, Online, StartUnits.Run),
        new("condstop", 1, Verb.Any, Online, StartUnits.Run),
        new("reload", 1, Verb.Any, Online, StartUnits.Run),
        new("restart", 1, Verb.Any, Online, StartUnits.Run),
        new("try-restart", 1, Verb.Any, Online, StartUnits.Run),
        new("reload-or-restart", 0, Verb.Any, Online, StartUnits.Run),
        new("reload-or-try-restart", 1, Verb.Any, Online, StartUnits.Run),
        new("try-reload-or-restart", 1, Verb.Any, Online, StartUnits.Run),
        new("force-reload", 1, Verb.Any, Online, StartUnits.Run),
        new("condreload", 1, Verb.Any, Online, StartUnits.Run),
        new("condrestart", 1, Verb.Any, Online, StartUnits.Run),
        new("isolate", 1, 1, Online, StartUnits.Run),
        new("kill", 1, Verb.Any, Online, KillUnits.Run),
        new("clean", 1, Verb.Any, Online, CleanOrFreeze.Run),
        new("freeze", 1, Verb.Any, Online, CleanOrFreeze.Run),
        new("thaw", 1, Verb.Any, Online, CleanOrFreeze.Run),
        new("is-active", 1, Verb.Any, Online, IsActive.Run),
        new("check", 1, Verb.Any, Online, IsActive.Run),
        new("is-failed", 1, Verb.Any, Online, IsActive.RunFailed),
        new("show", 0, Verb.Any, Online, Show.Run),
        new("cat", 1, Verb.Any, Online, Cat.Run),
        new("status", 0, Verb.Any, Online, Show.Run),
        new("help", 0, Verb.Any, Online, Show.Run),
        new("daemon-reload", 0, 0, Online, DaemonReload.Run),
        new("daemon-reexec", 0, 0, Online, DaemonReload.Run),
        new("log-level", 0, 1, Online, LogSetting.Run),
        new("log-target", 0, 1, Online, LogSetting.Run),
        new("service-log-level", 1, 2, Online, LogSetting.RunService),
        new("service-log-target", 1, 2, Online, LogSetting.RunService),
        new("service-watchdogs", 0, 1, Online, ServiceWatchdogs.Run),
        new("show-environment", 0, 0, Online, ManagerEnvironment.Show),
        new("set-environment", 1, Verb.Any, Online, ManagerEnvironment.Set),
        new("unset-environment", 1, Verb.Any, Online, ManagerEnvironment.Set),
        new("import-environment", 0, Verb.Any, Online, ManagerEnvironment.Import),
        new("halt", 0, 0, Online, StartSpecial.Run),
        new("poweroff", 0, 0, Online, StartSpecial.Run),
        new("reboot", 0, 1, Online, StartSpecial.Run),
        new("kexec", 0, 0, Online, StartSpecial.Run),
        new("suspend", 0, 0, Online, StartSpecial.Run),
        new("hibernate", 0, 0, Online, StartSpecial.Run),
        new("hybrid-sleep", 0, 0, Online, StartSpecial.Run),
        new("suspend-then-hibernate", 0, 0, Online, StartSpecial.Run),
        new("default", 0, 0, Online, StartSpecial.Run),
        new("rescue", 0, 0, Online, StartSpecial.Run),
        new("emergency", 0, 0, Online, StartSpecial.Run),
        new("exit", 0, 1, Online, StartSpecial.Run),
        new("soft-reboot", 0, 0, Online, StartSpecial.Run),
        new("whoami", 0, Verb.Any, Online, WhoAmI.Run),
        new("reset-failed", 0, Verb.Any, Online, ResetFailed.Run),
        new("enable", 1, Verb.Any, Files, Enable.Run),
        new("disable", 1, Verb.Any, Files, Enable.Run),
        new("is-enabled", 1, Verb.Any, Files, IsEnabled.Run),
        new("reenable", 1, Verb.Any, Files, Enable.Run),
        new("preset", 1, Verb.Any, Files, Enable.Run),
        new("preset-all", 0, 0, Files, PresetAll.Run),
        new("mask", 1, Verb.Any, Files, Enable.Run),
        new("unmask", 1, Verb.Any, Files, Enable.Run),
        new("link", 1, Verb.Any, Files, Enable.Run),
        new("revert", 1, Verb.Any, Files, Enable.Run),
        new("switch-root", 1, Verb.Any, Online, SwitchRoot.Run),
        new("list-dependencies", 0, Verb.Any, Online, ListDependencies.Run),
        new("set-default", 1, 1, Files, DefaultTarget.Set),
        new("get-default", 0, 0, Files, DefaultTarget.Get),
        new("set-property", 2, Verb.Any, Online, SetProperty.Run),
        new("is-system-running", 0, 0, Files, IsSystemRunning.Run),
        new("add-wants", 2, Verb.Any, Files, AddDependency.Run),
        new("add-requires", 2, Verb.Any, Files, AddDependency.Run),
        new("edit", 1, Verb.Any, Online, Edit.Run),
        new("bind", 2, 3, Online, BindMount.Run),
        new("mount-image", 3, 4, Online, MountImage.Run),
    ];

    public static int Dispatch(Session session, string[] operands)
    {
        string name = operands.FirstOrDefault("list-units");
        if (session.Settings.Scheduled == ScheduleQuestion.Show) { return ScheduledEnd.Show(session, $"systemctl {name} --when=cancel"); }
        if (session.Settings.Scheduled == ScheduleQuestion.Cancel) { return ScheduledEnd.Cancel(session); }
        Verb? verb = Array.Find(All, v => v.Name == name);
        if (verb is null) { return Log.Error($"Unknown command verb {name}."); }
        int count = Math.Max(operands.Length - 1, 0);
        if (count < verb.Least) { return Log.Error("Too few arguments."); }
        if (verb.Most >= 0 && count > verb.Most) { return Log.Error("Too many arguments."); }
        if (verb.Where == Online && Booted.IsOffline)
        {
            Log.Info($"Running in chroot, ignoring command '{name}'");
            return 0;
        }
        Settings settings = session.Settings;
        if ((settings.Root.Length > 0 || settings.Image.Length > 0) && verb.Where != Files)
        {
            return Log.Error($"Verb '{name}' cannot be used with --root= or --image=.");
        }
        if (settings.Image.Length == 0) { return verb.Run(session, operands.Length > 0 ? operands : [name]); }
        using DiskImage? image = DiskImage.Open(settings);
        return image is null ? 1 : verb.Run(session, operands);
    }
}
