namespace SysMaster.Core.Directives;

/// <summary>What PID 1 does after a crash.</summary>
public enum CrashAction
{
    Freeze,
    Reboot,
    Poweroff,
}
