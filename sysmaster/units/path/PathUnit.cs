using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.Savepoint;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Path;

/// <summary>
/// A path unit: starts its unit when something in the file system is so. systemd.path(5).
/// <code>
/// dead → waiting → running → waiting … → dead | failed
/// </code>
/// Entering waiting has one effect, <see cref="Look"/>: test all paths, watch them, test again (it may have come in between). running lasts
/// while the triggered unit is up, and nothing is watched meanwhile; when it is down, waiting tests once more, so what came in the
/// meantime is not lost, but for PathChanged= and PathModified=, which know no state but only events.
/// </summary>
public sealed class PathUnit : Unit
{
    private const uint LookEffect = 1;

    private static class Tag
    {
        public const uint State = TypeTags, Result = TypeTags + 1, Existed = TypeTags + 2;
    }

    internal PathUnit(Manager manager, UnitName id) : base(manager, PathUnitType.Value, id) { }

    private readonly List<PathWatch> _watches = [];
    private RateLimit _triggerLimit;
    private bool _initial, _afterUnit;
    private List<int>? _recoveredExisted;

    public PathState State { get; private set; }

    public PathResult Result { get; private set; }

    /// <summary>What it starts.</summary>
    public Unit? Triggered { get; private set; }

    public override UnitActiveState ActiveState => PathStates.Row(Shown).Active;

    public override string SubState => PathStates.Row(Shown).Text;

    /// <summary>Until it has looked, waiting is only passed through: outside it is still what it was.</summary>
    private PathState Shown => IsTransitory ? _shown : State;

    private PathState _shown;
    private bool _owesNews;

    protected override string? OnLoad()
    {
        TakeWatches();
        UnitName name = Get(PathDirectives.Unit);
        Triggered = Manager.GetOrAdd(name.IsValid ? name : Id.WithKind(UnitKind.Service));
        AddDependency(Dep.Before | Dep.Triggers, Triggered, DepOrigin.Implicit);
        foreach (PathWatch watch in _watches) { Manager.AddMountsFor(this, watch.Spec.Path, Dep.Requires); }
        if (Get(UnitDirectives.DefaultDependencies)) { AddDefaults(); }
        return _watches.Count == 0 ? "Path unit lacks path setting." : null;
    }

    private void AddDefaults()
    {
        AddDependency(Dep.Before, SpecialUnits.Paths, DepOrigin.Default);
        if (Manager.IsSystem) { AddDependency(Dep.After | Dep.Requires, SpecialUnits.Sysinit, DepOrigin.Default); }
        AddDependency(Dep.Before | Dep.Conflicts, SpecialUnits.Shutdown, DepOrigin.Default);
    }

    private void TakeWatches()
    {
        var before = new List<PathWatch>(_watches);
        _watches.Clear();
        foreach (PathSpec spec in Get(PathDirectives.Paths))
        {
            PathWatch watch = before.Find(w => w.Spec == spec) ?? new PathWatch(Manager, spec, OnChanged);
            before.Remove(watch);
            _watches.Add(watch);
        }
        foreach (PathWatch dropped in before) { dropped.Stop(); }
    }

    /// <summary>The one place that changes the state.</summary>
    private void Enter(PathState state, bool passing = false)
    {
        PathState before = State;
        UnitActiveState activeBefore = ActiveState;
        if (!IsTransitory) { (_shown, _owesNews) = (State, HasNews); }
        if (!passing) { EndTransition(_owesNews); }
        if (!PathStates.Row(state).KeepsWatches) { StopWatching(); }
        DropEffects(LookEffect);
        State = state;
        MarkDirty();
        if (before != state) { Log.Debug(this, $"Changed {PathStates.Row(before).Text} -> {PathStates.Row(state).Text}"); }
        if (passing) { IsTransitory = true; }
        else { OnStateChanged(activeBefore, ActiveState); }
    }

    /// <summary>Nothing was found: it waits.</summary>
    private void Stay()
    {
        if (!IsTransitory) { return; }
        UnitActiveState activeBefore = ActiveState;
        EndTransition(_owesNews);
        OnStateChanged(activeBefore, ActiveState);
    }

    protected override JobStep TestStartLimit()
    {
        if (IsWithinStartLimit()) { return JobStep.Started; }
        EnterDead(PathResult.StartLimitHit);
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
        Result = PathResult.Success;
        EnterWaiting(initial: true, afterUnit: false);
        return JobStep.Started;
    }

    protected override JobStep StopType()
    {
        EnterDead(PathResult.Success);
        return JobStep.Started;
    }

    private void EnterWaiting(bool initial, bool afterUnit)
    {
        _initial = initial;
        _afterUnit = afterUnit;
        Enter(PathState.Waiting, passing: true);
        QueueEffect(LookEffect);
    }

    protected override void RunEffect(uint bit)
    {
        if (State != PathState.Waiting) { return; }
        if (_initial && Get(PathDirectives.MakeDirectory)) { MakeDirectories(); }
        Look(_initial, _afterUnit);
        _initial = _afterUnit = false;
    }

    private void Look(bool initial, bool afterUnit)
    {
        // Its unit is up already: so are we.
        if (Triggered is { } unit && !unit.ActiveState.IsInactiveOrFailed())
        {
            Enter(PathState.Running);
            return;
        }
        if (AnyHolds(initial, afterUnit))
        {
            EnterRunning();
            return;
        }
        foreach (PathWatch watch in _watches)
        {
            if (watch.Start()) { continue; }
            Log.Warning(this, $"Failed to enter waiting state: {Errno.Last.ToString()}");
            EnterDead(PathResult.Resources);
            return;
        }
        if (AnyHolds(initial: false, afterUnit)) { EnterRunning(); }
        else { Stay(); }
    }

