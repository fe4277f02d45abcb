namespace SysMaster.Core.Directives;

/// <summary>CPU scheduling policy, with the kernel's numbers.</summary>
public enum SchedPolicy
{
    Other,
    Fifo,
    Rr,
    Batch,
    Idle = 5,
}
