using SysMaster.Core.Boot;
using SysMaster.Linux;

namespace SysMaster.Core.Conditions;

/// <summary>Tests conditions against the machine as it is now. No side effect but the results kept in the list.</summary>
public static class ConditionEvaluator
{
    /// <returns>EINVAL for a parameter that the kind cannot read.</returns>
    public static Result<bool> Test(ConditionKind kind, ByteText parameter, SystemFacts facts) => kind.Test(parameter, facts);

    /// <summary>
    /// All lines without "|" must hold, and one of those with it, if there are any. Stops at the first plain line that does not hold: the
    /// rest stays untested, as systemctl shows it. An error counts as "does not hold", negated or not.
    /// </summary>
    public static bool TestList(IReadOnlyList<Condition> conditions, SystemFacts facts)
    {
        bool anyTrigger = false;
        bool triggered = false;
        for (int i = 0; i < conditions.Count; i++) { conditions[i].Result = ConditionResult.Untested; }
        for (int i = 0; i < conditions.Count; i++)
        {
            Condition condition = conditions[i];
            bool holds = TestOne(condition, facts);
            if (!condition.Trigger && !holds) { return false; }
            anyTrigger |= condition.Trigger;
            triggered |= condition.Trigger && holds;
        }
        return !anyTrigger || triggered;
    }

    /// <summary>"ConditionPathExists=!/etc/foo": for the message "was skipped because of an unmet condition check (…)".</summary>
    public static string Describe(Condition condition, bool isAssert)
    {
        string name = isAssert ? condition.Kind.AssertName : condition.Kind.ConditionName;
        return $"{name}={(condition.Trigger ? "|" : "")}{(condition.Negate ? "!" : "")}{condition.Parameter}";
    }

    /// <summary>
    /// Why a list did not hold, in systemd's words: "of an unmet condition check (ConditionX=…)" for one plain line, "no trigger
    /// condition checks were met" when only triggers failed.
    /// </summary>
    public static string Reason(IReadOnlyList<Condition> conditions, bool isAssert)
    {
        string what = isAssert ? "assertion" : "condition";
        for (int i = 0; i < conditions.Count; i++)
        {
            Condition c = conditions[i];
            if (c.Result is ConditionResult.Untested or ConditionResult.Succeeded) { continue; }
            if (!c.Trigger) { return $"of an unmet {what} check ({Describe(c, isAssert)})"; }
        }
        return $"no trigger {what} checks were met";
    }

    private static bool TestOne(Condition condition, SystemFacts facts)
    {
        Result<bool> result = condition.Kind.Test(condition.Parameter, facts);
        condition.Error = result.Error;
        if (result.Failed)
        {
            condition.Result = ConditionResult.Error;
            return false;
        }
        bool holds = result.Value != condition.Negate;
        condition.Result = holds ? ConditionResult.Succeeded : ConditionResult.Failed;
        return holds;
    }
}
