using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>How far one step of a job came: what <c>Start</c>, <c>Stop</c> and <c>Reload</c> of a unit answer.</summary>
public enum JobStep : byte
{
    /// <summary>Under way (or already done, if the unit's state says so).</summary>
    Started,
    /// <summary>It had begun before, or is broken off on the way up: as <see cref="Started"/>, but nothing is said.</summary>
    UnderWay,
    /// <summary>Nothing to do: it is so already.</summary>
    Already,
    /// <summary>Not now; the job waits and is tried again when something changes.</summary>
    Again,
    ConditionFailed,
    AssertFailed,
    /// <summary>This unit does not do that.</summary>
    NotApplicable,
    /// <summary>The unit is not loaded as it should be.</summary>
    Invalid,
    Unsupported,
    /// <summary>BindsTo= is not up.</summary>
    Dependency,
    /// <summary>RemainAfterExit-like types run once per boot.</summary>
    Once,
    Failed,
    StartLimitHit,
}

/// <summary>Starting, stopping and reloading: the checks common to all types; the type does the rest.</summary>
public abstract partial class Unit
{
    public virtual bool CanStart => Type.IsSupported is not { } supported || supported(Manager);

    public virtual bool CanStop => !IsPerpetual;

    /// <summary>A type that knows no reload of its own has one all the same where others reload with it.</summary>
    public virtual bool CanReload
    {
        get
        {
            foreach (Edge edge in Edges.All)
            {
                if ((edge.Kinds & Dep.PropagatesReloadTo) != 0) { return true; }
            }
            return false;
        }
    }

    /// <summary>IgnoreOnIsolate=, else what suits the type.</summary>
    public bool IgnoresIsolate => Settings.IsSet(UnitDirectives.IgnoreOnIsolate) ? Get(UnitDirectives.IgnoreOnIsolate) : Type.Has(UnitCaps.OutlivesIsolate);

    public virtual bool CanIsolate => Get(UnitDirectives.AllowIsolate);

    /// <summary>A start while it is up already is to be carried out all the same (a .timer that must re-arm).</summary>
    protected virtual JobStep StartType() => JobStep.NotApplicable;

    protected virtual JobStep StopType() => JobStep.NotApplicable;

    protected virtual JobStep ReloadType()
    {
        OnStateChanged(ActiveState, ActiveState);   // over as soon as it began: those it propagates to have jobs of their own
        return JobStep.UnderWay;
    }

    /// <summary>Asked when nothing else keeps it from starting (an unmet condition is no start): the start rate limit, which turns a unit failed.</summary>
    protected virtual JobStep TestStartLimit() => JobStep.Started;

    /// <summary>
    /// One more start counted against StartLimitIntervalSec=/StartLimitBurst=. False where that is one too many: it is logged,
    /// StartLimitAction= is taken, and the caller turns the unit failed. systemd.unit(5).
    /// </summary>
    protected bool IsWithinStartLimit()
    {
        if (StartLimit.Test(Manager.Loop.Now, Get(UnitDirectives.StartLimitIntervalSec), Get(UnitDirectives.StartLimitBurst)))
        {
            Flags &= ~UnitFlags.StartLimitHit;
            return true;
        }
        Log.Warning(this, $"Start request repeated too quickly.");
        Flags |= UnitFlags.StartLimitHit;
        Manager.RunEmergencyAction(Get(UnitDirectives.StartLimitAction), Get(UnitDirectives.RebootArgument).ToString(), FailureActionExitStatus,
            $"unit {Id} hit its start limit");
        return false;
    }

    /// <summary>The line that ends a run of the unit, with the message id by which journal readers know it.</summary>
    /// <param name="success">Whether it ended well.</param>
    /// <param name="result">The word of the Result property, logged where it did not.</param>
    protected void LogEnd(bool success, string result)
    {
        if (success)
        {
            Log.Write(LogLevel.Info, new LogContext(this) { MessageId = MessageIds.UnitSuccess }, $"Deactivated successfully.");
            return;
        }
        LogField[] fields = [new LogField("UNIT_RESULT", result)];
        Log.Write(LogLevel.Warning, new LogContext(this) { MessageId = MessageIds.UnitFailureResult, Fields = fields }, $"Failed with result '{result}'.");
    }

