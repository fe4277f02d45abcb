namespace SysMaster.Core.Directives;

/// <summary>Whether a unit's processes are told of memory pressure.</summary>
public enum PressureWatch
{
    Off,
    Auto,
    On,
    Skip,
}
