namespace SysMaster.Core.Directives;

/// <summary>Delegate=: whether the unit manages its cgroup below its own, and with which controllers.</summary>
public readonly record struct Delegation(bool IsOn, Controllers Controllers);
