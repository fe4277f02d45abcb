using System.Globalization;
using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.Spawn.Init;

namespace SysMaster.Program;

/// <summary>The loop has ended: init starts the manager anew (re-execution is just another recovery), or becomes the last program.</summary>
internal static class Ending
{
    private const string Shutdown = "/usr/lib/sysmaster/shutdown";

    public static int Act(Manager manager, InitLink init)
    {
        if (!manager.IsSystem && manager.Objective != Objective.Reexec) { return Leave(init, manager.ExitCode); }
        switch (manager.Objective)
        {
            case Objective.Reexec: return 0;   // init starts the core again over its kept descriptors
            case Objective.SwitchRoot: return SwitchRoot(manager, init);
            case Objective.Reboot or Objective.RebootNow: return Last(manager, init, "reboot");
            case Objective.Poweroff or Objective.PoweroffNow: return Last(manager, init, "poweroff");
            case Objective.Halt or Objective.HaltNow: return Last(manager, init, "halt");
            case Objective.Kexec: return Last(manager, init, "kexec");
            case Objective.SoftReboot: return Last(manager, init, "reboot");
            default: return Last(manager, init, "exit");
        }
    }

    /// <summary>A user's manager: its init ends with the status, and the system's manager kills what is left of it.</summary>
    public static int Leave(InitLink init, int status) => init.End(status).Failed ? 1 : 0;

    private static int Last(Manager manager, InitLink init, string verb)
    {
        Log.Notice($"Shutting down.");
        ulong timeout = manager.Settings.Get(ManagerDirectives.DefaultTimeoutStopSec).Value;
        var argv = new List<ByteText>
        {
            new(Shutdown), new(verb), new($"--timeout={timeout.ToString(CultureInfo.InvariantCulture)}us"),
            new($"--log-level={((int)Log.MaxLevel).ToString(CultureInfo.InvariantCulture)}"), new("--log-target=kmsg"),
        };
        if (verb == "exit") { argv.Add(new ByteText($"--exit-code={manager.ExitCode.ToString(CultureInfo.InvariantCulture)}")); }
        Errno error = init.Exec(default, new ByteText(Shutdown), argv.ToArray(), manager.OwnEnvironment.ToArray(), ExecFlags.KeepSignalMask);
        Log.Critical($"{Shutdown} cannot be executed: {error.ToString()}");
        return 1;
    }

    private static int SwitchRoot(Manager manager, InitLink init)
    {
        string[] words = (manager.ObjectiveArgument ?? "").Split('\n');
        string root = words[0], program = words.Length > 1 && words[1].Length > 0 ? words[1] : "/sbin/init";
        ByteText[] argv = [new ByteText(program), "--switched-root"u8, "--system"u8];
        Errno error = init.Exec(new ByteText(root), new ByteText(program), argv, manager.OwnEnvironment.ToArray(), ExecFlags.None);
        Log.Critical($"Switching to {root} failed: {error.ToString()}");
        return 1;
    }
}
