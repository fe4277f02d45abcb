using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Service;

/// <summary>Ends of processes, and of the control group.</summary>
public sealed partial class ServiceUnit
{
    protected override void OnChildExited(int pid, ChildExit exit)
    {
        if (Main.IsAlive && pid == Main.Pid) { OnMainExited(exit); }
        else if (Control.IsAlive && pid == Control.Pid) { OnControlExited(exit); }
        // Others leave by the control group; when the last of them is gone that is told as well.
    }

    private void OnMainExited(ChildExit exit)
    {
        bool oneshot = Type_ == ServiceType.Oneshot;
        ExecCommandSpec[] commands = Commands(ServiceCommand.Start);
        bool ignored = _mainActive && _mainIndex < commands.Length && (commands[_mainIndex].Flags & ExecCommandFlags.IgnoreFailure) != 0;
        ServiceResult judged = ServiceExit.Judge(exit, isDaemon: !oneshot, Get(ServiceDirectives.SuccessExitStatus));
        Record(Main, exit);
        MainRun = Main.Run ?? (MainRun == s_neverRan ? new ExecRun() : MainRun);
        if (Main.Run is null) { Record(MainRun, exit); }   // not started by us as such: guessed, or told
        Main.Clear();
        _mainKnown = true;
        LogExit("Main process", exit, judged == ServiceResult.Success || ignored);
        if (ignored) { judged = ServiceResult.Success; }
        if (judged != ServiceResult.Success && Result == ServiceResult.Success && _oomKilled) { judged = ServiceResult.OomKill; }
        Fail(judged);
        if (oneshot && judged == ServiceResult.Success && State == ServiceState.Start && _mainIndex + 1 < commands.Length)
        {
            _mainIndex++;
            EnterAndAct(ServiceState.Start);
            return;
        }
        _mainActive = false;
        // Whatever the main process says, the service is over with the last of the group.
        if (Get(ServiceDirectives.ExitType) == ServiceExitType.Cgroup && Manager.Cgroups.IsPopulated(this))
        {
            MarkDirty();
            MarkChanged();
            return;
        }
        OnMainDone(judged);
        MarkDirty();
        MarkChanged();
    }

    private void OnMainDone(ServiceResult judged)
    {
        bool controlRuns = Control.IsAlive;
        switch (State)
        {
            case ServiceState.StartPost or ServiceState.Reload or ServiceState.ReloadSignal or ServiceState.ReloadNotify:
                if (!controlRuns) { EnterStop(judged); }
                break;
            case ServiceState.Start when Type_ == ServiceType.Oneshot:
                if (judged == ServiceResult.Success) { EnterStartPost(); }
                else { EnterSignal(ServiceState.StopSigterm, judged); }
                break;
            case ServiceState.Start when Type_ is ServiceType.Notify or ServiceType.NotifyReload:
                if (judged != ServiceResult.Success) { EnterSignal(ServiceState.StopSigterm, judged); }
                else if (!Get(ServiceDirectives.RemainAfterExit) || EffectiveNotifyAccess == NotifyAccess.Main)
                {
                    // It never said that it was ready, and now never will.
                    EnterSignal(ServiceState.StopSigterm, ServiceResult.Protocol);
                }
                break;
            case ServiceState.Start or ServiceState.Running:
                EnterRunning(judged);
                break;
            case ServiceState.StopWatchdog or ServiceState.StopSigterm or ServiceState.StopSigkill:
                if (!controlRuns) { EnterStopPost(judged); }   // what is left of the group is the final states' business
                break;
            case ServiceState.StopPost:
                if (!controlRuns) { EnterSignal(ServiceState.FinalSigterm, judged); }
                break;
            case ServiceState.FinalWatchdog or ServiceState.FinalSigterm or ServiceState.FinalSigkill:
                if (!controlRuns) { EnterDead(judged, allowRestart: true); }
                break;
        }
    }

