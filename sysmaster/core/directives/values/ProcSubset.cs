namespace SysMaster.Core.Directives;

/// <summary>Which parts of /proc are visible.</summary>
public enum ProcSubset
{
    All,
    Pid,
}
