using SysMaster.Core.Directives;
namespace SysMaster.Core;

/// <summary>A unit that came up or went down without a job pulls its dependencies after it.</summary>
internal static class Retroactive
{
    public static void OnStarted(Unit unit)
    {
        foreach (Edge edge in unit.Edges.All.ToArray())
        {
            bool ordered = (edge.Kinds & Dep.After) != 0;
            Unit other = edge.Other;
            if ((edge.Kinds & Dep.RetroactiveStartReplace) != 0 && !ordered && !other.ActiveState.IsActiveOrActivating())
            {
                unit.Manager.AddJobOrLog(JobType.Start, other, JobMode.Replace, unit);
            }
            else if ((edge.Kinds & Dep.RetroactiveStartFail) != 0 && !ordered && !other.ActiveState.IsActiveOrActivating())
            {
                unit.Manager.AddJobOrLog(JobType.Start, other, JobMode.Fail, unit);
            }
            else if ((edge.Kinds & Dep.RetroactiveStopOnStart) != 0 && !other.ActiveState.IsInactiveOrDeactivating())
            {
                unit.Manager.AddJobOrLog(JobType.Stop, other, JobMode.Replace, unit);
            }
        }
    }

    public static void OnStopped(Unit unit)
    {
        foreach (Edge edge in unit.Edges.All.ToArray())
        {
            if ((edge.Kinds & Dep.RetroactiveStopOnStop) != 0 && !edge.Other.ActiveState.IsInactiveOrDeactivating())
            {
                unit.Manager.AddJobOrLog(JobType.Stop, edge.Other, JobMode.Replace, unit);
            }
        }
    }
}
