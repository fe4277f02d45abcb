using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;

namespace SysMaster.Units.Service;

/// <summary>The way down: stop, the signals, stop-post, the final signals, dead or failed, and perhaps up again.</summary>
public sealed partial class ServiceUnit
{
    protected override JobStep StopType()
    {
        _forbidRestart = true;
        if (ServiceStates.IsStopping(State)) { return JobStep.UnderWay; }
        switch (State)
        {
            case ServiceState.AutoRestart or ServiceState.AutoRestartQueued:
                Enter(Job is { Type: JobType.Restart } ? ServiceState.Dead : DeadState);   // in passing, or for good
                return JobStep.UnderWay;
            case ServiceState.Condition or ServiceState.StartPre or ServiceState.Start or ServiceState.StartPost
                or ServiceState.Reload or ServiceState.ReloadSignal or ServiceState.ReloadNotify:
                EnterSignal(ServiceState.StopSigterm, ServiceResult.Success);
                return JobStep.UnderWay;
            case ServiceState.Cleaning:
                EnterSignal(ServiceState.FinalSigkill, ServiceResult.Success);
                return JobStep.UnderWay;
            default:
                EnterStop(ServiceResult.Success);
                return JobStep.Started;
        }
    }

    private void EnterStop(ServiceResult result)
    {
        Fail(result);
        ForgetControl();
        if (Commands(ServiceCommand.Stop).Length > 0) { EnterControl(ServiceState.Stop, ServiceCommand.Stop); }
        else { EnterSignal(ServiceState.StopSigterm, ServiceResult.Success); }
    }

    private void EnterStopByNotify()
    {
        ArmStateTimer(ServiceState.StopSigterm);
        // It stops by itself: time is limited, nothing is sent.
        Enter(ServiceState.StopSigterm);
    }

    /// <summary>Sends the state's signal; when there is nobody to send it to, the next state follows at once.</summary>
    private void EnterSignal(ServiceState state, ServiceResult result)
    {
        Fail(result);
        ArmStateTimer(state);
        EnterAndAct(state, transitory: true);
    }

    private void Kill()
    {
        KillKind kind = State switch
        {
            ServiceState.StopWatchdog or ServiceState.FinalWatchdog => KillKind.Watchdog,
            ServiceState.StopSigterm when Job is { Type: JobType.Restart } => KillKind.Restart,
            ServiceState.StopSigterm or ServiceState.FinalSigterm => KillKind.Terminate,
            _ => KillKind.Kill,
        };
        if (Manager.Kill.Unit(this, kind, Main, Control, MainPidIsAlien)) { Stay(); }
        else { OnNothingToKill(); }
    }

    private void OnNothingToKill()
    {
        bool sendSigkill = Get(KillDirectives.SendSIGKILL);
        switch (State)
        {
            case ServiceState.StopWatchdog or ServiceState.StopSigterm when sendSigkill && Manager.Cgroups.IsPopulated(this) && Get(KillDirectives.KillMode) != KillMode.None:
                EnterSignal(ServiceState.StopSigkill, ServiceResult.Success);
                break;
            case ServiceState.StopWatchdog or ServiceState.StopSigterm or ServiceState.StopSigkill:
                EnterStopPost(ServiceResult.Success);
                break;
            case ServiceState.FinalWatchdog or ServiceState.FinalSigterm when sendSigkill && Manager.Cgroups.IsPopulated(this) && Get(KillDirectives.KillMode) != KillMode.None:
                EnterSignal(ServiceState.FinalSigkill, ServiceResult.Success);
                break;
            default:
                EnterDead(ServiceResult.Success, allowRestart: true);
                break;
        }
    }

    private void EnterStopPost(ServiceResult result)
    {
        Fail(result);
        ForgetControl();
        if (Commands(ServiceCommand.StopPost).Length > 0) { EnterControl(ServiceState.StopPost, ServiceCommand.StopPost); }
        else { EnterSignal(ServiceState.FinalSigterm, ServiceResult.Success); }
    }

    private void EnterDead(ServiceResult result, bool allowRestart)
    {
        // A unit that is told once more that it ended must not be logged twice.
        if ((ServiceStates.IsDead(State) || State == ServiceState.Failed) && result != ServiceResult.StartLimitHit) { return; }
        Fail(result);
        ServiceState end = Result is ServiceResult.Success or ServiceResult.ExecCondition ? DeadState : ServiceState.Failed;
        LogEnd();
        WarnOfLeftovers();
        _willAutoRestart = allowRestart && ShouldRestart();
        bool restart = _willAutoRestart;
        if (!restart || !RestartsDirectly) { Enter(end); }
        if (restart)
        {
            Timer.ArmIn(RestartDelay);
            Enter(ServiceState.AutoRestart);
            _willAutoRestart = false;
        }
        else
        {
            _flushRestarts = true;
        }
        _forbidRestart = false;
        bool comesBack = restart || Job is { Type: JobType.Start };
        if (!KeepsFdStore(comesBack)) { ReleaseFdStore(); }
        if (!restart) { ReleaseStdio(); }
        Manager.Exec.Cleanup(this, comesBack);
        // Gone before the next start, which writes a new one.
        if (Get(ServiceDirectives.PIDFile) is { IsEmpty: false } pidFile) { _ = Sys.Unlink(pidFile); }
        MarkDirty();
    }

