using SysMaster.Core.Directives;
using SysMaster.Core.Logging;

namespace SysMaster.Core;

/// <summary>How the whole machine fares: failed units, system state, emergency actions, objectives such as reboot.</summary>
public sealed partial class Manager
{
    private readonly HashSet<Unit> _failed = [];

    public IReadOnlyCollection<Unit> FailedUnits => _failed;

    /// <summary>The manager is to end, and how; None while it runs on.</summary>
    public Objective Objective { get; private set; }

    /// <summary>For exit: the status; for reboot and the like: the argument.</summary>
    public string? ObjectiveArgument { get; private set; }

    public int ExitCode
    {
        get => _exitCode;
        set
        {
            _exitCode = value;
            MarkManagerDirty();
        }
    }

    private int _exitCode;

    internal void TrackFailed(Unit unit, bool failed)
    {
        _ = failed ? _failed.Add(unit) : _failed.Remove(unit);
    }

    internal void TrackJournal(Unit unit)
    {
        if (unit.Id == SpecialUnits.JournaldService || unit.Id == SpecialUnits.JournaldSocket) { LookAtJournal(); }
    }

    /// <summary>journald is written to only while it runs, so that a full socket that nobody reads cannot hold us up.</summary>
    internal void LookAtJournal()
    {
        if (!IsSystem) { return; }
        bool service = Find(SpecialUnits.JournaldService) is { } journald && journald.ActiveState.IsActiveOrReloading();
        bool socket = Find(SpecialUnits.JournaldSocket) is not { IsLoaded: true } listener || listener.ActiveState.IsActiveOrReloading();
        Log.JournalIsRunning(service && socket);
    }

    /// <summary>Startup…= settings hold: while the system starts, and while it stops.</summary>
    internal bool IsStartingUp => State is SystemState.Initializing or SystemState.Starting or SystemState.Stopping;

    /// <summary>D-Bus SystemState. systemctl(1), is-system-running.</summary>
    public SystemState State
    {
        get
        {
            if (!StartupIsFinished)
            {
                // Before basic.target there is no way to say more.
                return Find(SpecialUnits.Basic) is { } basic && basic.ActiveState.IsActiveOrReloading() ? SystemState.Starting : SystemState.Initializing;
            }
            if (IsUp(SpecialUnits.Shutdown)) { return SystemState.Stopping; }
            if (IsUp(SpecialUnits.Rescue) || IsUp(SpecialUnits.Emergency)) { return SystemState.Maintenance; }
            return _failed.Count > 0 ? SystemState.Degraded : SystemState.Running;
        }
    }

    private bool IsUp(UnitFiles.UnitName name) =>
        Find(name) is { } unit && (unit.ActiveState.IsActiveOrActivating() || unit.Job is { Type: JobType.Start });

    /// <summary>FailureAction=, SuccessAction=, StartLimitAction=, JobTimeoutAction=, CtrlAltDelBurstAction=.</summary>
    public void RunEmergencyAction(EmergencyAction action, string? argument, int exitStatus, string reason)
    {
        if (action == EmergencyAction.None) { return; }
        Log.Warning($"Taking the action {action.ToString()}: {reason}");
        switch (action)
        {
            case EmergencyAction.Reboot: StartTarget(SpecialUnits.Reboot, argument); break;
            case EmergencyAction.Poweroff: StartTarget(SpecialUnits.Poweroff, null); break;
            case EmergencyAction.Halt: StartTarget(SpecialUnits.Halt, null); break;
            case EmergencyAction.Kexec: StartTarget(SpecialUnits.Kexec, null); break;
            case EmergencyAction.SoftReboot: StartTarget(SpecialUnits.SoftReboot, null); break;
            case EmergencyAction.RebootForce: SetObjective(Objective.Reboot, argument); break;
            case EmergencyAction.RebootImmediate: SetObjective(Objective.RebootNow, argument); break;
            case EmergencyAction.PoweroffForce: SetObjective(Objective.Poweroff, null); break;
            case EmergencyAction.PoweroffImmediate: SetObjective(Objective.PoweroffNow, null); break;
            case EmergencyAction.HaltForce: SetObjective(Objective.Halt, null); break;
            case EmergencyAction.HaltImmediate: SetObjective(Objective.HaltNow, null); break;
            case EmergencyAction.KexecForce: SetObjective(Objective.Kexec, null); break;
            case EmergencyAction.SoftRebootForce: SetObjective(Objective.SoftReboot, null); break;
            case EmergencyAction.Exit or EmergencyAction.ExitForce:
                if (exitStatus >= 0) { ExitCode = exitStatus; }
                if (action == EmergencyAction.Exit && Find(SpecialUnits.Exit) is not null) { StartTarget(SpecialUnits.Exit, null); }
                else { SetObjective(IsSystem && !Facts.Virtualization.IsContainer ? Objective.Poweroff : Objective.Exit, null); }
                break;
        }
    }

    /// <summary>Ends the manager at the end of this turn, that way.</summary>
    public void SetObjective(Objective objective, string? argument)
    {
        Objective = objective;
        ObjectiveArgument = argument;
        MarkManagerDirty();
        Loop.Exit();
    }

    private void StartTarget(UnitFiles.UnitName name, string? argument)
    {
        RebootArgument = argument;
        AddJobOrLog(JobType.Start, Load(name), JobMode.ReplaceIrreversibly, null);
    }

    /// <summary>Given to reboot(2) with RESTART2; set by FailureAction's RebootArgument= or /run/systemd/reboot-param.</summary>
    public string? RebootArgument { get; set; }
}

/// <summary>Why the loop ends.</summary>
public enum Objective : byte { None, Reload, Reexec, Exit, Reboot, Poweroff, Halt, Kexec, SwitchRoot, SoftReboot, RebootNow, PoweroffNow, HaltNow }
