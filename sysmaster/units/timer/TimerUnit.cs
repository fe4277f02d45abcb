using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Timer;

/// <summary>
/// A timer: starts its unit at points of time. systemd.timer(5).
/// <code>
/// dead → waiting → running → waiting … → elapsed (nothing is left to wait for) → dead
/// </code>
/// waiting has one deadline for the earliest span and one for the earliest calendar; running lasts while the triggered unit is up; each
/// change of that unit computes anew. The next points are computed in one place (<see cref="EnterWaiting"/>), from stamps that were
/// recorded, so computing twice gives the same but for the random delay, which is why the results are part of the record.
/// </summary>
public sealed partial class TimerUnit : Unit, IDeadlineObserver
{
    private const uint StampEffect = 1;

    internal TimerUnit(Manager manager, UnitName id) : base(manager, TimerUnitType.Value, id) { }

    private Deadline? _monotonic, _realtime;

    public TimerState State { get; private set; }

    public TimerResult Result { get; private set; }

    /// <summary>When it last started its unit; of a persistent timer that has not run since boot, only the wall clock.</summary>
    public DualTimestamp LastTrigger { get; private set; }

    /// <summary>D-Bus NextElapseUSecRealtime; infinity: none.</summary>
    public Usec NextElapseRealtime { get; private set; } = Usec.Infinity;

    /// <summary>D-Bus NextElapseUSecMonotonic (CLOCK_BOOTTIME with WakeSystem=); infinity: none.</summary>
    public Usec NextElapseMonotonic { get; private set; } = Usec.Infinity;

    /// <summary>Each line with its own next point.</summary>
    public IReadOnlyList<TimerValue> Values => _values;

    /// <summary>What it starts.</summary>
    public Unit? Triggered { get; private set; }

    public override UnitActiveState ActiveState => TimerStates.Row(State).Active;

    public override string SubState => TimerStates.Row(State).Text;

    /// <summary>Stamps of Persistent=, a file for each timer.</summary>
    public ByteText StampPath => new($"{StampDirectory}/stamp-{Id}");

    /// <summary>Where stamps lie; a test's own place if it sets one.</summary>
    internal string StampDirectory
    {
        get => _stampDirectory ?? (Manager.IsSystem ? "/var/lib/systemd/timers" : $"{Manager.Options.DataHome}/systemd/timers");
        set => _stampDirectory = value;
    }

    private string? _stampDirectory;

    private bool Wakes => Get(TimerDirectives.WakeSystem) && Manager.BoottimeAlarm is not null;

    /// <summary>The one place that changes the state.</summary>
    private void Enter(TimerState state)
    {
        TimerState before = State;
        UnitActiveState activeBefore = ActiveState;
        BeforeStateChange();
        if (!TimerStates.Row(state).KeepsDeadlines)
        {
            _monotonic?.Disarm();
            _realtime?.Disarm();
            NextElapseMonotonic = NextElapseRealtime = Usec.Infinity;
        }
        State = state;
        MarkDirty();
        if (before != state) { Log.Debug(this, $"Changed {TimerStates.Row(before).Text} -> {TimerStates.Row(state).Text}"); }
        OnStateChanged(activeBefore, ActiveState);
    }

    protected override JobStep TestStartLimit()
    {
        if (IsWithinStartLimit()) { return JobStep.Started; }
        EnterDead(TimerResult.StartLimitHit);
        return JobStep.StartLimitHit;
    }

    protected override JobStep StartType()
    {
        if (Triggered is not { IsLoaded: true })
        {
            Log.Error(this, $"Refusing to start, unit {Triggered?.Id.Text} to trigger not loaded.");
            return JobStep.Failed;
        }
        InvocationId = InvocationId.New();
        Result = TimerResult.Success;
        LastTrigger = default;
        foreach (TimerValue value in _values) { value.IsDisabled = value.IsDisabled && value.Spec.Base != TimerBase.OnActive; }
        if (Get(TimerDirectives.Persistent)) { TakeStamp(); }
        EnterWaiting(timeChange: false);
        return JobStep.Started;
    }

    protected override JobStep StopType()
    {
        EnterDead(TimerResult.Success);
        return JobStep.Started;
    }

    private void EnterDead(TimerResult result)
    {
        if (Result == TimerResult.Success) { Result = result; }
        LogEnd(Result == TimerResult.Success, Result.Text());
        Enter(Result == TimerResult.Success ? TimerState.Dead : TimerState.Failed);
    }

    private void EnterElapsed(bool leaveAround)
    {
        // Left active, so that starting it once more does not trigger at once.
        if (leaveAround || Get(TimerDirectives.RemainAfterElapse)) { Enter(TimerState.Elapsed); }
        else { EnterDead(TimerResult.Success); }
    }

    private void EnterRunning()
    {
        if (Job is { Type: JobType.Stop }) { return; }
        if (Triggered is not { } triggered)
        {
            EnterDead(TimerResult.Resources);
            return;
        }
        string? before = Manager.CurrentActor;
        Manager.CurrentActor = $"unit {Id}";
        BusError? error = Manager.AddJob(JobType.Start, triggered, JobMode.Replace, out _);
        Manager.CurrentActor = before;
        if (error is not null)
        {
            Log.Warning(this, $"Failed to queue unit startup job: {error.Message}");
            EnterDead(TimerResult.Resources);
            return;
        }
        LastTrigger = DualTimestamp.Now();
        triggered.SetActivation(new($"TRIGGER_UNIT={Id}"), new($"TRIGGER_TIMER_REALTIME_USEC={LastTrigger.Realtime.Value}"),
            new($"TRIGGER_TIMER_MONOTONIC_USEC={LastTrigger.Monotonic.Value}"));
        if (Get(TimerDirectives.Persistent)) { QueueEffect(StampEffect); }
        Enter(TimerState.Running);
    }

    void IDeadlineObserver.OnElapsed(Deadline timer)
    {
        if (State != TimerState.Waiting) { return; }
        Log.Debug(this, $"Timer elapsed.");
        EnterRunning();
    }

    protected override void OnTriggeredUnitChanged(Unit triggered)
    {
        if (!triggered.IsLoaded || !ReferenceEquals(triggered, Triggered)) { return; }
        foreach (TimerValue value in _values)
        {
            if (value.Spec.Base is TimerBase.OnUnitActive or TimerBase.OnUnitInactive) { value.IsDisabled = false; }
        }
        switch (State)
        {
            case TimerState.Waiting or TimerState.Elapsed: EnterWaiting(timeChange: false); break;
            case TimerState.Running when triggered.ActiveState.IsInactiveOrFailed() && triggered.Job is null: EnterWaiting(timeChange: false); break;
        }
    }

    protected override void OnClockChanged()
    {
        // The last trigger lies in the future: the clock was set back, and what it had passed may come again.
        Usec now = Clock.Realtime();
        if (LastTrigger.Realtime > now) { LastTrigger = LastTrigger with { Realtime = now }; }
        if (State != TimerState.Waiting) { return; }
        if (Get(TimerDirectives.OnClockChange)) { EnterRunning(); }
        else { EnterWaiting(timeChange: true); }
    }

    protected override void OnTimezoneChanged()
    {
        if (State != TimerState.Waiting) { return; }
        if (Get(TimerDirectives.OnTimezoneChange)) { EnterRunning(); }
        else { EnterWaiting(timeChange: false); }
    }

    public override void ResetFailed()
    {
        base.ResetFailed();
        if (State == TimerState.Failed) { Enter(TimerState.Dead); }
        Result = TimerResult.Success;
        MarkChanged();
    }
}
