using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Scope;

/// <summary>
/// A scope: processes that somebody else started and handed in, as one group. systemd.scope(5).
/// <code>
/// dead → start-chown → running ( → abandoned) → stop-sigterm → stop-sigkill → dead | failed
/// </code>
/// Made over the bus only. start-chown moves the processes into the control group; it ends in the same turn. The scope is down when its
/// group is empty. abandoned: the controller will not tell of the rest. init.scope stands for the manager itself and never ends.
/// </summary>
public sealed partial class ScopeUnit : Unit, IDeadlineObserver
{
    private const uint EffectOfState = 1;
    private static readonly ByteText[] s_documentation = ["man:systemd(1)"u8];

    internal ScopeUnit(Manager manager, UnitName id) : base(manager, ScopeUnitType.Value, id)
    {
        if (id != SpecialUnits.InitScope) { return; }
        Flags |= UnitFlags.Perpetual | UnitFlags.Transient;
        State = ScopeState.Running;
    }

    private Deadline? _timer;

    public ScopeState State { get; private set; }

    public ScopeResult Result { get; private set; }

    /// <summary>D-Bus PIDs=: who is to be in it. The bus fills this in before the start.</summary>
    public List<int> Pids { get; } = [];

    /// <summary>D-Bus Controller=: the connection that is asked to end the scope itself; empty for none.</summary>
    public string Controller
    {
        get => _controller;
        set
        {
            _controller = value;
            MarkDirty();
            MarkChanged();
        }
    }

    private string _controller = "";

    /// <summary>Sends RequestStop to the controller; true if that was possible. The bus layer fills this in.</summary>
    public Func<ScopeUnit, bool>? AskController { get; set; }

    public bool WasAbandoned { get; private set; }

    public override UnitActiveState ActiveState => ScopeStates.Row(State).Active;

    public override string SubState => ScopeStates.Row(State).Text;

    public override Usec JobDeadline => _timer is { IsArmed: true } ? _timer.When : base.JobDeadline;

    public override string Description => IsPerpetual && !Settings.IsSet(UnitDirectives.Description) ? "System and Service Manager" : base.Description;

    protected override bool LoadsWithoutFile => IsPerpetual || IsTransient;

    protected override bool MayHaveFile => IsPerpetual || IsTransient;

    protected override UnitName? WantedSlice => SliceRules.For(this);

    protected override string? OnLoad()
    {
        if (IsPerpetual)
        {
            Settings.Set(UnitDirectives.DefaultDependencies, false, Origin.Default);
            Settings.Set(UnitDirectives.Documentation, s_documentation, Origin.Default);
            NoteAlwaysActive();
            return null;
        }
        if (Get(UnitDirectives.DefaultDependencies)) { AddDependency(Dep.Before | Dep.Conflicts, SpecialUnits.Shutdown, DepOrigin.Default); }
        return null;
    }

    /// <summary>The one place that changes the state.</summary>
    private void Enter(ScopeState state)
    {
        ScopeState before = State;
        UnitActiveState activeBefore = ActiveState;
        BeforeStateChange();
        if (!ScopeStates.Row(state).KeepsTimer) { _timer?.Disarm(); }
        DropEffects(EffectOfState);
        State = state;
        MarkDirty();
        if (before != state) { Log.Debug(this, $"Changed {ScopeStates.Row(before).Text} -> {ScopeStates.Row(state).Text}"); }
        OnStateChanged(activeBefore, ActiveState);
        IsTransitory = state == ScopeState.StartChown;
    }

    private void EnterAndAct(ScopeState state)
    {
        Enter(state);
        QueueEffect(EffectOfState);
    }

    private void Fail(ScopeResult result)
    {
        if (Result == ScopeResult.Success) { Result = result; }
    }

    protected override JobStep StartType()
    {
        if (State == ScopeState.StartChown) { return JobStep.UnderWay; }
        // A scope lives once: what failed is started no more.
        if (State == ScopeState.Failed || !IsTransient) { return JobStep.Failed; }
        if (State is ScopeState.StopSigterm or ScopeState.StopSigkill) { return JobStep.Again; }
        if (Pids.Count == 0)
        {
            Log.Error(this, $"Scope has no PIDs. Refusing.");
            return JobStep.Failed;
        }
        InvocationId = InvocationId.New();
        Result = ScopeResult.Success;
        EnterAndAct(ScopeState.StartChown);
        return JobStep.Started;
    }

