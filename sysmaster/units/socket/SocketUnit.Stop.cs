using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.Units.Socket;

/// <summary>The way down: stop-pre, its signals, stop-post, the final signals, dead or failed; and what happens when a state lasts too long.</summary>
public sealed partial class SocketUnit
{
    protected override JobStep StopType()
    {
        if (SocketStates.IsStopping(State)) { return JobStep.UnderWay; }
        if (State is SocketState.StartPre or SocketState.StartChown or SocketState.StartPost)
        {
            EnterSignal(SocketState.StopPreSigterm, SocketResult.Success);
            return JobStep.UnderWay;
        }
        if (State == SocketState.Cleaning)
        {
            EnterSignal(SocketState.FinalSigkill, SocketResult.Success);
            return JobStep.UnderWay;
        }
        EnterStopPre(SocketResult.Success);
        return JobStep.Started;
    }

    private void EnterStopPre(SocketResult result)
    {
        Fail(result);
        if (!EnterControl(SocketState.StopPre, SocketCommand.StopPre)) { EnterStopPost(SocketResult.Success); }
    }

    private void EnterStopPost(SocketResult result)
    {
        Fail(result);
        if (!EnterControl(SocketState.StopPost, SocketCommand.StopPost)) { EnterSignal(SocketState.FinalSigterm, SocketResult.Success); }
    }

    private void EnterSignal(SocketState state, SocketResult result)
    {
        Fail(result);
        ArmTimer();
        EnterAndAct(state, passing: true);
    }

    private void Kill()
    {
        KillKind kind = State is SocketState.StopPreSigkill or SocketState.FinalSigkill ? KillKind.Kill
            : Job is { Type: JobType.Restart } ? KillKind.Restart : KillKind.Terminate;
        if (Manager.Kill.Unit(this, kind, null, Control, mainIsAlien: false))
        {
            Stay();
            return;
        }
        switch (State)
        {
            case SocketState.StopPreSigterm: EnterSignal(SocketState.StopPreSigkill, SocketResult.Success); break;
            case SocketState.StopPreSigkill: EnterStopPost(SocketResult.Success); break;
            case SocketState.FinalSigterm: EnterSignal(SocketState.FinalSigkill, SocketResult.Success); break;
            default: EnterDead(SocketResult.Success); break;
        }
    }

    private void EnterDead(SocketResult result)
    {
        Fail(result);
        LogEnd(Result == SocketResult.Success, Result.Text());
        Enter(Result == SocketResult.Success ? SocketState.Dead : SocketState.Failed);
        Manager.Exec.Cleanup(this, restarts: false);
    }

    void IDeadlineObserver.OnElapsed(Deadline timer)
    {
        if (timer == _resume)
        {
            ResumePolling();
            return;
        }
        switch (State)
        {
            case SocketState.StartPre:
                Log.Warning(this, $"Starting timed out. Terminating.");
                EnterSignal(SocketState.FinalSigterm, SocketResult.Timeout);
                break;
            case SocketState.StartChown or SocketState.StartPost:
                Log.Warning(this, $"Starting timed out. Stopping.");
                EnterStopPre(SocketResult.Timeout);
                break;
            case SocketState.StopPre:
                Log.Warning(this, $"Stopping timed out. Terminating.");
                EnterSignal(SocketState.StopPreSigterm, SocketResult.Timeout);
                break;
            case SocketState.StopPreSigterm when Get(KillDirectives.SendSIGKILL):
                Log.Warning(this, $"Stopping timed out. Killing.");
                EnterSignal(SocketState.StopPreSigkill, SocketResult.Timeout);
                break;
            case SocketState.StopPreSigterm:
                Log.Warning(this, $"Stopping timed out. Skipping SIGKILL. Ignoring.");
                EnterStopPost(SocketResult.Timeout);
                break;
            case SocketState.StopPreSigkill:
                Log.Warning(this, $"Processes still around after SIGKILL. Ignoring.");
                EnterStopPost(SocketResult.Timeout);
                break;
            case SocketState.StopPost:
                Log.Warning(this, $"Stopping timed out (2). Terminating.");
                EnterSignal(SocketState.FinalSigterm, SocketResult.Timeout);
                break;
            case SocketState.Cleaning:
                Log.Warning(this, $"Cleaning timed out. Killing.");
                EnterSignal(SocketState.FinalSigkill, SocketResult.Timeout);
                break;
            case SocketState.FinalSigterm when Get(KillDirectives.SendSIGKILL):
                Log.Warning(this, $"Stopping timed out (2). Killing.");
                EnterSignal(SocketState.FinalSigkill, SocketResult.Timeout);
                break;
            case SocketState.FinalSigterm:
                Log.Warning(this, $"Stopping timed out (2). Skipping SIGKILL. Ignoring.");
                EnterDead(SocketResult.Timeout);
                break;
            case SocketState.FinalSigkill:
                Log.Warning(this, $"Still around after SIGKILL (2). Entering failed mode.");
                EnterDead(SocketResult.Timeout);
                break;
        }
    }

