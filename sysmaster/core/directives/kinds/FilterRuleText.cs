namespace SysMaster.Core.Directives;

/// <summary>What the words of a filter are.</summary>
public enum FilterRuleText
{
    /// <summary>System calls and their groups, each with an optional ":errno".</summary>
    SystemCalls,

    /// <summary>System calls without an errno.</summary>
    SystemCallsOnly,
    AddressFamilies,
    FileSystems,
    Interfaces,
}