    private void OnControlExited(ChildExit exit)
    {
        ExecCommandSpec[] commands = Commands(_controlCommand);
        bool ignored = _controlIndex < commands.Length && (commands[_controlIndex].Flags & ExecCommandFlags.IgnoreFailure) != 0;
        bool isCondition = State == ServiceState.Condition;
        ServiceResult judged = ServiceExit.Judge(exit, isDaemon: Type_ != ServiceType.Oneshot && _controlCommand == ServiceCommand.Start, Get(ServiceDirectives.SuccessExitStatus));
        if (isCondition && exit.Code == LibC.CLD_EXITED && exit.Status is > 0 and < 255) { judged = ServiceResult.ExecCondition; }
        Record(Control, exit);
        Control.Clear();
        LogExit(isCondition ? "Condition check process" : "Control process", exit, judged is ServiceResult.Success or ServiceResult.ExecCondition || ignored);
        if (ignored) { judged = ServiceResult.Success; }
        if (State is ServiceState.Reload) { ReloadResult = judged; }
        else { Fail(judged); }
        if (judged == ServiceResult.Success && _controlActive && _controlIndex + 1 < commands.Length
            && !(Type_ == ServiceType.Forking && State == ServiceState.Start))
        {
            _controlIndex++;
            EnterAndAct(State);
            return;
        }
        OnControlDone(judged, exit);
        MarkDirty();
        MarkChanged();
    }

    private void OnControlDone(ServiceResult judged, ChildExit exit)
    {
        _controlActive = false;
        switch (State)
        {
            case ServiceState.Condition:
                if (judged == ServiceResult.Success) { Begin(ServiceCommand.StartPre); }
                else { EnterSignal(ServiceState.StopSigterm, judged); }
                break;
            case ServiceState.StartPre:
                if (judged == ServiceResult.Success) { EnterStart(); }
                else { EnterSignal(ServiceState.StopSigterm, judged); }
                break;
            case ServiceState.Start:
                if (judged == ServiceResult.Success) { OnForked(); }
                else { EnterSignal(ServiceState.StopSigterm, judged); }
                break;
            case ServiceState.StartPost:
                if (judged == ServiceResult.Success) { OnStartPostDone(); }
                else { EnterSignal(ServiceState.StopSigterm, judged); }
                break;
            case ServiceState.Reload:
                if (judged == ServiceResult.Success) { AdoptMainPid(mayBlame: false); }
                EnterRunning(ServiceResult.Success);
                break;
            case ServiceState.Stop:
                EnterSignal(ServiceState.StopSigterm, judged);
                break;
            case ServiceState.StopWatchdog or ServiceState.StopSigterm or ServiceState.StopSigkill:
                if (!Main.IsAlive) { EnterStopPost(judged); }
                break;
            case ServiceState.StopPost:
                EnterSignal(ServiceState.FinalSigterm, judged);
                break;
            case ServiceState.FinalWatchdog or ServiceState.FinalSigterm or ServiceState.FinalSigkill:
                if (!Main.IsAlive) { EnterDead(judged, allowRestart: true); }
                break;
            case ServiceState.Cleaning:
                if (CleanResult == ServiceResult.Success) { CleanResult = judged; }
                EnterDead(ServiceResult.Success, allowRestart: false);
                break;
        }
        _ = exit;
    }

    /// <summary>The parent of a forking service has left: who is the daemon? ExecStartPost= may be what writes the PID file.</summary>
    private void OnForked()
    {
        if (Get(ServiceDirectives.PIDFile).IsEmpty) { GuessMainPid(); }
        else
        {
            bool later = Commands(ServiceCommand.StartPost).Length > 0;
            if (!AdoptMainPid(mayBlame: !later) && !later)
            {
                DemandPidFile();
                return;
            }
        }
        EnterStartPost();
    }

    private void OnStartPostDone()
    {
        if (!_mainKnown && !Get(ServiceDirectives.PIDFile).IsEmpty && !AdoptMainPid(mayBlame: true)) { DemandPidFile(); }
        else
        {
            if (!_mainKnown) { GuessMainPid(); }
            EnterRunning(ServiceResult.Success);
        }
    }

    /// <summary>
    /// The process that makes this state is to be spawned again, since the one before never got its go: that its group is empty, or that it is gone,
    /// is no end of the service.
    /// </summary>
    private bool OwesProcess => State switch
    {
        ServiceState.Start => (PendingEffects & EffectOfState) != 0,
        ServiceState.StartPost => (PendingEffects & (EffectOfState | EffectOfMain)) != 0,
        ServiceState.Running => (PendingEffects & EffectOfMain) != 0,
        _ => false,
    };

