namespace SysMaster.Core.Directives;

/// <summary>What a unit does when the kernel kills one of its processes for want of memory.</summary>
public enum OomPolicy
{
    Continue,
    Stop,
    Kill,
}
