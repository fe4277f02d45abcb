using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Timer;

/// <summary>What a timer's settings imply. systemd.timer(5), "Automatic Dependencies".</summary>
public sealed partial class TimerUnit
{
    private readonly List<TimerValue> _values = [];

    protected override string? OnLoad()
    {
        TakeValues();
        UnitName name = Get(TimerDirectives.Unit);
        Triggered = Manager.GetOrAdd(name.IsValid ? name : Id.WithKind(UnitKind.Service));
        AddDependency(Dep.Before | Dep.Triggers, Triggered, DepOrigin.Implicit);
        if (Get(TimerDirectives.Persistent)) { Manager.AddMountsFor(this, new ByteText(StampDirectory), Dep.Requires); }
        if (Get(UnitDirectives.DefaultDependencies)) { AddDefaults(); }
        bool hasNone = _values.Count == 0 && !Get(TimerDirectives.OnClockChange) && !Get(TimerDirectives.OnTimezoneChange);
        return hasNone ? "Timer unit lacks value setting." : null;
    }

    private void AddDefaults()
    {
        AddDependency(Dep.Before, SpecialUnits.Timers, DepOrigin.Default);
        if (Manager.IsSystem)
        {
            AddDependency(Dep.After | Dep.Requires, SpecialUnits.Sysinit, DepOrigin.Default);
            if (_values.Exists(static v => v.Spec.Base == TimerBase.OnCalendar))
            {
                AddDependency(Dep.After, SpecialUnits.TimeSync, DepOrigin.Default);
                AddDependency(Dep.After, SpecialUnits.TimeSet, DepOrigin.Default);
            }
        }
        AddDependency(Dep.Before | Dep.Conflicts, SpecialUnits.Shutdown, DepOrigin.Default);
    }

    /// <summary>The lines of the file; one that was there before a reload keeps what it has done.</summary>
    private void TakeValues()
    {
        var before = new List<TimerValue>(_values);
        _values.Clear();
        foreach (TimerSpec spec in Get(TimerDirectives.TimersMonotonic))
        {
            TimerValue value = before.Find(v => v.Spec == spec) ?? new TimerValue(spec);
            before.Remove(value);
            _values.Add(value);
        }
    }

    protected override void OnReloaded()
    {
        if (IsLoaded && State is TimerState.Waiting or TimerState.Elapsed && IsLoaded) { EnterWaiting(timeChange: false); }
    }
}