    private void LogEnd()
    {
        if (Result == ServiceResult.ExecCondition)
        {
            LogField[] fields = [new LogField("UNIT_RESULT", Result.Text())];
            Log.Write(LogLevel.Info, new LogContext(this) { MessageId = MessageIds.UnitSkipped, Fields = fields }, $"Skipped due to 'exec-condition'.");
            return;
        }
        LogEnd(Result == ServiceResult.Success, Result.Text());
    }

    /// <summary>Processes that KillMode= spares, or that no signal ended, go on without a unit.</summary>
    private void WarnOfLeftovers()
    {
        foreach (int pid in Manager.Cgroups.Pids(this))
        {
            if (ProcStat.IsAlive(pid)) { Log.Info(this, $"Unit process {pid} ({ProcStat.Name(pid)}) remains running after unit stopped."); }
        }
    }

    private bool ShouldRestart()
    {
        if (_forbidRestart || Result == ServiceResult.StartLimitHit) { return false; }
        ChildExit last = new(MainRun.Code, MainRun.Status);
        if (MainRun.Pid != 0 && ServiceExit.Has(Get(ServiceDirectives.RestartPreventExitStatus), last)) { return false; }
        if (MainRun.Pid != 0 && ServiceExit.Has(Get(ServiceDirectives.RestartForceExitStatus), last)) { return true; }
        return ServiceExit.ShouldRestart(Get(ServiceDirectives.Restart), Result);
    }

    /// <summary>Before the next restart: RestartSec=, grown in RestartSteps= towards RestartMaxDelaySec= with the number of restarts.</summary>
    public Usec RestartDelay
    {
        get
        {
            ulong next = RestartCount + 1UL;
            Usec first = Get(ServiceDirectives.RestartSec), last = Get(ServiceDirectives.RestartMaxDelaySec);
            uint steps = Get(ServiceDirectives.RestartSteps);
            if (first >= last) { return last; }
            if (next <= 1 || steps == 0 || last.IsInfinity || first.Value == 0) { return first; }
            if (next > steps) { return last; }
            // Growth by a constant factor from the first delay to the last.
            double low = first.Value, high = last.Value;
            return new Usec((ulong)(low * Math.Pow(high / low, (next - 1) / (double)steps)));
        }
    }

    /// <summary>Nobody else sees that it was down: no unit bound to it is stopped, and neither OnFailure= nor OnSuccess= acts. systemd.service(5), RestartMode=.</summary>
    private bool RestartsDirectly => Get(ServiceDirectives.RestartMode) == ServiceRestartMode.Direct;

    /// <param name="onRequest">A client asked for a start; the rest of the wait is left out.</param>
    private void ScheduleRestart(bool onRequest = false)
    {
        if (Job is { Type: JobType.Stop })
        {
            Log.Info(this, $"Stop job pending for unit, skipping automatic restart.");
            return;
        }
        RestartCount++;
        _flushRestarts = false;
        LogField[] fields = [new LogField("N_RESTARTS", RestartCount.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        Log.Write(LogLevel.Info, new LogContext(this) { MessageId = MessageIds.UnitRestartScheduled, Fields = fields },
            $"Scheduled restart job{(onRequest ? " immediately on client request" : "")}, restart counter is at {RestartCount}.");
        // A restart that others are not to see is a start of a service that is "activating" still.
        Job? job = Manager.AddJobOrLog(RestartsDirectly ? JobType.Start : JobType.Restart, this, JobMode.Replace, this);
        if (job is null) { EnterDead(ServiceResult.Resources, allowRestart: false); }
        else if (RestartsDirectly)
        {
            Manager.RunAgain(job);
            Enter(ServiceState.AutoRestartQueued);
        }
        MarkDirty();
        MarkChanged();
    }

    public override void ResetFailed()
    {
        base.ResetFailed();
        if (State == ServiceState.Failed) { Enter(DeadState); }
        Result = ReloadResult = CleanResult = ServiceResult.Success;
        RestartCount = 0;
        _flushRestarts = false;
        MarkChanged();
    }
}
