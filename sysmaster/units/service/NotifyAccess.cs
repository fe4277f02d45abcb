namespace SysMaster.Units.Service;

/// <summary>Whose notify messages a service listens to.</summary>
public enum NotifyAccess
{
    None,
    Main,
    Exec,
    All,
}
