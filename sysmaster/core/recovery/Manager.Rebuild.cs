using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.Savepoint;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>The last resort: no log of the manager before can be read, or one unit's record cannot, but its processes run and init keeps its descriptors.</summary>
public sealed partial class Manager
{
    private static ReadOnlySpan<byte> LostKey => "log"u8;

    /// <summary>What runs was, or is to be, taken over without a log; until the boot that follows is through.</summary>
    public bool LogWasLost { get; private set; }

    /// <summary>Whether the log that was found is one in which nobody has come to write down what runs.</summary>
    public bool MustRebuild => Savepoint is { } log && log.Contains(RecordKinds.Lost, LostKey);

    /// <summary>From here on this log says that what runs is to be taken over, until that is in it.</summary>
    public void BeginRebuild()
    {
        LogWasLost = true;
        if (Savepoint is not { } log) { return; }
        using RecordWriter to = log.Stage(RecordKinds.Lost, LostKey);
        to.Write(1, (uint)Generation);
    }

    /// <summary>
    /// Units with processes in their control groups count as running, sockets that init keeps as listening, so that nothing is started twice and
    /// nothing that listens is closed. Connections of clients are hung up on: they ask again. Unit files must be open.
    /// </summary>
    /// <param name="kept">What init keeps and nobody has claimed; emptied.</param>
    public void RebuildFromKernel(Dictionary<string, OwnedFd> kept)
    {
        ForeignRecords?.OnRecordsLost(kept);
        AdoptFromKernel();
        LookAtJournal();
        HashSet<Unit> holders = HoldersOf(kept);
        GiveBack(kept);
        kept.Clear();
        foreach (Unit unit in holders) { unit.OnFoundKept(); }
        Savepoint?.StageRemoval(RecordKinds.Lost, LostKey);   // in one batch with what was found
    }

    private HashSet<Unit> HoldersOf(Dictionary<string, OwnedFd> kept)
    {
        var holders = new HashSet<Unit>();
        foreach (string name in kept.Keys)
        {
            string[] parts = name.Split('/', 3);
            if (parts.Length == 3 && UnitName.TryParse(parts[1], out UnitName unit)) { holders.Add(Load(unit)); }
        }
        return holders;
    }

    /// <summary>What runs is being taken over without its record.</summary>
    internal bool IsAdopting { get; private set; }

    private void AdoptFromKernel()
    {
        IsAdopting = true;
        foreach (UnitName name in Cgroups.PopulatedUnits().Keys)
        {
            Unit unit = Load(name);
            if (!unit.IsLoaded || unit.Cgroup is not null) { continue; }
            Cgroups.OnRecovered(unit);
            unit.OnFoundRunning(Cgroups.Pids(unit));
            if (!unit.ActiveState.IsInactiveOrFailed()) { Log.Notice(unit, $"Found running, taken over as {unit.SubState}."); }
        }
        IsAdopting = false;
    }
}
