using System.Globalization;
using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Swap;

/// <summary>The jobs, the commands that carry them out, and their ends.</summary>
public sealed partial class SwapUnit
{
    /// <summary>The one effect: carry out what the state is for.</summary>
    private const uint EffectOfState = 1;

    private static readonly ByteText s_swapon = "/sbin/swapon"u8;
    private static readonly ByteText s_swapoff = "/sbin/swapoff"u8;

    protected override void RunEffect(uint bit)
    {
        switch (State)
        {
            case SwapState.Activating: SpawnSwapon(); break;
            case SwapState.Deactivating: SpawnSwapoff(); break;
            case SwapState.DeactivatingSigterm or SwapState.DeactivatingSigkill: Kill(); break;
        }
    }

    protected override JobStep TestStartLimit()
    {
        if (IsWithinStartLimit()) { return JobStep.Started; }
        EnterDead(ControlResult.StartLimitHit);
        return JobStep.StartLimitHit;
    }

    protected override JobStep StartType()
    {
        if (SwapStates.IsDeactivating(State) || State == SwapState.Cleaning) { return JobStep.Again; }
        if (State == SwapState.Activating) { return JobStep.UnderWay; }
        // Another name of the same device is at it: this one waits.
        if (SwapTable.Of(Manager).IsOtherBusy(this)) { return JobStep.Again; }
        InvocationId = InvocationId.New();
        Result = ControlResult.Success;
        ActivateRun = DeactivateRun = null;
        Manager.Cgroups.OnActivation(this);
        EnterAndAct(SwapState.Activating);
        return JobStep.Started;
    }

    protected override JobStep StopType()
    {
        switch (State)
        {
            case SwapState.Deactivating or SwapState.DeactivatingSigterm or SwapState.DeactivatingSigkill: break;
            case SwapState.Activating or SwapState.ActivatingDone:
                EnterSignal(SwapState.DeactivatingSigterm, ControlResult.Success);
                break;
            case SwapState.Cleaning: EnterSignal(SwapState.DeactivatingSigkill, ControlResult.Success); break;
            default:
                if (Manager.Facts.Virtualization.IsContainer) { return JobStep.Failed; }   // the host's swap
                EnterAndAct(SwapState.Deactivating);
                break;
        }
        return JobStep.Started;
    }

    private void EnterSignal(SwapState state, ControlResult result)
    {
        Fail(result);
        EnterAndAct(state);
    }

    private void SpawnSwapon()
    {
        if (!IsFromFragment)
        {
            Log.Warning(this, $"There is no configuration to activate it by.");
            EnterDeadOrActive(ControlResult.Resources);
            return;
        }
        List<ByteText> arguments = [s_swapon, "--fixpgsz"u8];
        ByteText options = Options;
        if (Settings.IsSet(SwapDirectives.Priority) && Get(SwapDirectives.Priority) >= 0 && !Mount.MountOptions.Has(options, "pri"u8))
        {
            string text = options.IsEmpty ? "" : options.ToString() + ",";
            options = new ByteText(text + "pri=" + Get(SwapDirectives.Priority).ToString(CultureInfo.InvariantCulture));
        }
        if (!options.IsEmpty)
        {
            arguments.Add("-o"u8);
            arguments.Add(options);
        }
        arguments.Add(What);
        if (Spawn(s_swapon, arguments)) { ActivateRun = Control.Run; }
        else { EnterDeadOrActive(ControlResult.Resources); }
    }

    private void SpawnSwapoff()
    {
        if (Spawn(s_swapoff, [s_swapoff, What])) { DeactivateRun = Control.Run; }
        else { EnterDeadOrActive(ControlResult.Resources); }
    }

    private bool Spawn(ByteText program, List<ByteText> arguments)
    {
        ForgetControl();
        var command = new ExecCommandSpec(program, arguments.ToArray(), ExecCommandFlags.NoEnvironmentExpand);
        Errno error = Manager.Exec.Spawn(new SpawnContext(this, Control, command) { IsControl = true, ApplySandbox = false });
        if (error.Failed) { Log.Warning(this, $"Failed to spawn '{program.ToString()}': {error.ToString()}"); }
        else if (Control.Run is { } run) { run.Command = command; }
        return !error.Failed;
    }