    /// <summary>Forget that it failed: systemctl reset-failed.</summary>
    public virtual void ResetFailed() => StartLimit = default;

    /// <summary>The starts counted against StartLimitBurst=.</summary>
    public RateLimit StartLimit;

    internal JobStep Start()
    {
        UnitActiveState state = ActiveState;
        if (state.IsActiveOrReloading()) { return JobStep.Already; }
        if (state == UnitActiveState.Maintenance) { return JobStep.Again; }
        if (!IsLoaded) { return JobStep.Invalid; }
        if (state != UnitActiveState.Activating)
        {
            if (!Manager.TestConditions(this)) { return JobStep.ConditionFailed; }
            if (!Manager.TestAsserts(this))
            {
                Log.Notice(this, $"Starting requested but asserts failed.");
                return JobStep.AssertFailed;
            }
        }
        if (Following is { } following) { return following.Start(); }
        if (Type.IsSupported is { } supported && !supported(Manager)) { return JobStep.Unsupported; }
        if (!CanStart) { return JobStep.NotApplicable; }
        if (!BindingsAreUp()) { return JobStep.Dependency; }
        // What is on its way up has been counted, and a limit must not end it; what waits for its restart starts anew.
        if ((state != UnitActiveState.Activating || WillRestart) && TestStartLimit() is var limit and not JobStep.Started) { return limit; }
        if (Freezer is not FreezerState.Running) { Manager.Thaw(this); }
        MarkChanged();
        return StartType();
    }

    internal JobStep Stop()
    {
        if (ActiveState.IsInactiveOrFailed()) { return JobStep.Already; }
        if (Following is { } following) { return following.Stop(); }
        if (!CanStop) { return JobStep.NotApplicable; }
        if (Freezer is not FreezerState.Running) { Manager.Thaw(this); }
        MarkChanged();
        return StopType();
    }

    internal JobStep Reload()
    {
        if (!CanReload) { return JobStep.NotApplicable; }
        switch (ActiveState)
        {
            case UnitActiveState.Reloading: return JobStep.Again;
            case UnitActiveState.Active: break;
            default:
                Log.Warning(this, $"Unit cannot be reloaded because it is inactive.");
                return JobStep.Invalid;
        }
        if (Following is { } following) { return following.Reload(); }
        MarkChanged();
        return ReloadType();
    }

    /// <summary>D-Bus FreezerState.</summary>
    public FreezerState Freezer { get; set; }

    /// <summary>BindsTo= with After=: what this one is bound to must be up when it starts.</summary>
    private bool BindingsAreUp()
    {
        foreach (Edge edge in Edges.All)
        {
            if ((edge.Kinds & (Dep.BindsTo | Dep.After)) == (Dep.BindsTo | Dep.After) && !edge.Other.ActiveState.IsActiveOrReloading())
            {
                Log.Notice(this, $"Bound to unit {edge.Other.Id}, but unit isn't active.");
                return false;
            }
        }
        return true;
    }
}

/// <summary>Events counted in a window; a plain value, so that it costs and persists nothing until used.</summary>
public struct RateLimit
{
    public Usec Begin;
    public uint Count;

    /// <returns>False when more than <paramref name="burst"/> fell into one <paramref name="interval"/>; either zero means no limit.</returns>
    public bool Test(Usec now, Usec interval, uint burst)
    {
        if (interval == Usec.Zero || burst == 0) { return true; }
        if (Begin == Usec.Zero || Begin + interval < now)
        {
            Begin = now;
            Count = 1;
            return true;
        }
        if (Count >= burst) { return false; }
        Count++;
        return true;
    }
}
