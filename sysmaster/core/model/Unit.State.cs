using SysMaster.Core.Directives;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>When a unit last changed which way, and what else only a unit that was started has; allocated with the first of it.</summary>
public sealed class UnitTimestamps
{
    public DualTimestamp StateChange { get; set; }
    public DualTimestamp InactiveExit { get; set; }
    public DualTimestamp ActiveEnter { get; set; }
    public DualTimestamp ActiveExit { get; set; }
    public DualTimestamp InactiveEnter { get; set; }
    public DualTimestamp Condition { get; set; }
    public DualTimestamp Assert { get; set; }

    /// <summary>CPU time of the control group that went last, ns; zero if none was counted.</summary>
    public ulong CpuNsec { get; set; }

    /// <summary>See <see cref="Unit.Runtime"/>.</summary>
    internal ExecRuntime? Runtime { get; set; }

    /// <summary>See <see cref="Unit.Activation"/>.</summary>
    internal ByteText[] Activation { get; set; } = [];

    /// <summary>See <see cref="Unit.Conditions"/>.</summary>
    internal List<Core.Conditions.Condition>? Conditions { get; set; }

    internal List<Core.Conditions.Condition>? Asserts { get; set; }

    /// <summary>See <see cref="Unit.InvocationId"/>.</summary>
    internal InvocationId Invocation { get; set; }

    /// <summary>See <see cref="Unit.LinkedInvocation"/>.</summary>
    internal InvocationId Linked { get; set; }

    public static readonly UnitTimestamps Never = new();
}

/// <summary>What a change of state means beyond the state itself.</summary>
[Flags]
public enum NotifyFlags : byte
{
    None = 0,
    /// <summary>The reload that ended had failed.</summary>
    ReloadFailed = 1,
    /// <summary>The unit will start itself again: no OnFailure=, no FailureAction=.</summary>
    WillAutoRestart = 2,
    /// <summary>It never started, since its condition did not hold.</summary>
    SkipCondition = 4,
}

/// <summary>State: what it is now, and everything that follows from a change.</summary>
public abstract partial class Unit
{
    private UnitTimestamps? _timestamps;

    public abstract UnitActiveState ActiveState { get; }

    /// <summary>The type's own word, "running".</summary>
    public abstract string SubState { get; }

    public UnitTimestamps Timestamps => _timestamps ?? UnitTimestamps.Never;

    internal UnitTimestamps WritableTimestamps => _timestamps ??= new UnitTimestamps();

    public Job? Job { get; internal set; }

    public Job? NopJob { get; internal set; }

    /// <summary>Of the last or current activation, 16 bytes; default when it never ran.</summary>
    public InvocationId InvocationId
    {
        get => Timestamps.Invocation;
        set
        {
            if (value != Timestamps.Invocation) { WritableTimestamps.Invocation = value; }
        }
    }

    /// <summary>What somebody has asked to be done later; an end takes all of it back, a reload what it does.</summary>
    public UnitMarkers Markers
    {
        get => _markers;
        set
        {
            if (_markers == value) { return; }
            _markers = value;
            MarkDirty();
        }
    }

    private UnitMarkers _markers;

    public bool ConditionResult { get; set; }

    public bool AssertResult { get; set; }

    /// <summary>
    /// A unit type calls this each time its state changed (or may have, after a reload): stamps, jobs, dependents, OnFailure= and queues.
    /// It makes no system call but reading clocks.
    /// </summary>
    protected void OnStateChanged(UnitActiveState before, UnitActiveState now, NotifyFlags flags = NotifyFlags.None)
    {
        MarkChanged();   // before its job ends: that is told after the state it led to
        NoteHistory(before, now);
        if (before != now || before == UnitActiveState.Active) { Stamp(before, now); }
        if (before != now && (now.IsInactiveOrFailed() || now.IsActiveOrReloading())) { Manager.ManagedOomChanged?.Invoke(this); }
        Manager.TrackFailed(this, now == UnitActiveState.Failed);
        Manager.TrackJournal(this);
        if (now.IsInactiveOrFailed()) { Markers = UnitMarkers.None; }
        else if (now == UnitActiveState.Reloading && before != now) { Markers &= ~UnitMarkers.NeedsReload; }
        if (now.IsInactiveOrFailed() && !before.IsInactiveOrFailed()) { OnBecameInactive(); }
        bool unexpected = Job is null || JobProcessing.OnUnitChanged(Job, now, flags);
        if (!Manager.IsReplaying)
        {
            if (unexpected) { PropagateUnexpectedChange(before, now); }
            if (before != now && !Manager.IsSwapping) { StartOnTriggers(before, now, flags); }
        }
        foreach (Unit trigger in new List<Unit>(Others(Dep.TriggeredBy))) { trigger.OnTriggeredUnitChanged(this); }
        if (now.IsInactiveOrFailed()) { RunOutcomeAction(before, now, flags); }
        if (now.IsInactiveOrDeactivating()) { Manager.QueueDependentsOfStopped(this); }
        if (now.IsActiveOrReloading()) { Manager.QueueDependentsOfStarted(this); }
        Manager.QueueGc(this);
        MarkDirty();
    }