    private void SpawnControl()
    {
        UnitFiles.ExecCommandSpec[] commands = Commands(_controlCommand);
        if (_controlIndex >= commands.Length)
        {
            // The unit file was changed under the running command list.
            OnControlDone(SocketResult.Success);
            return;
        }
        UnitFiles.ExecCommandSpec command = commands[_controlIndex];
        var spawn = new SpawnContext(this, Control, command) { IsControl = true };
        if (Get(SocketDirectives.PassFileDescriptorsToExec) && _controlCommand != SocketCommand.StartPre)
        {
            CollectPorts(spawn.Fds, spawn.FdNames);
            spawn.SocketCount = spawn.Fds.Count;
        }
        Errno error = Manager.Exec.Spawn(spawn);
        if (!error.Failed)
        {
            (_runs ??= [])[(_controlCommand, _controlIndex)] = Control.Run!;
            return;
        }
        Log.Warning(this, $"Failed to spawn '{command.Path.ToString()}': {error.ToString()}");
        OnControlDone(SocketResult.Resources);
    }

    protected override void OnSpawnFailed(ProcessSlot slot, Errno error) => OnControlDone(SocketResult.Resources);

    protected override void OnChildExited(int pid, ChildExit exit)
    {
        if (!Control.IsAlive || pid != Control.Pid) { return; }
        UnitFiles.ExecCommandSpec[] commands = State == SocketState.Cleaning ? [] : Commands(_controlCommand);
        bool ignored = _controlIndex < commands.Length && (commands[_controlIndex].Flags & UnitFiles.ExecCommandFlags.IgnoreFailure) != 0;
        SocketResult judged = ignored ? SocketResult.Success : SocketResults.Judge(exit);
        if (Control.Run is { } run)
        {
            run.Exit = DualTimestamp.Now();
            run.Code = exit.Code;
            run.Status = exit.Status;
        }
        Control.Clear();
        CommandLog.Exit(this, exit, judged == SocketResult.Success);
        MarkDirty();
        MarkChanged();
        if (judged == SocketResult.Success && State is SocketState.StartPre or SocketState.StartPost or SocketState.StopPre or SocketState.StopPost
            && judged == SocketResult.Success && _controlIndex + 1 < commands.Length)
        {
            _controlIndex++;
            EnterAndAct(State);
            return;
        }
        OnControlDone(judged);
    }

    private void OnControlDone(SocketResult judged)
    {
        switch (State)
        {
            case SocketState.StartPre when judged == SocketResult.Success: EnterStartChown(); break;
            case SocketState.StartPre: EnterSignal(SocketState.FinalSigterm, judged); break;
            case SocketState.StartPost when judged == SocketResult.Success: EnterListening(flush: true); break;
            case SocketState.StartPost: EnterStopPre(judged); break;
            case SocketState.StopPre or SocketState.StopPreSigterm or SocketState.StopPreSigkill: EnterStopPost(judged); break;
            case SocketState.StopPost when judged == SocketResult.Resources: EnterSignal(SocketState.FinalSigterm, judged); break;
            case SocketState.StopPost or SocketState.FinalSigterm or SocketState.FinalSigkill: EnterDead(judged); break;
            case SocketState.Cleaning: EnterDead(SocketResult.Success); break;
        }
    }

    private void ForgetControl()
    {
        Manager.CancelSpawn(Control);
        if (Control.Pid > 0) { Manager.UnwatchPid(this, Control.Pid); }
        Control.Clear();
    }
}
