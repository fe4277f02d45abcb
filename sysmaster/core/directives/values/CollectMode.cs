namespace SysMaster.Core.Directives;

/// <summary>When an unused unit is unloaded.</summary>
public enum CollectMode
{
    Inactive,
    InactiveOrFailed,
}
