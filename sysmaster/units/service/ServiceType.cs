namespace SysMaster.Units.Service;

/// <summary>How a service tells that it is up.</summary>
public enum ServiceType
{
    Simple,
    Forking,
    Oneshot,
    Dbus,
    Notify,
    Idle,
    Exec,
    NotifyReload,
}
