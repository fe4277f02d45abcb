using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.Units.Device;
using SysMaster.Units.Mount;

namespace SysMaster.Units.Swap;

/// <summary>
/// A swap device or file. swapon(8) and swapoff(8) do the work; whether it is in use is known from /proc/swaps only.
/// <code>
/// dead → activating → activating-done → active → deactivating → deactivating-sigterm → deactivating-sigkill → dead | failed
/// </code>
/// One device has many names (links in /dev/disk): each has a unit, all follow the one that a file configures, or else the one named as the
/// kernel names it. Only one of them acts at a time. The kernel's list is read before the end of a command is judged.
/// </summary>
public sealed partial class SwapUnit : Unit, IDeadlineObserver
{
    private readonly Deadline _timer;

    internal SwapUnit(Manager manager, UnitName id) : base(manager, SwapUnitType.Value, id)
    {
        Control = new ProcessSlot(this, 0);
        _timer = new Deadline(manager.Monotonic, this);
    }

    public SwapState State { get; private set; }

    public ControlResult Result { get; private set; }

    public ControlResult CleanResult { get; private set; }

    /// <summary>swapon(8) or swapoff(8) while it runs.</summary>
    public ProcessSlot Control { get; }

    public ExecRun? ActivateRun { get; private set; }

    public ExecRun? DeactivateRun { get; private set; }

    /// <summary>As /proc/swaps names the device; empty while the kernel does not use it.</summary>
    public ByteText Kernel { get; private set; }

    /// <summary>As the kernel gave it; meaningful while it is in use.</summary>
    public int KernelPriority { get; private set; } = -1;

    public bool IsFromFragment => !FragmentPath.IsEmpty;

    public bool IsInUse => !Kernel.IsEmpty;

    /// <summary>The name this unit is for: What=, else what the kernel says, else the unit's own name.</summary>
    public ByteText What
    {
        get
        {
            if (Settings.IsSet(SwapDirectives.What)) { return Get(SwapDirectives.What); }
            return LoadState != UnitLoadState.NotFound && Id.TryToPath(out ByteText path) ? path : Kernel;
        }
    }

    /// <summary>The kernel's while it is in use, else pri= of the options, else Priority=; -1 for the kernel's choice.</summary>
    public int Priority => IsInUse ? KernelPriority : ConfiguredPriority;

    public ByteText Options => Get(SwapDirectives.Options);

    /// <summary>The node that the name leads to; empty if it cannot be told. Units with the same are one device.</summary>
    public ByteText Node { get; internal set; }

    public override UnitActiveState ActiveState => SwapStates.Row(State).Active;

    public override string SubState => SwapStates.Row(State).Text;

    public override string Description => Settings.IsSet(UnitDirectives.Description) || What.IsEmpty ? base.Description : What.ToString();

    public override Unit? Following => SwapTable.Of(Manager).Leader(this);

    public override Usec JobDeadline => _timer.When;

    protected override int ControlPid => Control.Pid;

    protected override bool LoadsWithoutFile => IsInUse;

    protected override UnitName? WantedSlice => SliceRules.For(this);

    private Usec Timeout => Get(SwapDirectives.TimeoutSec) == Usec.Zero ? Usec.Infinity : Get(SwapDirectives.TimeoutSec);

    private int ConfiguredPriority
    {
        get
        {
            if (MountOptions.TryGet(Options, "pri"u8, out ReadOnlySpan<byte> text) && System.Buffers.Text.Utf8Parser.TryParse(text, out int value, out int n) && n == text.Length)
            {
                return value;
            }
            return Get(SwapDirectives.Priority);
        }
    }

    public override bool IsExtrinsic => IsPerpetual || !Manager.IsSystem;

