namespace SysMaster.Units.Service;

/// <summary>When a service counts as ended.</summary>
public enum ServiceExitType
{
    Main,
    Cgroup,
}
