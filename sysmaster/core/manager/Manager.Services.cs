using SysMaster.Core.Conditions;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Core.Boot;
using SysMaster.Events;
using SysMaster.Linux;
using SysMaster.Spawn.Exec;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>What units ask of the manager: facts, defaults, conditions, descriptors kept by init, processes taken over.</summary>
public sealed partial class Manager
{
    private readonly Dictionary<int, ExecLimit> _defaultLimits = [];
    private readonly Dictionary<UnitKind, SettingsBag> _defaults = [];
    private readonly Queue<Unit> _cgroupEmpty = new();

    public SystemFacts Facts { get; internal set; } = new();

    public InotifyHub Inotify => _inotify ??= NewInotify(null);

    /// <summary>Watches with the descriptor that an earlier manager left to init.</summary>
    public void SetInotify(OwnedFd? kept) => _inotify = NewInotify(kept);

    private InotifyHub NewInotify(OwnedFd? kept) => new(Loop, kept, fd => KeepFd("inotify", fd));

    private InotifyHub? _inotify;

    public Killer Kill => _killer ??= new Killer(this);

    private Killer? _killer;

    public ExecContext Exec => _exec ??= new ExecContext(this);

    private ExecContext? _exec;

    public DynamicUsers DynamicUsers => _dynamicUsers ??= new DynamicUsers(this);

    private DynamicUsers? _dynamicUsers;

    public UnitCgroups Cgroups { get; internal set; } = null!;

    public HelperPool Helpers => _helpers ??= new HelperPool(this);

    private HelperPool? _helpers;

    public ExecOutputSpec DefaultOutput { get; internal set; } = new(ExecOutput.Journal);

    public ExecOutputSpec DefaultError { get; internal set; } = new(ExecOutput.Inherit);

    /// <summary>Variables set over the bus (systemctl set-environment) and by environment generators: "NAME=value".</summary>
    public List<ByteText> ClientEnvironment { get; } = [];

    /// <summary>The manager's own block for its services: PATH, LANG and the like.</summary>
    public List<ByteText> BaseEnvironment { get; } = [];

    /// <summary>What every service starts from: each variable once, a client's value before the manager's own.</summary>
    public IEnumerable<ByteText> EnvironmentBlock
    {
        get
        {
            foreach (ByteText variable in BaseEnvironment)
            {
                ByteText set = ClientEnvironment.Find(v => IsSameVariable(v, variable));
                yield return set.IsEmpty ? variable : set;
            }
            foreach (ByteText variable in ClientEnvironment)
            {
                if (!BaseEnvironment.Exists(v => IsSameVariable(v, variable))) { yield return variable; }
            }
        }
    }

    private static bool IsSameVariable(ByteText a, ByteText b) => EnvironmentText.NameOf(a.Span).SequenceEqual(EnvironmentText.NameOf(b.Span));

    /// <summary>A variable of the environment this manager itself was started with: "NAME=value", for PassEnvironment=.</summary>
    public ByteText? OwnVariable(ReadOnlySpan<byte> name)
    {
        foreach (ByteText variable in OwnEnvironment)
        {
            if (variable.Length > name.Length && variable.Span[name.Length] == (byte)'=' && variable.StartsWith(name)) { return variable; }
        }
        return null;
    }

    public List<ByteText> OwnEnvironment { get; } = [];

    public string NotifyPath => $"{Options.RuntimeDirectory}/systemd/notify";

    public ExecLimit? DefaultLimit(int resource) => _defaultLimits.TryGetValue(resource, out ExecLimit limit) ? limit : null;

    /// <summary>What system.conf gives to all units of a type; read where a unit sets nothing itself.</summary>
    public SettingsBag? DefaultsFor(UnitType type) => _defaults.GetValueOrDefault(type.Kind);

    public ISpecifierSource SpecifiersFor(Unit unit) => new UnitSpecifiers(unit);

    internal bool TestConditions(Unit unit)
    {
        unit.WritableTimestamps.Condition = DualTimestamp.Now();
        unit.Flags |= UnitFlags.ConditionTested;
        unit.ConditionResult = UnitConditions.Test(unit.Conditions = UnitConditions.Of(unit, UnitDirectives.Conditions), Facts);
        unit.MarkDirty();
        unit.MarkChanged();
        return unit.ConditionResult;
    }

    internal bool TestAsserts(Unit unit)
    {
        unit.WritableTimestamps.Assert = DualTimestamp.Now();
        unit.AssertResult = UnitConditions.Test(unit.Asserts = UnitConditions.Of(unit, UnitDirectives.Asserts), Facts);
        return unit.AssertResult;
    }

    internal static string SkipReason(Unit unit) => unit.Conditions is { } list ? ConditionEvaluator.Reason(list, isAssert: false) : "of an unmet condition check";

    /// <summary>Every mount unit on the way to a path, made or not.</summary>
    public void AddMountsFor(Unit unit, ByteText path, Dep kinds)
    {
        MountRequirements.Add(unit, path, kinds);
    }

    /// <summary>D-Bus RequiresMountsFor: the paths whose mounts the unit needs.</summary>
    public IEnumerable<ByteText> MountsNeededBy(Unit unit) => MountRequirements.PathsOf(unit, Dep.Requires);

    /// <summary>D-Bus WantsMountsFor.</summary>
    public IEnumerable<ByteText> MountsWantedBy(Unit unit) => MountRequirements.PathsOf(unit, Dep.Wants);

    internal MountRequirements MountRequirements => _mountRequirements ??= new MountRequirements(this);

    private MountRequirements? _mountRequirements;