    private void Kill()
    {
        KillKind kind = State == SwapState.DeactivatingSigterm ? KillKind.Terminate : KillKind.Kill;
        if (Manager.Kill.Unit(this, kind, null, Control, mainIsAlien: false)) { return; }
        if (State == SwapState.DeactivatingSigterm && Get(KillDirectives.SendSIGKILL)) { EnterSignal(SwapState.DeactivatingSigkill, ControlResult.Success); }
        else { EnterDeadOrActive(ControlResult.Success); }
    }

    protected override void OnChildExited(int pid, ChildExit exit)
    {
        if (!Control.IsAlive || pid != Control.Pid) { return; }
        ControlExit.Record(Control, exit);
        Control.Clear();
        // What the command did to the kernel's list is known before its end is judged.
        SwapTable.Of(Manager).Scan();
        ControlResult judged = ControlExit.Judge(exit);
        Fail(judged);
        ControlExit.LogExit(this, "Swap", exit, judged == ControlResult.Success);
        switch (State)
        {
            case SwapState.Activating or SwapState.ActivatingDone:
                if (judged == ControlResult.Success || IsInUse) { EnterActive(judged); }
                else { EnterDead(judged); }
                break;
            case SwapState.Deactivating or SwapState.DeactivatingSigterm or SwapState.DeactivatingSigkill: EnterDeadOrActive(judged); break;
            case SwapState.Cleaning:
                if (CleanResult == ControlResult.Success) { CleanResult = judged; }
                EnterDead(ControlResult.Success);
                break;
        }
        MarkDirty();
        MarkChanged();
    }

    protected override void OnSpawnFailed(ProcessSlot slot, Errno error) => EnterDeadOrActive(ControlResult.Resources);

    /// <summary>What /proc/swaps says of it; an empty name: nothing.</summary>
    internal void SetKernel(ByteText name, int priority)
    {
        bool appeared = !IsInUse && !name.IsEmpty;
        Kernel = name;
        KernelPriority = name.IsEmpty ? -1 : priority;
        if (appeared && LoadState is UnitLoadState.NotFound or UnitLoadState.BadSetting or UnitLoadState.Error && appeared) { Manager.LoadAgain(this); }
        MarkChanged();
    }

    internal void OnKernelChanged()
    {
        switch (State)
        {
            case SwapState.Dead or SwapState.Failed when IsInUse:
                InvocationId = InvocationId.New();
                Result = CleanResult = ControlResult.Success;
                EnterActive(ControlResult.Success);
                break;
            case SwapState.Activating when IsInUse: Enter(SwapState.ActivatingDone); break;
            case SwapState.ActivatingDone or SwapState.Active when !IsInUse: EnterDead(ControlResult.Success); break;
        }
    }

    public void OnElapsed(Deadline timer)
    {
        switch (State)
        {
            case SwapState.Activating or SwapState.ActivatingDone:
                Log.Warning(this, $"Activation timed out. Stopping.");
                EnterSignal(SwapState.DeactivatingSigterm, ControlResult.Timeout);
                break;
            case SwapState.Deactivating:
                Log.Warning(this, $"Deactivation timed out. Stopping.");
                EnterSignal(SwapState.DeactivatingSigterm, ControlResult.Timeout);
                break;
            case SwapState.DeactivatingSigterm when Get(KillDirectives.SendSIGKILL):
                Log.Warning(this, $"Swap process timed out. Killing.");
                EnterSignal(SwapState.DeactivatingSigkill, ControlResult.Timeout);
                break;
            case SwapState.DeactivatingSigterm:
                Log.Warning(this, $"Swap process timed out. Skipping SIGKILL. Ignoring.");
                EnterDeadOrActive(ControlResult.Timeout);
                break;
            case SwapState.DeactivatingSigkill:
                Log.Warning(this, $"Swap process still around after SIGKILL. Ignoring.");
                EnterDeadOrActive(ControlResult.Timeout);
                break;
            case SwapState.Cleaning:
                Log.Warning(this, $"Cleaning timed out. Killing.");
                CleanResult = ControlResult.Timeout;
                EnterSignal(SwapState.DeactivatingSigkill, ControlResult.Success);
                break;
        }
    }
}