    protected override JobStep StopType()
    {
        if (State is ScopeState.StopSigterm or ScopeState.StopSigkill) { return JobStep.UnderWay; }
        EnterSignal(ScopeState.StopSigterm, ScopeResult.Success);
        return JobStep.Started;
    }

    protected override void RunEffect(uint bit)
    {
        switch (State)
        {
            case ScopeState.StartChown: AttachProcesses(); break;
            case ScopeState.StopSigterm or ScopeState.StopSigkill: Kill(); break;
        }
    }

    public override BusError? TakeProcesses(IReadOnlyList<int> pids, string? controller)
    {
        if (IsPerpetual || State != ScopeState.Dead) { return new BusError(BusError.UnitExists, $"Unit {Id} is up already."); }
        foreach (int pid in pids)
        {
            if (pid <= 1 || !ProcStat.IsAlive(pid)) { return new BusError("org.freedesktop.DBus.Error.UnixProcessIdUnknown", $"Process with ID {pid} does not exist."); }
        }
        Pids.Clear();
        Pids.AddRange(pids);
        Controller = controller ?? "";
        return null;
    }

    private int _taken;

    private void AttachProcesses()
    {
        _taken = 0;
        ByteText subgroup = Get(CgroupDirectives.DelegateSubgroup);
        string below = IsDelegated && !subgroup.IsEmpty ? $"/{subgroup}" : "";
        var refused = new List<int>();
        foreach (int pid in Pids)
        {
            Errno attached = Manager.Cgroups.IsUsable ? Manager.Cgroups.Attach(this, pid, below) : ProcStat.IsAlive(pid) ? Errno.None : Errno.ESRCH;
            if (attached == Errno.EPERM || attached == Errno.EACCES) { refused.Add(pid); }
            if (attached.Failed) { continue; }
            _taken++;
            // Without a tree the ends of these processes are all that tells of the scope's.
            if (!Manager.Cgroups.IsUsable) { Manager.WatchPid(this, pid); }
        }
        if (refused.Count > 0 && Manager.AttachBySystem is { } ask) { ask(this, refused); }
        else { OnAttached(0); }
    }

    /// <summary>All that were to be moved are, or could not be.</summary>
    public override void OnAttached(int count)
    {
        if (State != ScopeState.StartChown) { return; }
        _taken += count;
        if (_taken == 0)
        {
            Log.Warning(this, $"No PIDs left to attach to the scope's control group, refusing.");
            EnterDead(ScopeResult.Resources);
            return;
        }
        if (Manager.Cgroups.IsUsable) { Pids.Clear(); }
        Enter(ScopeState.Running);
        ArmRuntimeLimit();
    }

    private void ArmRuntimeLimit()
    {
        Usec limit = Get(ScopeDirectives.RuntimeMaxSec);
        if (limit.IsInfinity || limit == Usec.Zero || IsPerpetual) { return; }
        Usec extra = Get(ScopeDirectives.RuntimeRandomizedExtraSec);
        if (extra != Usec.Zero && !extra.IsInfinity) { limit += new Usec((ulong)Random.Shared.NextInt64((long)Math.Min(extra.Value, long.MaxValue))); }
        Usec since = Timestamps.ActiveEnter.Monotonic != Usec.Zero ? Timestamps.ActiveEnter.Monotonic : Manager.Loop.Now;
        ArmAt(since + limit);
    }

    private void ArmAt(Usec when) => (_timer ??= new Deadline(Manager.Monotonic, this)).ArmAt(when);

    private void EnterSignal(ScopeState state, ScopeResult result)
    {
        Fail(result);
        if (!Reaches(state))
        {
            if (state == ScopeState.StopSigterm) { EnterSignal(ScopeState.StopSigkill, ScopeResult.Success); }
            else { EnterDead(ScopeResult.Success); }
            return;
        }
        Usec span = Get(ScopeDirectives.TimeoutStopSec);
        ArmAt(span.IsInfinity || span == Usec.Zero ? Usec.Infinity : Manager.Loop.Now + span);
        EnterAndAct(state);
    }

    /// <summary>
    /// Whether that step ends any process: a scope has no main process, so KillMode=process spares all of them, mixed those that could end by themselves.
    /// </summary>
    private bool Reaches(ScopeState state) => !Manager.Cgroups.IsUsable || (state == ScopeState.StopSigterm && Controller.Length > 0) || Get(KillDirectives.KillMode) switch
    {
        KillMode.ControlGroup => true,
        KillMode.Mixed => state == ScopeState.StopSigkill,
        _ => false,
    };