    private string _notedSubState = "dead";

    private void NoteHistory(UnitActiveState before, UnitActiveState now)
    {
        string sub = SubState;
        if (before == now && ReferenceEquals(sub, _notedSubState)) { return; }
        _notedSubState = sub;
        if (!Manager.IsReplaying && !Manager.IsSwapping) { Manager.History.Add(this, before, now); }
    }

    /// <summary>A unit this one triggers (timer to service) changed its state.</summary>
    protected internal virtual void OnTriggeredUnitChanged(Unit triggered) { }

    /// <summary>Everything of one activation that does not outlive it.</summary>
    protected virtual void OnBecameInactive() { }

    /// <summary>A perpetual unit is up from the start: it was first seen so now.</summary>
    protected void NoteAlwaysActive()
    {
        if (Timestamps.StateChange.IsSet) { return; }
        Stamp(UnitActiveState.Inactive, UnitActiveState.Active);
        MarkDirty();
    }

    private void Stamp(UnitActiveState before, UnitActiveState now)
    {
        DualTimestamp at = DualTimestamp.Now();
        UnitTimestamps t = WritableTimestamps;
        t.StateChange = at;
        if (before.IsInactiveOrFailed() && !now.IsInactiveOrFailed()) { t.InactiveExit = at; }
        else if (!before.IsInactiveOrFailed() && now.IsInactiveOrFailed()) { t.InactiveEnter = at; }
        if (!before.IsActiveOrReloading() && now.IsActiveOrReloading()) { t.ActiveEnter = at; }
        else if (before.IsActiveOrReloading() && !now.IsActiveOrReloading()) { t.ActiveExit = at; }
    }

    private void PropagateUnexpectedChange(UnitActiveState before, UnitActiveState now)
    {
        if (before.IsInactiveOrFailed() && now.IsActiveOrActivating()) { Retroactive.OnStarted(this); }
        else if (before.IsActiveOrActivating() && now.IsInactiveOrDeactivating()) { Retroactive.OnStopped(this); }
    }

    private void StartOnTriggers(UnitActiveState before, UnitActiveState now, NotifyFlags flags)
    {
        if (now == UnitActiveState.Failed && (flags & NotifyFlags.WillAutoRestart) == 0)
        {
            Manager.StartOutcomeUnits(this, Dep.OnFailure, Get(UnitDirectives.OnFailureJobMode));
        }
        else if (now == UnitActiveState.Inactive && !before.IsInactiveOrFailed() && before != UnitActiveState.Maintenance
            && (flags & NotifyFlags.WillAutoRestart) == 0)
        {
            Manager.StartOutcomeUnits(this, Dep.OnSuccess, Get(UnitDirectives.OnSuccessJobMode));
        }
    }

    private void RunOutcomeAction(UnitActiveState before, UnitActiveState now, NotifyFlags flags)
    {
        if (before == now || (flags & NotifyFlags.WillAutoRestart) != 0 || Manager.IsReplaying) { return; }
        if (now == UnitActiveState.Failed)
        {
            Manager.RunEmergencyAction(Get(UnitDirectives.FailureAction), Get(UnitDirectives.RebootArgument).ToString(), FailureActionExitStatus,
                $"unit {Id} failed");
        }
        else if (!before.IsInactiveOrFailed() && (flags & NotifyFlags.SkipCondition) == 0)
        {
            Manager.RunEmergencyAction(Get(UnitDirectives.SuccessAction), Get(UnitDirectives.RebootArgument).ToString(), SuccessActionExitStatus,
                $"unit {Id} succeeded");
        }
    }

    /// <summary>SuccessActionExitStatus=, else what the unit's main process left; -1 for none.</summary>
    protected virtual int SuccessActionExitStatus => Get(UnitDirectives.SuccessActionExitStatus);

    protected virtual int FailureActionExitStatus => Get(UnitDirectives.FailureActionExitStatus);
}
