namespace SysMaster.Units.Timer;

/// <summary>What a timer counts from.</summary>
public enum TimerBase
{
    OnActive,
    OnBoot,
    OnStartup,
    OnUnitActive,
    OnUnitInactive,
    OnCalendar,
}