    private void Kill()
    {
        // A controller is asked to end it in its own way; the timeout holds all the same.
        if (State == ScopeState.StopSigterm && Controller.Length > 0 && AskController is { } ask && ask(this)) { return; }
        KillKind kind = State == ScopeState.StopSigkill ? KillKind.Kill : Job is { Type: JobType.Restart } ? KillKind.Restart : KillKind.Terminate;
        bool wait = Manager.Kill.Unit(this, kind, null, null, mainIsAlien: false);
        if (!Manager.Cgroups.IsUsable) { wait = KillListed(kind); }
        if (wait) { return; }
        if (State == ScopeState.StopSigterm && Manager.Cgroups.IsPopulated(this)) { EnterSignal(ScopeState.StopSigkill, ScopeResult.Success); }
        else { EnterDead(ScopeResult.Success); }
    }

    private bool KillListed(KillKind kind)
    {
        bool any = false;
        foreach (int pid in Pids)
        {
            if (ProcStat.IsAlive(pid)) { any |= Manager.Kill.Process(this, pid, kind == KillKind.Kill ? Get(KillDirectives.FinalKillSignal) : Get(KillDirectives.KillSignal)); }
        }
        return any;
    }

    private void EnterDead(ScopeResult result)
    {
        if (State is ScopeState.Dead or ScopeState.Failed) { return; }
        Fail(result);
        LogEnd(Result == ScopeResult.Success, Result.Text());
        Enter(Result == ScopeResult.Success ? ScopeState.Dead : ScopeState.Failed);
        Manager.Cgroups.Release(this);
    }

    /// <summary>The controller leaves the rest to us.</summary>
    /// <returns>False if it is not running.</returns>
    public bool Abandon()
    {
        if (IsPerpetual || State is not (ScopeState.Running or ScopeState.Abandoned)) { return false; }
        WasAbandoned = true;
        Controller = "";
        Enter(ScopeState.Abandoned);
        return true;
    }

    void IDeadlineObserver.OnElapsed(Deadline timer)
    {
        switch (State)
        {
            case ScopeState.Running or ScopeState.Abandoned:
                Log.Warning(this, $"Scope reached runtime time limit. Stopping.");
                EnterSignal(ScopeState.StopSigterm, ScopeResult.Timeout);
                break;
            case ScopeState.StopSigterm when Get(KillDirectives.SendSIGKILL):
                Log.Warning(this, $"Stopping timed out. Killing.");
                EnterSignal(ScopeState.StopSigkill, ScopeResult.Timeout);
                break;
            case ScopeState.StopSigterm:
                Log.Warning(this, $"Stopping timed out. Skipping SIGKILL.");
                EnterDead(ScopeResult.Timeout);
                break;
            case ScopeState.StopSigkill:
                Log.Warning(this, $"Still around after SIGKILL. Ignoring.");
                EnterDead(ScopeResult.Timeout);
                break;
        }
    }

    protected override void OnCgroupEmpty()
    {
        if (!IsPerpetual && State is ScopeState.Running or ScopeState.Abandoned or ScopeState.StopSigterm or ScopeState.StopSigkill && !IsPerpetual) { EnterDead(ScopeResult.Success); }
    }

    protected override void OnChildExited(int pid, ChildExit exit)
    {
        if (Manager.Cgroups.IsUsable || !Pids.Remove(pid)) { return; }
        MarkDirty();
        if (Pids.Count == 0) { OnCgroupEmpty(); }
    }

    /// <summary>OOMPolicy=, else what suits a unit that looks after its own groups.</summary>
    public OomPolicy EffectiveOomPolicy =>
        Settings.IsSet(ScopeDirectives.OOMPolicy) || !IsDelegated ? Get(ScopeDirectives.OOMPolicy) : OomPolicy.Continue;

    protected override void OnOutOfMemory(bool byManagedOom)
    {
        if (!byManagedOom)   // of the other the notice about its groups has told
        {
            Log.Write(LogLevel.Warning, new LogContext(this) { MessageId = MessageIds.UnitOutOfMemory }, $"A process of this unit has been killed by the OOM killer.");
        }
        OomPolicy policy = EffectiveOomPolicy;
        if (policy == OomPolicy.Continue || IsPerpetual || State is not (ScopeState.Running or ScopeState.Abandoned)) { return; }
        EnterSignal(policy == OomPolicy.Kill ? ScopeState.StopSigkill : ScopeState.StopSigterm, ScopeResult.OomKill);
    }

    public override void ResetFailed()
    {
        base.ResetFailed();
        if (State == ScopeState.Failed) { Enter(ScopeState.Dead); }
        Result = ScopeResult.Success;
        MarkChanged();
    }
}
