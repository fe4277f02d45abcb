using SysMaster.Core;
using SysMaster.Core.Logging;
using SysMaster.Core.Status;
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

    public static void Act(Manager manager, in ForwardedSignal signal)
    {
        Log.Debug($"Received signal {signal.Signal} from PID {signal.Pid}.");
        manager.CurrentActor = $"signal {signal.Signal} from PID {signal.Pid}";
        switch (signal.Signal)
        {
            case SIGTERM or SIGINT when !manager.IsSystem: manager.StartSpecial(SpecialUnits.Exit); break;
            case SIGWINCH or SIGPWR when !manager.IsSystem: break;
            case SIGTERM: manager.SetObjective(Objective.Reexec, null); break;
            case SIGINT: manager.StartSpecial(SpecialUnits.CtrlAltDel); break;
            case SIGWINCH: manager.StartSpecial(SpecialUnits.KbRequest, SysMaster.Core.Directives.JobMode.Replace); break;
            case SIGPWR: manager.StartSpecial(SpecialUnits.SigPwr, SysMaster.Core.Directives.JobMode.Replace); break;
            case SIGHUP: manager.Reload(static () => { }); break;
            case SIGUSR1: manager.ReconnectBus?.Invoke(); break;
            case SIGUSR2: manager.DumpToLog(); break;
            default: RealTime(manager, signal.Signal - SIGRTMIN); break;
        }
        manager.CurrentActor = null;
    }

    private static void RealTime(Manager manager, int offset)
    {
        foreach ((int at, UnitName target, bool isolate) in s_targets)
        {
            if (at == offset) { manager.StartSpecial(target, isolate ? SysMaster.Core.Directives.JobMode.Isolate : SysMaster.Core.Directives.JobMode.ReplaceIrreversibly); return; }
        }
        foreach ((int at, Objective objective) in s_immediate)
        {
            if (at == offset) { manager.SetObjective(objective, null); return; }
        }
        switch (offset)
        {
            case 20: _ = manager.Status.Output?.SetMode(ShowStatus.Yes); break;
            case 21: _ = manager.Status.Output?.SetMode(ShowStatus.No); break;
            case 22: Log.MaxLevel = LogLevel.Debug; break;
            case 23: Log.MaxLevel = LogLevel.Info; break;
            case 24 when !manager.IsSystem: manager.SetObjective(Objective.Exit, null); break;
            case 25: manager.SetObjective(Objective.Reexec, null); break;
            case 26 or 29: Log.Target = LogTarget.JournalOrKmsg; break;
            case 27: Log.Target = LogTarget.Console; break;
            case 28: Log.Target = LogTarget.Kmsg; break;
        }
    }
}
