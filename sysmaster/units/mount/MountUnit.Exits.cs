using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.Units.Mount;

/// <summary>Ends of commands, deadlines, and what the kernel's table says.</summary>
public sealed partial class MountUnit
{
    protected override void OnChildExited(int pid, ChildExit exit)
    {
        if (!Control.IsAlive || pid != Control.Pid) { return; }
        // What the command did to the kernel's table is known before its end: the mount came first.
        MountTable.Of(Manager).Scan();
        ControlExit.Record(Control, exit);
        Control.Clear();
        ControlResult judged = ControlExit.Judge(exit);
        ControlExit.LogExit(this, "Mount", exit, judged == ControlResult.Success);
        if (MountStates.IsRemounting(State)) { ReloadResult = judged; }
        else if (State is not (MountState.Mounting or MountState.Unmounting)) { Fail(judged); }
        OnCommandEnded(judged);
        MarkDirty();
        MarkChanged();
    }

    private void OnCommandEnded(ControlResult judged)
    {
        switch (State)
        {
            case MountState.Mounting:
                if (judged == ControlResult.Success)
                {
                    Log.Warning(this, $"Mount process finished, but there is no mount.");
                    judged = ControlResult.Protocol;
                }
                EnterDead(judged);
                break;
            case MountState.MountingDone: EnterMounted(judged); break;
            case MountState.Remounting or MountState.RemountingSigterm or MountState.RemountingSigkill:
                EnterDeadOrMounted(ControlResult.Success);
                break;
            case MountState.Unmounting: OnUnmountEnded(judged); break;
            case MountState.UnmountingSigterm or MountState.UnmountingSigkill: EnterDeadOrMounted(judged); break;
            case MountState.Cleaning:
                if (CleanResult == ControlResult.Success) { CleanResult = judged; }
                EnterDead(ControlResult.Success);
                break;
        }
    }

    private void OnUnmountEnded(ControlResult judged)
    {
        if (judged == ControlResult.Success && Kernel is not null)
        {
            if (_umounts < MaxUmounts)
            {
                _umounts++;
                Log.Debug(this, $"Mount still present, trying again.");
                EnterUnmounting();
                return;
            }
            Log.Warning(this, $"Mount still present after {_umounts} attempts to unmount, giving up.");
            EnterMounted(judged);
        }
        else if (judged == ControlResult.ExitCode && Kernel is null)
        {
            Log.Notice(this, $"Mount disappeared even though umount process failed, continuing.");
            EnterDead(ControlResult.Success);
        }
        else { EnterDeadOrMounted(judged); }
    }

    protected override void OnSpawnFailed(ProcessSlot slot, Errno error)
    {
        if (MountStates.IsRemounting(State))
        {
            ReloadResult = ControlResult.Resources;
            EnterDeadOrMounted(ControlResult.Success);
        }
        else { EnterDeadOrMounted(ControlResult.Resources); }
    }

    /// <summary>The kernel's table has been read: follow it.</summary>
    /// <param name="appeared">It was not there the last time.</param>
    internal void OnKernelChanged(bool appeared)
    {
        if (Kernel is null)
        {
            if (State == MountState.Mounted) { EnterDead(ControlResult.Success); }
            else if (State == MountState.MountingDone) { Enter(MountState.Mounting); }
            return;
        }
        switch (State)
        {
            case MountState.Dead or MountState.Failed:
                if (!IsRoot) { InvocationId = InvocationId.New(); }
                Result = ReloadResult = CleanResult = ControlResult.Success;
                EnterMounted(ControlResult.Success);
                break;
            case MountState.Mounting when appeared: Enter(MountState.MountingDone); break;
            // Told nonetheless: somebody may wait for a change of its options.
            default: MarkChanged(); break;
        }
    }

    /// <summary>The root is mounted, whatever the table says (in a chroot it says nothing).</summary>
    internal void EnterRoot()
    {
        EnterMounted(ControlResult.Success);
    }

    public void OnElapsed(Deadline timer)
    {
        bool sendSigkill = Get(KillDirectives.SendSIGKILL);
        switch (State)
        {
            case MountState.Mounting or MountState.MountingDone:
                Log.Warning(this, $"Mounting timed out. Terminating.");
                EnterSignal(MountState.UnmountingSigterm, ControlResult.Timeout);
                break;
            case MountState.Remounting:
                Log.Warning(this, $"Remounting timed out. Terminating remount process.");
                ReloadResult = ControlResult.Timeout;
                EnterSignal(MountState.RemountingSigterm, ControlResult.Success);
                break;
            case MountState.RemountingSigterm:
                ReloadResult = ControlResult.Timeout;
                Log.Warning(this, $"Remounting timed out. {(sendSigkill ? "Killing." : "Skipping SIGKILL. Ignoring.")}");
                if (sendSigkill) { EnterSignal(MountState.RemountingSigkill, ControlResult.Success); }
                else { EnterDeadOrMounted(ControlResult.Success); }
                break;
            case MountState.RemountingSigkill:
                ReloadResult = ControlResult.Timeout;
                Log.Warning(this, $"Mount process still around after SIGKILL. Ignoring.");
                EnterDeadOrMounted(ControlResult.Success);
                break;
            case MountState.Unmounting:
                Log.Warning(this, $"Unmounting timed out. Terminating.");
                EnterSignal(MountState.UnmountingSigterm, ControlResult.Timeout);
                break;
            case MountState.UnmountingSigterm:
                Log.Warning(this, $"Mount process timed out. {(sendSigkill ? "Killing." : "Skipping SIGKILL. Ignoring.")}");
                if (sendSigkill) { EnterSignal(MountState.UnmountingSigkill, ControlResult.Timeout); }
                else { EnterDeadOrMounted(ControlResult.Timeout); }
                break;
            case MountState.UnmountingSigkill:
                Log.Warning(this, $"Mount process still around after SIGKILL. Ignoring.");
                EnterDeadOrMounted(ControlResult.Timeout);
                break;
            case MountState.Cleaning:
                Log.Warning(this, $"Cleaning timed out. Killing.");
                CleanResult = ControlResult.Timeout;
                EnterSignal(MountState.UnmountingSigkill, ControlResult.Success);
                break;
        }
    }
}
