using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Core.Status;
using SysMaster.Linux;
using SysMaster.Spawn.Init;
using SysMaster.UnitFiles;

namespace SysMaster.Program;

/// <summary>Signals that PID 1, or a user's manager, receives and what they mean. systemd(1), "SIGNALS". SIGRTMIN+0 belongs to the runtime: a documented gap.</summary>
internal static class Signals
{
    private const int SIGHUP = 1, SIGINT = 2, SIGUSR1 = 10, SIGUSR2 = 12, SIGTERM = 15, SIGWINCH = 28, SIGPWR = 30, SIGRTMIN = 34;

    private static readonly (int Offset, UnitName Target, bool Isolate)[] s_targets =
    [
        (0, SpecialUnits.Default, true), (1, SpecialUnits.Rescue, true), (2, SpecialUnits.Emergency, true), (3, SpecialUnits.Halt, false),
        (4, SpecialUnits.Poweroff, false), (5, SpecialUnits.Reboot, false), (6, SpecialUnits.Kexec, false), (7, SpecialUnits.SoftReboot, false),
    ];

    private static readonly (int Offset, Objective Objective)[] s_immediate =
        [(13, Objective.Halt), (14, Objective.Poweroff), (15, Objective.Reboot), (16, Objective.Kexec), (17, Objective.SoftReboot)];

    private const int BurstLimit = 7;
    private static Usec s_burstBegan;
    private static int s_burst;

    public static void Act(Manager manager, in ForwardedSignal signal)
    {
        Log.Debug($"Received signal {signal.Signal} from PID {signal.Pid}.");
        manager.CurrentActor = $"signal {signal.Signal} from PID {signal.Pid}";
        switch (signal.Signal)
        {
            case SIGTERM or SIGINT when !manager.IsSystem: manager.StartSpecial(SpecialUnits.Exit); break;
            case SIGWINCH or SIGPWR when !manager.IsSystem: break;
            case SIGTERM: manager.SetObjective(Objective.Reexec, null); break;
            case SIGINT: CtrlAltDel(manager); break;
            case SIGWINCH: manager.StartSpecial(SpecialUnits.KbRequest, JobMode.Replace); break;
            case SIGPWR: manager.StartSpecial(SpecialUnits.SigPwr, JobMode.Replace); break;
            case SIGHUP: manager.Reload(static () => { }); break;
            case SIGUSR1: manager.ReconnectBus?.Invoke(); break;
            case SIGUSR2: manager.DumpToLog(); break;
            default: RealTime(manager, signal.Signal - SIGRTMIN); break;
        }
        manager.CurrentActor = null;
    }

    /// <summary>Whoever presses it more than seven times within two seconds does not want to wait for services any more.</summary>
    private static void CtrlAltDel(Manager manager)
    {
        Usec now = manager.Loop.Now;
        if (now - s_burstBegan > Usec.FromSec(2))
        {
            s_burstBegan = now;
            s_burst = 0;
        }
        EmergencyAction action = manager.Settings.Get(ManagerDirectives.CtrlAltDelBurstAction);
        if (++s_burst > BurstLimit && action != EmergencyAction.None) { manager.RunEmergencyAction(action, null, -1, "Ctrl-Alt-Del was pressed more than 7 times within 2s"); }
        else { manager.StartSpecial(SpecialUnits.CtrlAltDel); }
    }

    private static void RealTime(Manager manager, int offset)
    {
        foreach ((int at, UnitName target, bool isolate) in s_targets)
        {
            if (at == offset) { manager.StartSpecial(target, isolate ? JobMode.Isolate : JobMode.ReplaceIrreversibly); return; }
        }
        foreach ((int at, Objective objective) in s_immediate)
        {
            if (at == offset) { manager.SetObjective(objective, null); return; }
        }
        switch (offset)
        {
            case 20: manager.Choices.SetShowStatus(ShowStatus.Yes); break;
            case 21: manager.Choices.SetShowStatus(ShowStatus.No); break;
            case 22: manager.Choices.SetLogLevel(LogLevel.Debug); break;
            case 23: manager.Choices.SetLogLevel(null); break;
            case 24 when !manager.IsSystem: manager.SetObjective(Objective.Exit, null); break;
            case 25: manager.SetObjective(Objective.Reexec, null); break;
            case 26 or 29: manager.Choices.SetLogTarget(null); break;
            case 27: manager.Choices.SetLogTarget(LogTarget.Console); break;
            case 28: manager.Choices.SetLogTarget(LogTarget.Kmsg); break;
        }
    }
}
