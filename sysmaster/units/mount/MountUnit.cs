using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Mount;

/// <summary>
/// A mount point. mount(8) and umount(8) do the work; whether something is mounted is known from /proc/self/mountinfo only.
/// <code>
/// dead → mounting → mounting-done → mounted → unmounting → unmounting-sigterm → unmounting-sigkill → dead | failed
///                                     ↕ remounting → remounting-sigterm → remounting-sigkill
/// </code>
/// mounting-done: it has appeared in the kernel's table, but the command has not ended yet. A mount that somebody else makes or ends
/// takes the unit to mounted or dead without a job.
/// Races it lives with: the exit of a command may be told before the table's change, so the table is read before an exit is judged;
/// mounts may be stacked, so a umount that left a mount there is tried again, 32 times at most; a fuse mount may appear and vanish
/// while its command still runs, then the state goes back to mounting.
/// </summary>
public sealed partial class MountUnit : Unit, IDeadlineObserver
{
    private const int MaxUmounts = 32;

    private readonly Deadline _timer;
    private int _umounts;

    internal MountUnit(Manager manager, UnitName id) : base(manager, MountUnitType.Value, id)
    {
        Control = new ProcessSlot(this, 0);
        _timer = new Deadline(manager.Monotonic, this);
        if (id == SpecialUnits.RootMount) { Flags |= UnitFlags.Perpetual; }
    }

    public MountState State { get; private set; }

    public ControlResult Result { get; private set; }

    public ControlResult ReloadResult { get; private set; }

    public ControlResult CleanResult { get; private set; }

    /// <summary>mount(8) or umount(8) while it runs.</summary>
    public ProcessSlot Control { get; }

    /// <summary>How the last command of each kind ran: mount, umount, remount; null if it never did.</summary>
    public ExecRun? MountRun { get; private set; }

    public ExecRun? UnmountRun { get; private set; }

    public ExecRun? RemountRun { get; private set; }

    /// <summary>As the kernel has it; null while nothing is mounted there.</summary>
    public KernelMount? Kernel { get; private set; }

    public bool IsFromFragment => !FragmentPath.IsEmpty || IsTransient;

    public ByteText Where
    {
        get
        {
            if (Settings.IsSet(MountDirectives.Where)) { return Get(MountDirectives.Where); }
            return Id.TryToPath(out ByteText path) ? path : default;
        }
    }

    /// <summary>The kernel's word while it is mounted, else the file's.</summary>
    public ByteText What => Kernel?.What ?? Get(MountDirectives.What);

    public ByteText FsType => Kernel?.Type ?? Get(MountDirectives.Type);

    public ByteText Options => Kernel?.Options ?? Get(MountDirectives.Options);

    public override UnitActiveState ActiveState => MountStates.Row(State).Active;

    public override string SubState => MountStates.Row(State).Text;

    public override bool CanReload => true;

    public override string Description => Settings.IsSet(UnitDirectives.Description) ? base.Description : IsRoot ? "Root Mount" : IsCompleted ? Where.ToString() : Id.Text;

    public override Usec JobDeadline => _timer.When;

    /// <summary>What the kernel has mounted has a unit, whatever became of a job on it.</summary>
    protected override bool MayCollect => Kernel is null;

    protected override int ControlPid => Control.Pid;

    protected override bool LoadsWithoutFile => IsPerpetual || Kernel is not null;

    protected override UnitName? WantedSlice => SliceRules.For(this);

    private bool IsRoot => Id == SpecialUnits.RootMount;

    private Usec Timeout => Get(MountDirectives.TimeoutSec) == Usec.Zero ? Usec.Infinity : Get(MountDirectives.TimeoutSec);

    /// <summary>The one place that changes the state.</summary>
    private void Enter(MountState state)
    {
        MountState before = State;
        UnitActiveState activeBefore = ActiveState;
        BeforeStateChange();
        if (!MountStates.Row(state).KeepsControl)
        {
            _timer.Disarm();
            ForgetControl();
        }
        DropEffects(EffectOfState);
        State = state;
        MarkDirty();
        if (before != state) { Log.Debug(this, $"Changed {MountStates.Row(before).Text} -> {MountStates.Row(state).Text}"); }
        OnStateChanged(activeBefore, ActiveState, ReloadResult == ControlResult.Success ? NotifyFlags.None : NotifyFlags.ReloadFailed);
    }

    /// <summary>Enters a state that has something to do in the kernel once it is recorded, within TimeoutSec=.</summary>
    private void EnterAndAct(MountState state)
    {
        if (Timeout.IsInfinity) { _timer.Disarm(); }
        else { _timer.ArmAt(Manager.Loop.Now + Timeout); }
        Enter(state);
        QueueEffect(EffectOfState);
    }

    private void EnterMounted(ControlResult result)
    {
        Fail(result);
        Enter(MountState.Mounted);
    }

    private void EnterDead(ControlResult result)
    {
        Fail(result);
        LogEnd(Result == ControlResult.Success, Result.Text());
        Enter(Result == ControlResult.Success ? MountState.Dead : MountState.Failed);
        Manager.Exec.Cleanup(this, restarts: false);
    }

    private void EnterDeadOrMounted(ControlResult result)
    {
        if (Kernel is not null) { EnterMounted(result); }
        else { EnterDead(result); }
    }

    private void Fail(ControlResult result)
    {
        if (Result == ControlResult.Success) { Result = result; }
    }

    public override void ResetFailed()
    {
        base.ResetFailed();
        if (State == MountState.Failed) { Enter(MountState.Dead); }
        Result = ReloadResult = CleanResult = ControlResult.Success;
        MarkDirty();
    }

    private void ForgetControl()
    {
        Manager.CancelSpawn(Control);
        if (Control.Pid > 0) { Manager.UnwatchPid(this, Control.Pid); }
        Control.Clear();
    }
}
