namespace SysMaster.Units.Service;

/// <summary>Whether units that depend on a service see its automatic restart.</summary>
public enum ServiceRestartMode
{
    Normal,
    Direct,
}