    /// <summary>init keeps a copy of this descriptor beyond our death.</summary>
    public void KeepFd(string name, Fd fd)
    {
        if (Init is null) { return; }
        OwnKept(name);
        Errno error = Init.StoreFd(new ByteText(name).Span, fd);
        if (error.Failed) { Log.Warning($"A descriptor could not be kept as {name}: {error.ToString()}"); }
    }

    /// <summary>init keeps this for us already.</summary>
    public void OwnKept(string name)
    {
        _kept.Add(name);
        _ = _dropped.Remove(name);
    }

    /// <summary>init was asked to keep it, or has kept it before.</summary>
    public bool IsKept(string name) => _kept.Contains(name);

    /// <summary>init keeps it no longer, once the state that can do without it is in the log: who dies before that leaves it to the next.</summary>
    public void DropFd(string name)
    {
        if (_kept.Remove(name)) { _dropped.Add(name); }
    }

    private void SendDrops()
    {
        foreach (string name in _dropped) { _ = Init?.DropFd(new ByteText(name).Span); }
        _dropped.Clear();
    }

    /// <summary>All names that begin so, but for some.</summary>
    public void DropFds(string prefix, IReadOnlySet<string>? but = null)
    {
        foreach (string name in new List<string>(_kept))
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal) && but?.Contains(name) != true) { DropFd(name); }
        }
    }

    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);
    private readonly HashSet<string> _dropped = new(StringComparer.Ordinal);

    /// <summary>A process that the unit did not start through us becomes its own.</summary>
    public void Adopt(ProcessSlot slot, int pid)
    {
        slot.Pid = pid;
        slot.StartTime = ProcStat.StartTime(pid);
        slot.Phase = ProcessPhase.Executed;
        slot.Run = null;
        WatchPid(slot.Unit, pid);
    }

    /// <summary>After a restart of the manager: the process of the record, if it is still that one. A zombie counts: init will tell of its end.</summary>
    /// <param name="slot">Whose it is.</param>
    /// <param name="pid">Of the record.</param>
    /// <param name="startTime">Of the record; zero: it was not known, and nothing is taken up.</param>
    /// <param name="run">The command it was started for.</param>
    /// <param name="isChild">init's child: its number is not used again before a record without it was written. Nobody need ask the kernel.</param>
    public void Readopt(ProcessSlot slot, int pid, ulong startTime, ExecRun? run, bool isChild = false)
    {
        bool isSure = isChild && Phase == BootPhase.Done && Init is not null && Ledger is { LogIsBehind: false };
        if (startTime == 0 || (!isSure && ProcStat.StartTime(pid) != startTime)) { return; }
        slot.Pid = pid;
        slot.StartTime = startTime;
        slot.Phase = ProcessPhase.Executed;
        slot.Run = run;
        if (slot.Unit.TakeDoubt(pid, out uint effect))
        {
            slot.Effect = effect;
            Doubted.Add(slot);
        }
        WatchPid(slot.Unit, pid);
    }

    /// <summary>The unit's group may have become empty: looked at once this dispatch is over.</summary>
    public void QueueCgroupEmpty(Unit unit)
    {
        if (!_cgroupEmpty.Contains(unit)) { _cgroupEmpty.Enqueue(unit); }
    }

    private void DispatchCgroupEmpty()
    {
        for (int n = _cgroupEmpty.Count; n > 0 && _cgroupEmpty.TryDequeue(out Unit? unit); n--)
        {
            if ((unit.Flags & UnitFlags.Removed) == 0 && !Cgroups.IsPopulated(unit)) { unit.OnCgroupEmpty(); }
            QueueGc(unit);
        }
    }

    public Errno Freeze(Unit unit)
    {
        Errno error = Cgroups.SetFrozen(unit, true);
        if (error.Failed) { return error; }
        NoteFrozen(unit, FreezerState.Frozen);
        return error;
    }

    /// <summary>What lies in a slice is frozen and thawed with it.</summary>
    private void NoteFrozen(Unit unit, FreezerState state)
    {
        unit.Freezer = state;
        unit.MarkDirty();
        unit.MarkChanged();
        foreach (Unit member in unit.Others(Dep.SliceOf))
        {
            if (member.Freezer == state || member.ActiveState != UnitActiveState.Active || member.Cgroup is null) { continue; }
            // Thawed one by one too: a member may have been frozen before, by itself.
            if (state == FreezerState.Running) { _ = Cgroups.SetFrozen(member, false); }
            NoteFrozen(member, state);
        }
    }

    public Errno Thaw(Unit unit)
    {
        Errno error = Cgroups.SetFrozen(unit, false);
        NoteFrozen(unit, FreezerState.Running);
        return error;
    }

    /// <summary>BusName= owners are told to the unit; the bus layer fills this in when it is connected.</summary>
    public Dictionary<string, List<Unit>> BusNames { get; } = new(StringComparer.Ordinal);

    public Action<string>? BusNameWatched { get; set; }

    public void WatchBusName(Unit unit, string name)
    {
        if (name.Length == 0) { return; }
        if (!BusNames.TryGetValue(name, out List<Unit>? units)) { BusNames[name] = units = new List<Unit>(1); }
        if (!units.Contains(unit)) { units.Add(unit); }
        BusNameWatched?.Invoke(name);
    }

    public void OnBusNameChanged(string name, string? before, string? now)
    {
        if (!BusNames.TryGetValue(name, out List<Unit>? units)) { return; }
        foreach (Unit unit in units.ToArray())
        {
            if ((unit.Flags & UnitFlags.Removed) == 0) { unit.OnBusNameChanged(name, before, now); }
        }
    }
}
