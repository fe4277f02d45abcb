using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;
using SysMaster.Savepoint;
using SysMaster.UnitFiles;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.Core;

/// <summary>What the manager is doing as a whole. D-Bus SystemState, systemctl is-system-running.</summary>
public enum SystemState : byte { Initializing, Starting, Running, Degraded, Maintenance, Stopping }

/// <summary>
/// The set of units and jobs, and the queues between them. One thread; everything happens in a turn of the loop, and at its end:
/// load queue, job queue, collection, commit of the records, effects, bus. Split by facet: units, jobs, queues, processes, collection,
/// outcome, reload, start-up.
/// </summary>
public sealed partial class Manager : ITurnEnd
{
    private readonly Dictionary<UnitName, Unit> _byName = new(512);

    public Manager(ManagerOptions options, UnitType[] types)
    {
        Options = options;
        Types = types;
        Loop = new EventLoop { CannotWatch = (fd, error) => Log.Warning($"Descriptor {fd.Value} cannot be watched: {error.ToString()}") };
        Monotonic = DeadlineQueue.Create(Loop, LibC.CLOCK_MONOTONIC);
        Realtime = DeadlineQueue.Create(Loop, LibC.CLOCK_REALTIME);
        foreach (UnitType type in types) { _typeByKind[(int)type.Kind] = type; }
    }

    private readonly UnitType?[] _typeByKind = new UnitType?[16];

    public ManagerOptions Options { get; }

    public bool IsSystem => Options.IsSystem;

    public EventLoop Loop { get; }

    /// <summary>Deadlines on CLOCK_MONOTONIC.</summary>
    public DeadlineQueue Monotonic { get; }

    /// <summary>Deadlines on CLOCK_REALTIME.</summary>
    public DeadlineQueue Realtime { get; }

    public UnitType[] Types { get; }

    /// <summary>[Manager] of system.conf and its drop-ins.</summary>
    public SettingsBag Settings { get; set; } = new();

    /// <summary>Every unit once, in no order.</summary>
    public UnitSet Units { get; } = new();

    /// <summary>Unit files as they lie on disk.</summary>
    public UnitFileCache Files { get; internal set; } = null!;

    /// <summary>What the bus, the console and tests are told.</summary>
    public List<IManagerObserver> Observers { get; } = [];

    public StatusBoard Status { get; internal set; } = new();

    /// <summary>Names that have the alias resolve to the same unit.</summary>
    public Unit? Find(UnitName name) => _byName.GetValueOrDefault(name);

    public int NameCount => _byName.Count;

    public UnitType? TypeOf(UnitKind kind) => _typeByKind[(int)kind];

    /// <summary>The unit of that name, created (and queued for loading) if it is not known yet.</summary>
    public Unit GetOrAdd(UnitName name)
    {
        if (_byName.TryGetValue(name, out Unit? known)) { return known; }
        RefreshFiles();
        UnitLookup found = Files.Find(name);
        UnitName id = found.Id;
        if (id != name && _byName.TryGetValue(id, out known))
        {
            AddAlias(known, name);
            return known;
        }
        Unit unit = _typeByKind[(int)id.Kind] is { } type ? type.Create(this, id) : new AbsentUnit(this, id);
        unit.Found = found;
        _byName[id] = unit;
        if (id != name) { AddAlias(unit, name); }
        Units.Add(unit);
        QueueLoad(unit);
        MarkUnitChanged(unit);
        return unit;
    }

    /// <summary>As <see cref="GetOrAdd"/>, and loaded now with whatever it pulls in.</summary>
    /// <remarks>A file that came since the directories were read is seen, also where the unit was asked for before it came.</remarks>
    public Unit Load(UnitName name)
    {
        bool isMissing = Find(name) is not { } known || known.LoadState == UnitLoadState.NotFound;
        _filesAreStale |= isMissing && Files.IsStale();
        Unit unit = GetOrAdd(name);
        if (isMissing && unit.LoadState == UnitLoadState.NotFound) { TryAgain(unit); }
        DispatchLoadQueue();
        return unit;
    }

    internal void AddAlias(Unit unit, UnitName alias)
    {
        if (unit.Id == alias || !_byName.TryAdd(alias, unit)) { return; }
        (unit.Aliases ??= []).Add(alias);
        MarkUnitChanged(unit);
    }

    internal void DropAliases(Unit unit)
    {
        foreach (UnitName alias in unit.Aliases ?? []) { _byName.Remove(alias); }
        unit.Aliases = null;
    }

    public void EnsureLoaded(Unit unit)
    {
        if (unit.LoadState == UnitLoadState.Stub) { DispatchLoadQueue(); }
    }

    internal void Forget(Unit unit)
    {
        unit.Flags |= UnitFlags.Removed;
        if (unit.Job is { } job) { JobProcessing.Finish(job, JobResult.Collected, propagate: false); }
        unit.OnRemoved();
        foreach (Edge edge in unit.Edges.All) { QueueGc(edge.Other); }   // it may have been what held them
        unit.RemoveAllEdges();
        _byName.Remove(unit.Id);
        DropAliases(unit);
        Units.Remove(unit);
        _failed.Remove(unit);
        RemoveRecord(unit);
        _ownJobs?.Forget(unit);
        foreach (IManagerObserver observer in Observers) { observer.OnUnitRemoved(unit); }
    }

    private static void MarkUnitChanged(Unit unit) => unit.MarkChanged();

    internal static void WarnSelfDependency(Unit unit, Dep kinds)
    {
        Log.Warning(unit, $"Dependency {Deps.Name((Dep)(1u << System.Numerics.BitOperations.TrailingZeroCount((uint)kinds)))}={unit.Id} is dropped.");
    }
}
