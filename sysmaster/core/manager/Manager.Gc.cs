using SysMaster.Core.Directives;

namespace SysMaster.Core;

/// <summary>
/// Collection: a unit that is down, has no job, is held by nobody and is named only by units of which the same is true is forgotten.
/// </summary>
public sealed partial class Manager
{
    private readonly Dictionary<Unit, bool> _verdicts = [];

    private void DispatchGc()
    {
        if (_gc.Count == 0 || IsReloading || IsReplaying || _load.Count > 0) { return; }
        _verdicts.Clear();
        int n = _gc.Count;
        List<Unit>? dead = null;
        for (int i = 0; i < n && _gc.TryDequeue(out Unit? unit); i++)
        {
            unit.Flags &= ~UnitFlags.InGcQueue;
            if ((unit.Flags & UnitFlags.Removed) == 0 && MayForget(unit)) { (dead ??= []).Add(unit); }
        }
        foreach (Unit unit in dead ?? [])
        {
            if ((unit.Flags & UnitFlags.Removed) == 0) { Forget(unit); }
        }
    }

    /// <summary>A cycle of units that name only each other is garbage as a whole: a unit under examination counts as garbage meanwhile.</summary>
    private bool MayForget(Unit unit)
    {
        if (_verdicts.TryGetValue(unit, out bool known)) { return known; }
        if (!IsIdle(unit)) { return _verdicts[unit] = false; }
        _verdicts[unit] = true;
        foreach (Edge edge in unit.Edges.All)
        {
            if ((edge.Kinds & Dep.ReferencedBy) != 0 && !MayForget(edge.Other)) { return _verdicts[unit] = false; }
        }
        return true;
    }

    private static bool IsIdle(Unit unit)
    {
        if (unit.IsPerpetual || unit.Job is not null || unit.NopJob is not null || unit.HoldCount > 0 || (unit.Flags & UnitFlags.InLoadQueue) != 0) { return false; }
        UnitActiveState state = unit.ActiveState;
        if (state == UnitActiveState.Failed && unit.Get(UnitDirectives.CollectMode) != CollectMode.InactiveOrFailed) { return false; }
        if (!state.IsInactiveOrFailed() || unit.PendingEffects != 0 || !unit.MayCollect) { return false; }
        return unit.CgroupIsEmptyOrAbsent;
    }
}
