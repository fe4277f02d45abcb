namespace SysMaster.Core.Directives;

/// <summary>What a unit may do with devices it does not name.</summary>
public enum DevicePolicy
{
    Auto,
    Closed,
    Strict,
}