    /// <summary>All are asked, also after the first that holds: each remembers what it saw.</summary>
    private bool AnyHolds(bool initial, bool afterUnit)
    {
        bool any = false;
        foreach (PathWatch watch in _watches) { any |= watch.Holds(initial, afterUnit); }
        return any;
    }

    private void OnChanged(PathWatch watch, bool isEvent)
    {
        if (State != PathState.Waiting) { return; }
        if (isEvent)
        {
            watch.Existed = Sys.Exists(watch.Spec.Path);
            EnterRunning(watch.Spec.Path);
        }
        else
        {
            // A component on the way came or went: the watches have to move; looking does both.
            QueueEffect(LookEffect);
        }
    }

    /// <param name="path">What was seen, for TRIGGER_PATH=; empty when nobody knows.</param>
    private void EnterRunning(ByteText path = default)
    {
        if (Job is { Type: JobType.Stop }) { return; }
        if (!_triggerLimit.Test(Manager.Loop.Now, Get(PathDirectives.TriggerLimitIntervalSec), Get(PathDirectives.TriggerLimitBurst)))
        {
            Log.Warning(this, $"Trigger limit hit, refusing further activation.");
            EnterDead(PathResult.TriggerLimitHit);
            return;
        }
        string? before = Manager.CurrentActor;
        Manager.CurrentActor = $"unit {Id}";
        BusError? error = Manager.AddJob(JobType.Start, Triggered!, JobMode.Replace, out _);
        Manager.CurrentActor = before;
        if (error is not null)
        {
            Log.Warning(this, $"Failed to queue unit startup job: {error.Message}");
            EnterDead(PathResult.Resources);
            return;
        }
        Triggered!.SetActivation(path.IsEmpty ? [new($"TRIGGER_UNIT={Id}")] : [new($"TRIGGER_UNIT={Id}"), new($"TRIGGER_PATH={path.ToString()}")]);
        Enter(PathState.Running);
    }

    private void EnterDead(PathResult result)
    {
        if (Result == PathResult.Success) { Result = result; }
        LogEnd(Result == PathResult.Success, Result.Text());
        Enter(Result == PathResult.Success ? PathState.Dead : PathState.Failed);
    }

    protected override void OnTriggeredUnitChanged(Unit triggered)
    {
        if (!ReferenceEquals(triggered, Triggered) || State is not (PathState.Waiting or PathState.Running)) { return; }
        if ((triggered.Flags & UnitFlags.StartLimitHit) != 0)
        {
            EnterDead(PathResult.UnitStartLimitHit);
            return;
        }
        // Its job tells us again when it is done.
        if (triggered.Job is not null) { return; }
        bool isDown = triggered.ActiveState.IsInactiveOrFailed();
        if (State == PathState.Running && isDown) { EnterWaiting(initial: false, afterUnit: true); }
        else if (State == PathState.Waiting && !isDown) { Enter(PathState.Running); }
    }

    private void MakeDirectories()
    {
        uint mode = Get(PathDirectives.DirectoryMode);
        foreach (PathWatch watch in _watches)
        {
            if (watch.Spec.Type is PathType.PathExists or PathType.PathExistsGlob) { continue; }
            Errno error = Sys.MkdirAll(watch.Spec.Path, mode, mode);
            if (error.Failed) { Log.Warning(this, $"Failed to create directory {watch.Spec.Path.ToString()}, ignoring: {error.ToString()}"); }
        }
    }

    private void StopWatching()
    {
        foreach (PathWatch watch in _watches) { watch.Stop(); }
    }

    public override void ResetFailed()
    {
        base.ResetFailed();
        if (State == PathState.Failed) { Enter(PathState.Dead); }
        Result = PathResult.Success;
        MarkChanged();
    }

    protected override void OnReloaded()
    {
        if (State == PathState.Waiting && IsLoaded) { QueueEffect(LookEffect); }
    }

    protected override void OnRecovered()
    {
        foreach (int i in _recoveredExisted ?? [])
        {
            if (i < _watches.Count) { _watches[i].Existed = true; }
        }
        _recoveredExisted = null;
        if (State == PathState.Waiting)
        {
            // Its start was recorded and nobody has looked yet: the job ends when somebody has.
            if (Job is { Type: JobType.Start, State: JobState.Running }) { IsTransitory = true; }
            QueueEffect(LookEffect);
        }
        else if (State == PathState.Running && Triggered is { Job: null } unit && unit.ActiveState.IsInactiveOrFailed()) { EnterWaiting(initial: false, afterUnit: true); }
    }

    protected override void OnRemoved()
    {
        StopWatching();
        base.OnRemoved();
    }

    protected override void WriteType(RecordWriter to)
    {
        WriteNonZero(to, Tag.State, (uint)State);
        WriteNonZero(to, Tag.Result, (uint)Result);
        for (int i = 0; i < _watches.Count; i++)
        {
            if (_watches[i].Existed) { to.Write(Tag.Existed, (uint)i); }
        }
    }

    protected override void ReadType(uint tag, in SavedField value)
    {
        switch (tag)
        {
            case Tag.State: State = value.Number < (ulong)PathStates.Rows.Length ? (PathState)value.Number : PathState.Dead; break;
            case Tag.Result: Result = (PathResult)value.Number; break;
            case Tag.Existed: (_recoveredExisted ??= []).Add((int)value.Number); break;
        }
    }
}
