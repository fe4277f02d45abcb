using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Service;

/// <summary>The way up: condition, start-pre, start, start-post, running; and reload.</summary>
public sealed partial class ServiceUnit
{
    /// <summary>The one effect: carry out what the state is for.</summary>
    private const uint EffectOfState = 1;

    /// <summary>A main process that counted as started and never ran, since the manager died before its go.</summary>
    private const uint EffectOfMain = 2;

    protected override uint EffectToRepeat(ProcessSlot slot) => State == ServiceState.Cleaning ? CleanEffect : slot.Role == Roles.Control || State == ServiceState.Start ? EffectOfState : EffectOfMain;

    /// <summary>Sending READY-like fds etc. does not need one; a kill that failed is tried again by the timer.</summary>
    protected override void RunEffect(uint bit)
    {
        if (bit == EffectOfMain)
        {
            if (State is ServiceState.StartPost or ServiceState.Running) { SpawnStart(); }
            return;
        }
        switch (State)
        {
            case ServiceState.Condition or ServiceState.StartPre or ServiceState.StartPost or ServiceState.Reload or ServiceState.Stop or ServiceState.StopPost:
                SpawnControl();
                break;
            case ServiceState.Start: SpawnStart(); break;
            case ServiceState.ReloadSignal: SendReloadSignal(); break;
            case ServiceState.StopWatchdog or ServiceState.StopSigterm or ServiceState.StopSigkill
                or ServiceState.FinalWatchdog or ServiceState.FinalSigterm or ServiceState.FinalSigkill:
                Kill();
                break;
        }
    }

    protected override JobStep TestStartLimit()
    {
        if (IsWithinStartLimit()) { return JobStep.Started; }
        Fail(ServiceResult.StartLimitHit);
        EnterDead(ServiceResult.StartLimitHit, allowRestart: false);
        return JobStep.StartLimitHit;
    }

    protected override JobStep StartType()
    {
        if (ServiceStates.IsStopping(State) || State is ServiceState.Cleaning) { return JobStep.Again; }
        if (State is ServiceState.Condition or ServiceState.StartPre or ServiceState.Start or ServiceState.StartPost) { return JobStep.UnderWay; }
        // It must be stopped first, for the sake of BindsTo=; the restart job does both.
        if (State == ServiceState.AutoRestart)
        {
            if (RestartsDirectly) { ScheduleRestart(onRequest: true); }
            return JobStep.Again;
        }
        InvocationId = InvocationId.New();
        Result = ReloadResult = CleanResult = ServiceResult.Success;
        MainPidIsAlien = false;
        _forbidRestart = false;
        _statusText = null;
        StatusErrno = 0;
        _notifyState = NotifyState.Unknown;
        _notifyAccessOverride = null;
        _watchdogOverride = null;
        _runs = null;
        _mainIndex = 0;
        if (_flushRestarts)
        {
            RestartCount = 0;
            _flushRestarts = false;
        }
        Manager.Cgroups.OnActivation(this);
        Begin(ServiceCommand.Condition);
        return JobStep.Started;
    }

    protected override bool IsUpWithItsProcess => State == ServiceState.Start && IsTransitory && Commands(ServiceCommand.StartPost).Length == 0;

    /// <summary>Goes to the first step from <paramref name="from"/> on that has a command.</summary>
    private void Begin(ServiceCommand from)
    {
        _controlActive = false;
        _controlIndex = 0;
        if (from <= ServiceCommand.Condition && Commands(ServiceCommand.Condition).Length > 0) { EnterControl(ServiceState.Condition, ServiceCommand.Condition); }
        else if (from <= ServiceCommand.StartPre && Commands(ServiceCommand.StartPre).Length > 0) { EnterControl(ServiceState.StartPre, ServiceCommand.StartPre); }
        else { EnterStart(); }
    }

    private void EnterControl(ServiceState state, ServiceCommand command)
    {
        _controlCommand = command;
        _controlIndex = 0;
        _controlActive = true;
        ArmStateTimer(state);
        EnterAndAct(state);
    }

    private void EnterStart()
    {
        _controlActive = false;
        _mainIndex = 0;
        if (Commands(ServiceCommand.Start).Length == 0)
        {
            // A oneshot of nothing but stop commands, or of an action.
            Enter(ServiceState.Start);
            EnterStartPost();
            return;
        }
        ArmStateTimer(ServiceState.Start);
        // Up with the fork: what is seen goes from where it was to what follows.
        EnterAndAct(ServiceState.Start, transitory: Type_ is ServiceType.Simple or ServiceType.Idle);
    }

    private void SpawnStart()
    {
        if (Type_ == ServiceType.Forking)
        {
            _controlCommand = ServiceCommand.Start;
            _controlIndex = 0;
            _controlActive = true;
            SpawnControl();
            return;
        }
        _mainActive = true;
        ExecCommandSpec command = Commands(ServiceCommand.Start)[_mainIndex];
        Errno error = Spawn(Main, ServiceCommand.Start, _mainIndex, command);
        if (error.Failed) { EnterSignal(ServiceState.StopSigterm, ServiceResult.Resources); }
    }