    protected override void OnCgroupEmpty()
    {
        if (OwesProcess) { return; }
        switch (State)
        {
            case ServiceState.Start when Get(ServiceDirectives.ExitType) == ServiceExitType.Cgroup && Type_ is ServiceType.Notify or ServiceType.NotifyReload or ServiceType.Dbus
                && !Main.IsAlive && !Control.IsAlive:
                EnterStopPost(ServiceResult.Protocol);
                break;
            case ServiceState.Start when _pidFileWatch is { IsWatching: true } && !Control.IsAlive:
                Log.Warning(this, $"Daemon never wrote its PID file. Failing.");
                EnterSignal(ServiceState.StopSigterm, ServiceResult.Protocol);
                break;
            case ServiceState.StartPost when _pidFileWatch is { IsWatching: true } && !Control.IsAlive:
                EnterStop(ServiceResult.Protocol);
                break;
            case ServiceState.Running when !Main.IsAlive || Get(ServiceDirectives.ExitType) == ServiceExitType.Cgroup:
                if (!Main.IsAlive) { EnterRunning(ServiceResult.Success); }
                break;
            case ServiceState.StopWatchdog or ServiceState.StopSigterm or ServiceState.StopSigkill:
                if (!Main.IsAlive && !Control.IsAlive) { EnterStopPost(ServiceResult.Success); }
                break;
            case ServiceState.FinalWatchdog or ServiceState.FinalSigterm or ServiceState.FinalSigkill:
                if (!Main.IsAlive && !Control.IsAlive) { EnterDead(ServiceResult.Success, allowRestart: true); }
                break;
            // Nothing will be started in it any more.
            case ServiceState.Exited: Manager.Cgroups.Release(this); break;
            // Somebody had outlived the stop, and is gone now.
            case ServiceState.Dead or ServiceState.DeadResourcesPinned or ServiceState.Failed or ServiceState.AutoRestart: Manager.Cgroups.Release(this); break;
        }
    }

    /// <summary>OOMPolicy=, else what suits a unit that looks after its own groups, else the manager's.</summary>
    public OomPolicy EffectiveOomPolicy => Settings.IsSet(ServiceDirectives.OOMPolicy) ? Get(ServiceDirectives.OOMPolicy)
        : IsDelegated ? OomPolicy.Continue : Manager.Settings.Get(ManagerDirectives.DefaultOOMPolicy);

    protected override void OnOutOfMemory(bool byManagedOom)
    {
        if (!byManagedOom)   // of the other the notice about its groups has told
        {
            Log.Write(LogLevel.Warning, new LogContext(this) { MessageId = MessageIds.UnitOutOfMemory }, $"A process of this unit has been killed by the OOM killer.");
        }
        OomPolicy policy = EffectiveOomPolicy;
        if (policy == OomPolicy.Continue) { return; }
        _oomKilled = true;
        switch (State)
        {
            case ServiceState.Condition or ServiceState.StartPre or ServiceState.Start or ServiceState.StartPost:
                EnterSignal(policy == OomPolicy.Stop ? ServiceState.StopSigterm : ServiceState.StopSigkill, ServiceResult.OomKill);
                break;
            case ServiceState.Exited or ServiceState.Running:
                if (policy == OomPolicy.Stop) { EnterStop(ServiceResult.OomKill); }
                else { EnterSignal(ServiceState.StopSigkill, ServiceResult.OomKill); }
                break;
        }
    }

    private void Record(ProcessSlot slot, ChildExit exit)
    {
        if (slot.Run is { } run) { Record(run, exit); }
    }

    private static void Record(ExecRun run, ChildExit exit)
    {
        run.Exit = DualTimestamp.Now();
        run.Code = exit.Code;
        run.Status = exit.Status;
    }

    private void LogExit(string what, ChildExit exit, bool clean)
    {
        string code = exit.Code switch { LibC.CLD_EXITED => "exited", LibC.CLD_KILLED => "killed", _ => "dumped" };
        string status = exit.Code == LibC.CLD_EXITED ? ServiceExit.Describe(exit.Status) : SignalText.Name(exit.Status);
        LogField[] fields =
        [
            new LogField("EXIT_CODE", code),
            new LogField("EXIT_STATUS", exit.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ];
        var context = new LogContext(this) { MessageId = MessageIds.UnitProcessExit, Fields = fields };
        Log.Write(clean ? LogLevel.Debug : exit.Code == LibC.CLD_EXITED ? LogLevel.Notice : LogLevel.Warning, context, $"{what} exited, code={code}, status={exit.Status}/{status}");
    }
}