    protected override string? OnLoad()
    {
        ByteText what = What;
        Manager.AddMountsFor(this, what, Dep.Requires);
        if (IsFromFragment && Settings.IsSet(SwapDirectives.What)) { AddDevice(what); }
        SwapTable.Of(Manager).Place(this);
        if (Get(UnitDirectives.DefaultDependencies) && Manager.IsSystem && !Manager.Facts.Virtualization.IsContainer)
        {
            AddDependency(Dep.Before, SpecialUnits.Swap, DepOrigin.Default);
            AddDependency(Dep.Before | Dep.Conflicts, SpecialUnits.Umount, DepOrigin.Default);
        }
        ExecDependencies.Add(this);
        UnitName expected = UnitName.FromPath(what.Span, UnitKind.Swap);
        if (!expected.IsValid || !HasName(expected))
        {
            Log.Error(this, $"Value of What= and unit name do not match, not loading.");
            return "";
        }
        return !Get(ExecDirectives.PAMName).IsEmpty && Get(KillDirectives.KillMode) != KillMode.ControlGroup
            ? "Unit has PAM enabled. Kill mode must be set to 'control-group'." : null;
    }

    public override bool IsImpliedWhenBad => true;

    private static readonly UnitName s_remount = UnitName.Parse("systemd-remount-fs.service");

    private void AddDevice(ByteText what)
    {
        if (!MountPoints.IsDevicePath(what))
        {
            // A file: its file system must be writable first.
            AddDependency(Dep.After, s_remount, DepOrigin.File);
            return;
        }
        UnitName device = UnitName.FromPath(what.Span, UnitKind.Device);
        if (!device.IsValid) { return; }
        AddDependency(Dep.After | (Manager.IsSystem ? Dep.BindsTo : Dep.Wants), device, DepOrigin.File);
        UnitName target = UnitName.Parse("blockdev@.target").WithPathInstance(what.Span);
        if (target.IsValid) { AddDependency(Dep.After, target, DepOrigin.File); }
    }

    /// <summary>The one place that changes the state.</summary>
    private void Enter(SwapState state)
    {
        SwapState before = State;
        UnitActiveState activeBefore = ActiveState;
        BeforeStateChange();
        if (!SwapStates.Row(state).KeepsControl)
        {
            _timer.Disarm();
            ForgetControl();
        }
        DropEffects(EffectOfState);
        State = state;
        MarkDirty();
        if (before != state) { Log.Debug(this, $"Changed {SwapStates.Row(before).Text} -> {SwapStates.Row(state).Text}"); }
        OnStateChanged(activeBefore, ActiveState);
        // Another name of the device may have waited for this one.
        if (!SwapStates.Row(state).KeepsControl) { SwapTable.Of(Manager).RetryOthers(this); }
    }

    private void EnterAndAct(SwapState state)
    {
        if (Timeout.IsInfinity) { _timer.Disarm(); }
        else { _timer.ArmAt(Manager.Loop.Now + Timeout); }
        Enter(state);
        QueueEffect(EffectOfState);
    }

    private void EnterActive(ControlResult result)
    {
        Fail(result);
        Enter(SwapState.Active);
    }

    private void EnterDead(ControlResult result)
    {
        Fail(result);
        LogEnd(Result == ControlResult.Success, Result.Text());
        Enter(Result == ControlResult.Success ? SwapState.Dead : SwapState.Failed);
        Manager.Exec.Cleanup(this, restarts: false);
    }

    private void EnterDeadOrActive(ControlResult result)
    {
        if (IsInUse) { EnterActive(result); }
        else { EnterDead(result); }
    }

    private void Fail(ControlResult result)
    {
        if (Result == ControlResult.Success) { Result = result; }
    }

    public override void ResetFailed()
    {
        base.ResetFailed();
        if (State == SwapState.Failed) { Enter(SwapState.Dead); }
        Result = CleanResult = ControlResult.Success;
        MarkDirty();
    }

    private void ForgetControl()
    {
        Manager.CancelSpawn(Control);
        if (Control.Pid > 0) { Manager.UnwatchPid(this, Control.Pid); }
        Control.Clear();
    }

    protected override void OnRemoved()
    {
        SwapTable.Of(Manager).Forget(this);
        base.OnRemoved();
    }
}