    private void SpawnControl()
    {
        ExecCommandSpec[] commands = Commands(_controlCommand);
        if (_controlIndex >= commands.Length)
        {
            // The unit file was changed under the running command list.
            OnControlDone(ServiceResult.Success, default);
            return;
        }
        if (State == ServiceState.Stop && _controlIndex == 0 && !Main.IsAlive) { MarkDirty(); }
        Errno error = Spawn(Control, _controlCommand, _controlIndex, commands[_controlIndex]);
        if (error.Failed) { OnControlSpawnFailed(); }
    }

    private void OnControlSpawnFailed()
    {
        ReloadResult = State == ServiceState.Reload ? ServiceResult.Resources : ReloadResult;
        switch (State)
        {
            case ServiceState.Reload: EnterRunning(ServiceResult.Success); break;
            case ServiceState.Stop: EnterSignal(ServiceState.StopSigterm, ServiceResult.Resources); break;
            case ServiceState.StopPost: EnterSignal(ServiceState.FinalSigterm, ServiceResult.Resources); break;
            case ServiceState.StartPost: EnterStop(ServiceResult.Resources); break;
            default: EnterSignal(ServiceState.StopSigterm, ServiceResult.Resources); break;
        }
    }

    protected override void OnSpawnFailed(ProcessSlot slot, Errno error)
    {
        if (slot.Role == Roles.Control) { OnControlSpawnFailed(); }
        else { EnterSignal(ServiceState.StopSigterm, ServiceResult.Resources); }
    }

    protected override void OnProcessSpawned(ProcessSlot slot)
    {
        if (slot.Role != Roles.Main) { return; }
        MainRun = slot.Run ?? new ExecRun();
        StartWatchdog();
        // Simple and idle services count as started with the fork; the rest is told apart by what happens next.
        if (State == ServiceState.Start && Type_ is ServiceType.Simple or ServiceType.Idle && State == ServiceState.Start) { EnterStartPost(); }
        MarkChanged();
    }

    protected override void OnProcessExecuted(ProcessSlot slot)
    {
        if (slot.Role == Roles.Main && State == ServiceState.Start && Type_ == ServiceType.Exec) { EnterStartPost(); }
    }

    private void EnterStartPost()
    {
        if (Commands(ServiceCommand.StartPost).Length > 0) { EnterControl(ServiceState.StartPost, ServiceCommand.StartPost); }
        else { EnterRunning(ServiceResult.Success); }
    }

    private void EnterRunning(ServiceResult result)
    {
        _controlActive = false;
        Fail(result);
        if (Result != ServiceResult.Success) { EnterSignal(ServiceState.StopSigterm, result); }
        else if (IsGood)
        {
            if (_notifyState == NotifyState.Reloading) { EnterReloadByNotify(); }
            else if (_notifyState == NotifyState.Stopping) { EnterStopByNotify(); }
            else
            {
                ArmRuntimeLimit();
                Enter(ServiceState.Running);
            }
        }
        else if (Get(ServiceDirectives.RemainAfterExit))
        {
            Enter(ServiceState.Exited);
            Manager.QueueCgroupEmpty(this);
        }
        else { EnterStop(ServiceResult.Success); }
    }

    /// <summary>Is there still something that makes it run?</summary>
    private bool IsGood
    {
        get
        {
            if (Type_ == ServiceType.Dbus && !_busNameOwned) { return false; }
            if (Main.IsAlive) { return true; }
            if (_mainKnown) { return Get(ServiceDirectives.ExitType) == ServiceExitType.Cgroup && Manager.Cgroups.IsPopulated(this); }
            return Manager.Cgroups.IsPopulated(this);
        }
    }

    protected override JobStep ReloadType()
    {
        ReloadResult = ServiceResult.Success;
        if (Type_ == ServiceType.NotifyReload && Commands(ServiceCommand.Reload).Length == 0)
        {
            ArmStateTimer(ServiceState.ReloadSignal);
            EnterAndAct(ServiceState.ReloadSignal);
        }
        else { EnterControl(ServiceState.Reload, ServiceCommand.Reload); }
        return JobStep.Started;
    }

    private void SendReloadSignal()
    {
        _reloadBegin = Manager.Loop.Now;
        if (Main.Pid <= 0 || LibC.kill(Main.Pid, Get(ServiceDirectives.ReloadSignal)) < 0)
        {
            ReloadResult = ServiceResult.Resources;
            EnterRunning(ServiceResult.Success);
        }
    }

    private void EnterReloadByNotify()
    {
        ArmStateTimer(ServiceState.ReloadNotify);
        Enter(ServiceState.ReloadNotify);
        Manager.PropagateReload(this);
    }
}
