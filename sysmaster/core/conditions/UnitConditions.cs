using SysMaster.Core.Boot;
using SysMaster.Core.Directives;

namespace SysMaster.Core.Conditions;

/// <summary>The Condition…= or Assert…= lines of a unit as a list that can be tested.</summary>
internal static class UnitConditions
{
    /// <returns>Null when the unit has none.</returns>
    public static List<Condition>? Of(Unit unit, Directive<ConditionSpec[]> row)
    {
        if (!unit.Settings.IsSet(row)) { return null; }
        ConditionSpec[] specs = unit.Settings.Get(row);
        var list = new List<Condition>(specs.Length);
        // The last line is tested first, and so the one that is named when several do not hold.
        for (int i = specs.Length - 1; i >= 0; i--)
        {
            ConditionSpec spec = specs[i];
            if (ConditionKinds.FindOrNull(Kinds.ConditionTypes.Word(spec.Type)) is { } kind)
            {
                list.Add(new Condition(kind, spec.IsTrigger, spec.IsNegated, spec.Parameter));
            }
        }
        return list;
    }

    public static bool Test(List<Condition>? list, SystemFacts facts) => list is null || ConditionEvaluator.TestList(list, facts);
}
