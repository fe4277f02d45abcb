namespace SysMaster.Core.Conditions;

/// <summary>What became of one condition.</summary>
public enum ConditionResult
{
    /// <summary>Not reached: an earlier one failed, or the unit was never started.</summary>
    Untested,
    Succeeded,
    Failed,
    Error,
}
