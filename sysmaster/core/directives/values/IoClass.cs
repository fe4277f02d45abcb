namespace SysMaster.Core.Directives;

/// <summary>I/O scheduling class, with the kernel's numbers.</summary>
public enum IoClass
{
    None,
    Realtime,
    BestEffort,
    Idle,
}
