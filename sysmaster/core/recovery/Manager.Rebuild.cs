using SysMaster.Core.Logging;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>The last resort: no log of the manager before can be read, but its processes run.</summary>
public sealed partial class Manager
{
    /// <summary>Units with processes in their control groups count as running, so that nothing is started twice. Unit files must be open.</summary>
    public void AdoptFromKernel()
    {
        foreach (UnitName name in Cgroups.PopulatedUnits())
        {
            Unit unit = Load(name);
            if (!unit.IsLoaded || unit.Cgroup is not null) { continue; }
            Cgroups.OnRecovered(unit);
            unit.OnFoundRunning(Cgroups.Pids(unit));
            Log.Notice(unit, $"Found running, taken over as {unit.SubState}.");
        }
    }
}
