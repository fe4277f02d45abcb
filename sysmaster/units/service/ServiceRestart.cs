namespace SysMaster.Units.Service;

/// <summary>After which ends a service is started again.</summary>
public enum ServiceRestart
{
    No,
    OnSuccess,
    OnFailure,
    OnAbnormal,
    OnWatchdog,
    OnAbort,
    Always,
}
