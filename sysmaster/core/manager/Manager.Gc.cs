using SysMaster.Core.Directives;

namespace SysMaster.Core;

/// <summary>
/// Collection: a unit that is down, has no job, is held by nobody and is named only by units of which the same is true is forgotten.
/// </summary>
public sealed partial class Manager
{
    /// <summary>Also what only the forgotten ones named: the next call must find neither a socket nor its service, or both.</summary>
    private void DispatchGc()
    {
        while (CollectSome()) { }
    }

    /// <returns>Something was forgotten, and there is more to look at.</returns>
    private bool CollectSome()
    {
        if (_gc.Count == 0 || IsSwapping || IsReplaying || _load.Count > 0) { return false; }
        int n = _gc.Count;
        var asked = new List<Unit>();
        for (int i = 0; i < n && _gc.TryDequeue(out Unit? unit); i++)
        {
            unit.Flags &= ~UnitFlags.InGcQueue;
            if ((unit.Flags & UnitFlags.Removed) == 0 && IsIdle(unit) && !IsNamedByWhatRuns(unit)) { asked.Add(unit); }
        }
        if (asked.Count == 0) { return false; }
        HashSet<Unit> needed = Needed(asked);
        bool any = false;
        foreach (Unit unit in asked)
        {
            if ((unit.Flags & UnitFlags.Removed) != 0 || needed.Contains(unit)) { continue; }
            Forget(unit);
            any = true;
        }
        return any && _gc.Count > 0;
    }

    /// <summary>Mostly there is no more to ask: shutdown.target is named by all there is, and the first of it runs.</summary>
    private static bool IsNamedByWhatRuns(Unit unit)
    {
        foreach (Edge edge in unit.Edges.All)
        {
            if ((edge.Kinds & Dep.ReferencedBy) != 0 && !IsIdle(edge.Other)) { return true; }
        }
        return false;
    }

    /// <summary>
    /// Of these idle units and of all that name them, those that one that is not idle holds, itself or through others. A cycle of units that
    /// name only each other is held by nobody.
    /// </summary>
    private static HashSet<Unit> Needed(List<Unit> asked)
    {
        var seen = new HashSet<Unit>(asked);
        var open = new Stack<Unit>(asked);
        var holds = new Dictionary<Unit, List<Unit>>();
        var live = new Stack<Unit>();
        while (open.TryPop(out Unit? unit))
        {
            if (!IsIdle(unit))
            {
                live.Push(unit);
                continue;
            }
            foreach (Edge edge in unit.Edges.All)
            {
                if ((edge.Kinds & Dep.ReferencedBy) == 0) { continue; }
                if (!holds.TryGetValue(edge.Other, out List<Unit>? held)) { holds[edge.Other] = held = []; }
                held.Add(unit);
                if (seen.Add(edge.Other)) { open.Push(edge.Other); }
            }
        }
        var needed = new HashSet<Unit>();
        while (live.TryPop(out Unit? holder))
        {
            if (!holds.TryGetValue(holder, out List<Unit>? held)) { continue; }
            foreach (Unit unit in held)
            {
                if (needed.Add(unit)) { live.Push(unit); }
            }
        }
        return needed;
    }

    private static bool IsIdle(Unit unit)
    {
        if (unit.IsPerpetual || unit.Job is not null || unit.NopJob is not null || unit.HoldCount > 0 || (unit.Flags & (UnitFlags.InLoadQueue | UnitFlags.InChangedQueue)) != 0) { return false; }
        UnitActiveState state = unit.ActiveState;
        if (state == UnitActiveState.Failed && unit.Get(UnitDirectives.CollectMode) != CollectMode.InactiveOrFailed) { return false; }
        if (!state.IsInactiveOrFailed() || unit.PendingEffects != 0 || !unit.MayCollect) { return false; }
        return !AwaitsOutcome(unit) && unit.CgroupIsEmptyOrAbsent;
    }

    /// <summary>What it started with OnFailure= or OnSuccess= is told of its end, and must find it.</summary>
    private static bool AwaitsOutcome(Unit unit)
    {
        foreach (Edge edge in unit.Edges.All)
        {
            if ((edge.Kinds & (Dep.OnFailure | Dep.OnSuccess)) != 0 && edge.Other.Job is not null) { return true; }
        }
        return false;
    }
}
