using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Timer;

/// <summary>[Timer]. man 5 systemd.timer.</summary>
public static partial class TimerDirectives
{
    // One list, in the order written; the bus has it in two.
    public static readonly Directive<TimerSpec[]> TimersMonotonic = new(null, TimerKinds.Monotonic,
        bus: "TimersMonotonic", use: BusUse.Shown | BusUse.Set | BusUse.Runtime);
    public static readonly Directive<TimerSpec[]> TimersCalendar = new(null, TimerKinds.Calendar,
        bus: "TimersCalendar", use: BusUse.Shown | BusUse.Set | BusUse.Runtime, into: TimersMonotonic);
    public static readonly Directive<TimerSpec[]> OnCalendar = new("OnCalendar", TimerKinds.OnCalendar,
        bus: "OnCalendar", use: BusUse.Set, since: 197, into: TimersMonotonic);
    public static readonly Directive<TimerSpec[]> OnActiveSec = new("OnActiveSec", TimerKinds.OnActive,
        bus: "OnActiveSec", use: BusUse.Set, into: TimersMonotonic);
    public static readonly Directive<TimerSpec[]> OnBootSec = new("OnBootSec", TimerKinds.OnBoot,
        bus: "OnBootSec", use: BusUse.Set, into: TimersMonotonic);
    public static readonly Directive<TimerSpec[]> OnStartupSec = new("OnStartupSec", TimerKinds.OnStartup,
        bus: "OnStartupSec", use: BusUse.Set, into: TimersMonotonic);
    public static readonly Directive<TimerSpec[]> OnUnitActiveSec = new("OnUnitActiveSec", TimerKinds.OnUnitActive,
        bus: "OnUnitActiveSec", use: BusUse.Set, into: TimersMonotonic);
    public static readonly Directive<TimerSpec[]> OnUnitInactiveSec = new("OnUnitInactiveSec", TimerKinds.OnUnitInactive,
        bus: "OnUnitInactiveSec", use: BusUse.Set, into: TimersMonotonic);
    public static readonly Directive<bool> OnClockChange = new("OnClockChange", Kinds.Bool, bus: "OnClockChange", since: 242);
    public static readonly Directive<bool> OnTimezoneChange = new("OnTimezoneChange", Kinds.Bool, bus: "OnTimezoneChange", since: 242);
    public static readonly Directive<Usec> AccuracySec = new("AccuracySec", Kinds.Usec, def: new(Usec.PerMinute), bus: "AccuracyUSec", since: 209);
    public static readonly Directive<Usec> AccuracySecOld = new(null, Kinds.Usec, bus: "AccuracySec", use: BusUse.Set, into: AccuracySec);
    public static readonly Directive<Usec> RandomizedDelaySec = new("RandomizedDelaySec", Kinds.Usec, bus: "RandomizedDelayUSec", since: 229);
    public static readonly Directive<Usec> RandomizedOffsetSec = new("RandomizedOffsetSec", Kinds.Usec, since: 258, honour: Honour.Not);
    public static readonly Directive<bool> FixedRandomDelay = new("FixedRandomDelay", Kinds.Bool, bus: "FixedRandomDelay", since: 247);
    public static readonly Directive<bool> DeferReactivation = new("DeferReactivation", Kinds.Bool, since: 257, honour: Honour.Not);
    public static readonly Directive<bool> Persistent = new("Persistent", Kinds.Bool, bus: "Persistent", since: 212);
    public static readonly Directive<bool> WakeSystem = new("WakeSystem", Kinds.Bool, bus: "WakeSystem", since: 212);
    public static readonly Directive<bool> RemainAfterElapse = new("RemainAfterElapse", Kinds.Bool, def: true, bus: "RemainAfterElapse", since: 229);
    public static readonly Directive<UnitName> Unit = new("Unit", Kinds.TriggeredName, bus: "Unit", use: BusUse.Shown | BusUse.Runtime);

    public static readonly DirectiveTable Table = new("Timer", DirectiveIds.Type,
    [
        TimersMonotonic, TimersCalendar, OnCalendar, OnActiveSec, OnBootSec, OnStartupSec, OnUnitActiveSec, OnUnitInactiveSec,
        OnClockChange, OnTimezoneChange, AccuracySec, AccuracySecOld, RandomizedDelaySec, RandomizedOffsetSec, FixedRandomDelay,
        DeferReactivation, Persistent, WakeSystem, RemainAfterElapse, Unit,
    ]);

    public static readonly DirectiveSet Set = new(new("Unit", UnitDirectives.Table),
        new("Timer", Table),
        new("Install", InstallDirectives.Table));
}
