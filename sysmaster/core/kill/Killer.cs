using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>Which of a unit's signals is meant. systemd.kill(5).</summary>
public enum KillKind : byte
{
    /// <summary>KillSignal=, then SIGHUP with SendSIGHUP=.</summary>
    Terminate,
    /// <summary>RestartKillSignal=, for a stop that is the first half of a restart.</summary>
    Restart,
    /// <summary>FinalKillSignal=.</summary>
    Kill,
    /// <summary>WatchdogSignal=.</summary>
    Watchdog,
}

/// <summary>Ending the processes of a unit as KillMode= says.</summary>
public sealed class Killer(Manager manager)
{
    private const int SIGHUP = 1, SIGKILL = 9, SIGCONT = 18;

    /// <summary>Sends the signal to main and control process and, by KillMode=, to the rest of the control group.</summary>
    /// <returns>Whether there is somebody to wait for.</returns>
    public bool Unit(Unit unit, KillKind kind, ProcessSlot? main, ProcessSlot? control, bool mainIsAlien)
    {
        KillMode mode = unit.Get(KillDirectives.KillMode);
        if (mode == KillMode.None)
        {
            return false;
        }
        int signal = SignalOf(unit, kind);
        bool hangup = kind == KillKind.Terminate && unit.Get(KillDirectives.SendSIGHUP);
        bool wait = false;
        if (main is not null) { wait |= One(unit, main, signal, hangup, kind) && !mainIsAlien; }
        if (control is not null) { wait |= One(unit, control, signal, hangup, kind); }
        if (mode == KillMode.ControlGroup || (mode == KillMode.Mixed && kind == KillKind.Kill))
        {
            bool any = false;
            foreach (int pid in manager.Cgroups.Pids(unit))
            {
                if (pid == main?.Pid || pid == control?.Pid) { any = true; continue; }
                if (!Send(unit, pid, signal, hangup, kind)) { continue; }
                any = true;
                manager.Cgroups.Follow(unit, pid);
            }
            // Where the group's emptiness may go unreported, only our own children are waited for.
            if (any && manager.Cgroups.ReportsEmpty(unit)) { wait = true; }
        }
        return wait;
    }

    /// <summary>One signal to one process that is known to be the unit's.</summary>
    public bool Process(Unit unit, int pid, int signal) => Send(unit, pid, signal, hangup: false, KillKind.Terminate);

    private bool One(Unit unit, ProcessSlot slot, int signal, bool hangup, KillKind kind)
    {
        if (slot.Phase == ProcessPhase.Spawning)
        {
            manager.CancelSpawn(slot);
            return false;
        }
        if (slot.Pid <= 0) { return false; }
        return Send(unit, slot.Pid, signal, hangup, kind) || ProcStat.IsAlive(slot.Pid) || manager.IsWatched(slot.Pid);
    }

    private static bool Send(Unit unit, int pid, int signal, bool hangup, KillKind kind)
    {
        if (pid <= 1) { return false; }
        if (kind is KillKind.Kill or KillKind.Watchdog && ProcStat.IsAlive(pid))
        {
            Log.Notice(unit, $"Killing process {pid} ({ProcStat.Name(pid)}) with signal SIG{SignalText.Name(signal)}.");
        }
        if (LibC.kill(pid, signal) < 0)
        {
            Errno error = Errno.Last;
            if (error != Errno.ESRCH) { Log.Warning(unit, $"Failed to send signal {signal} to process {pid}: {error.ToString()}"); }
            return false;
        }
        if (signal != SIGKILL && signal != SIGCONT) { _ = LibC.kill(pid, SIGCONT); }   // a stopped process could not act on it
        if (hangup) { _ = LibC.kill(pid, SIGHUP); }
        return true;
    }

    private static int SignalOf(Unit unit, KillKind kind) => kind switch
    {
        KillKind.Terminate => unit.Get(KillDirectives.KillSignal),
        KillKind.Restart => unit.Settings.IsSet(KillDirectives.RestartKillSignal) ? unit.Get(KillDirectives.RestartKillSignal) : unit.Get(KillDirectives.KillSignal),
        KillKind.Kill => unit.Get(KillDirectives.FinalKillSignal),
        _ => unit.Get(KillDirectives.WatchdogSignal),
    };
}
