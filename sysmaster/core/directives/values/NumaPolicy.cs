namespace SysMaster.Core.Directives;

/// <summary>Memory policy, with the kernel's numbers.</summary>
public enum NumaPolicy
{
    Default,
    Preferred,
    Bind,
    Interleave,
    Local,
}
