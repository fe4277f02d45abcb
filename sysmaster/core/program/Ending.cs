using System.Globalization;
using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.Spawn.Init;

namespace SysMaster.Program;

/// <summary>The loop has ended: init starts the manager anew (re-execution is just another recovery), or becomes the last program.</summary>
internal static unsafe class Ending
{
    private const string NextRoot = "/run/nextroot";
    private const string Removed = InitProtocol.RemovedPrograms + "shutdown";
    private const string SystemdShutdown = "/usr/lib/systemd/systemd-shutdown";

    public static int Act(Manager manager, InitLink init, List<ByteText> words)
    {
        if (!manager.IsSystem && manager.Objective != Objective.Reexec) { return Leave(init, manager.ExitCode); }
        switch (manager.Objective)
        {
            case Objective.Reexec: return 0;   // init starts the core again over its kept descriptors
            case Objective.SwitchRoot: return SwitchRoot(manager, init, words);
            case Objective.SoftReboot: return SoftReboot(manager, init, words);
            case Objective.Reboot: return Last(manager, init, "reboot");
            case Objective.Poweroff: return Last(manager, init, "poweroff");
            case Objective.Halt: return Last(manager, init, "halt");
            case Objective.Kexec: return Last(manager, init, "kexec");
            case Objective.RebootNow: return AtOnce(manager, init, LibC.RB_AUTOBOOT, "reboot");
            case Objective.PoweroffNow: return AtOnce(manager, init, LibC.RB_POWER_OFF, "poweroff");
            case Objective.HaltNow: return AtOnce(manager, init, LibC.RB_HALT_SYSTEM, "halt");
            default: return Last(manager, init, "exit");
        }
    }

    /// <summary>A user's manager: its init ends with the status, and the system's manager kills what is left of it.</summary>
    public static int Leave(InitLink init, int status) => init.End(status).Failed ? 1 : 0;

    /// <summary>Without ending or unmounting anything. Where reboot(2) is refused the long way is left.</summary>
    private static int AtOnce(Manager manager, InitLink init, uint command, string verb)
    {
        Log.Notice($"Rebooting, powering off or halting at once: {verb}.");
        Errno error = LibC.Reboot(command);
        Log.Error($"The system could not {verb} at once: {error.ToString()}");
        return Last(manager, init, verb);
    }

    private static int Last(Manager manager, InitLink init, string verb)
    {
        Log.Notice($"Shutting down.");
        List<ByteText> argv = Argv(manager, verb, [InitProtocol.ShutdownPath, Removed, SystemdShutdown]);
        if (verb == "exit") { argv.Add(new ByteText($"--exit-code={manager.ExitCode.ToString(CultureInfo.InvariantCulture)}")); }
        return Become(manager, init, argv, ExecFlags.KeepSignalMask, WatchdogFor(manager, verb));
    }

    /// <summary>What the last program is told of the watchdog: only a way that leads back is watched.</summary>
    private static List<ByteText> WatchdogFor(Manager manager, string verb)
    {
        Usec timeout = verb switch
        {
            "reboot" => manager.Settings.Get(ManagerDirectives.RebootWatchdogSec),
            "kexec" => manager.Settings.Get(ManagerDirectives.KExecWatchdogSec),
            _ => Usec.Zero,
        };
        manager.Watchdog.Leave(disarm: timeout == Usec.Zero || timeout.IsInfinity);
        if (timeout == Usec.Zero || timeout.IsInfinity) { return []; }
        var list = new List<ByteText> { new($"WATCHDOG_USEC={timeout.Value.ToString(CultureInfo.InvariantCulture)}") };
        ByteText device = manager.Settings.Get(ManagerDirectives.WatchdogDevice);
        if (!device.IsEmpty) { list.Add(new ByteText($"WATCHDOG_DEVICE={device.ToString()}")); }
        return list;
    }

    private static int SwitchRoot(Manager manager, InitLink init, List<ByteText> words)
    {
        string[] asked = (manager.ObjectiveArgument ?? "").Split('\n');
        return Next(manager, init, words, "switch-root", asked[0], asked.Length > 1 ? asked[1] : "");
    }

    /// <summary>Into /run/nextroot where somebody has prepared one, else the same root again.</summary>
    private static int SoftReboot(Manager manager, InitLink init, List<ByteText> words)
    {
        string root = manager.ObjectiveArgument ?? "";
        if (root.Length == 0 && (Sys.Exists(new ByteText(NextRoot + "/etc/os-release")) || Sys.Exists(new ByteText(NextRoot + "/usr/lib/os-release")))) { root = NextRoot; }
        Log.Notice($"Soft-rebooting.");
        return Next(manager, init, words, "soft-reboot", root, "");
    }

    /// <summary>Another userspace follows. What it finds in the state log, an init of ours in the new root goes on from.</summary>
    private static int Next(Manager manager, InitLink init, List<ByteText> words, string verb, string root, string program)
    {
        manager.SaveForSuccessor(BootPhase.Prepare);
        List<ByteText> argv = Argv(manager, verb, [InitProtocol.ShutdownPath, Removed]);
        if (root.Length > 0) { argv.Add(new ByteText($"--root={root}")); }
        if (program.Length > 0) { argv.Add(new ByteText($"--init={program}")); }
        argv.Add("--"u8);
        argv.AddRange(words);
        int code = Become(manager, init, argv, ExecFlags.KeepSignalMask | ExecFlags.KeepState, []);
        manager.SaveForSuccessor(BootPhase.Done);
        return code;
    }

    /// <param name="programs">Ours; where it is gone, with the packages or by hand, what their removal has left, or systemd's: it knows the same words.</param>
    private static List<ByteText> Argv(Manager manager, string verb, string[] programs) =>
    [
        new(Array.Find(programs, static program => Sys.Exists(new ByteText(program))) ?? programs[0]), new(verb),
        new($"--timeout={manager.Settings.Get(ManagerDirectives.DefaultTimeoutStopSec).Value.ToString(CultureInfo.InvariantCulture)}us"),
        new($"--log-level={((int)Log.MaxLevel).ToString(CultureInfo.InvariantCulture)}"), new("--log-target=kmsg"),
    ];

    private static int Become(Manager manager, InitLink init, List<ByteText> argv, ExecFlags flags, List<ByteText> more)
    {
        Errno error = init.Exec(argv[0], argv.ToArray(), [.. manager.OwnEnvironment, .. more], flags);
        Log.Critical($"{argv[0].ToString()} cannot be executed: {error.ToString()}");
        return 1;
    }
}
