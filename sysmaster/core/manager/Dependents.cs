using SysMaster.Core.Directives;

namespace SysMaster.Core;

/// <summary>Questions about a unit's dependents: is it still needed, upheld, bound to something that is gone?</summary>
internal static class Dependents
{
    /// <summary>StopWhenUnneeded=: up, no job, and nothing that is up or coming up keeps it.</summary>
    public static bool IsUnneeded(Unit unit)
    {
        if (!unit.Get(UnitDirectives.StopWhenUnneeded) || unit.Job is not null || !unit.ActiveState.IsActiveOrReloading()) { return false; }
        foreach (Edge edge in unit.Edges.All)
        {
            if ((edge.Kinds & Dep.PinsStopWhenUnneeded) == 0) { continue; }
            if (edge.Other.Job is not null || edge.Other.ActiveState.IsActiveOrActivating() || edge.Other.WillRestart) { return false; }
        }
        return true;
    }

    /// <summary>The unit whose Upholds= wants this one, if it is down without a reason of its own.</summary>
    public static Unit? UpheldBy(Unit unit)
    {
        if (unit.Job is not null || !unit.ActiveState.IsInactiveOrFailed()) { return null; }
        foreach (Edge edge in unit.Edges.All)
        {
            if ((edge.Kinds & Dep.UpheldBy) != 0 && edge.Other.ActiveState.IsActiveOrReloading() && edge.Other.Job is null) { return edge.Other; }
        }
        return null;
    }

    /// <summary>The unit it is bound to (BindsTo=) that is down and has no job that may change that.</summary>
    public static Unit? BrokenBinding(Unit unit)
    {
        if (unit.Job is not null || !unit.ActiveState.IsActiveOrActivating()) { return null; }
        foreach (Edge edge in unit.Edges.All)
        {
            if ((edge.Kinds & Dep.BindsTo) != 0 && edge.Other.Job is null && edge.Other.ActiveState.IsInactiveOrFailed() && !edge.Other.WillRestart)
            {
                return edge.Other;
            }
        }
        return null;
    }
}
