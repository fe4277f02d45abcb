using SysMaster.Core.Directives;

namespace SysMaster.Units.Timer;

/// <summary>The kinds of values that only [Timer] has.</summary>
internal static class TimerKinds
{
    public static readonly Kind<TimerSpec[]> Monotonic = new TimerListKind(calendar: false);
    public static readonly Kind<TimerSpec[]> Calendar = new TimerListKind(calendar: true);
    public static readonly Kind<TimerSpec[]> OnActive = new TimerOfKind(TimerBase.OnActive);
    public static readonly Kind<TimerSpec[]> OnBoot = new TimerOfKind(TimerBase.OnBoot);
    public static readonly Kind<TimerSpec[]> OnStartup = new TimerOfKind(TimerBase.OnStartup);
    public static readonly Kind<TimerSpec[]> OnUnitActive = new TimerOfKind(TimerBase.OnUnitActive);
    public static readonly Kind<TimerSpec[]> OnUnitInactive = new TimerOfKind(TimerBase.OnUnitInactive);
    public static readonly Kind<TimerSpec[]> OnCalendar = new TimerOfKind(TimerBase.OnCalendar);
}
