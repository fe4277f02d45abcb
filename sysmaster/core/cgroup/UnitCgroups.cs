using System.Buffers.Text;
using System.Text;
using SysMaster.Cgroups;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>
/// The control groups of units: where each lies, when it is made, who is in it, when it is empty, when it goes. Paths are those of the
/// ControlGroup property: absolute from the top of the tree ("/system.slice/x.service"), whatever the mount. What lies below is
/// libs/cgroups, the same for v2, hybrid and v1.
/// </summary>
public sealed class UnitCgroups : IInotifyObserver
{
    private const uint IN_MODIFY = 2;

    private readonly Manager _manager;
    private readonly CgroupTree? _tree;
    private readonly Dictionary<string, Unit> _byPath = new(StringComparer.Ordinal);
    private readonly Dictionary<int, Unit> _byWatch = [];
    private ReleaseNotices? _notices;

    /// <param name="manager">Whose units they are.</param>
    /// <param name="tree">Null where no tree can be written: processes are then tracked by PID alone.</param>
    /// <param name="root">The manager's own group: "" at the top, else "/user.slice/…".</param>
    public UnitCgroups(Manager manager, CgroupTree? tree, string root)
    {
        _manager = manager;
        _tree = tree;
        Root = root;
        _programs = tree is null ? null : new CgroupPrograms(manager, tree);
        TellsPressure = tree is { Layout.Mode: CgroupMode.Unified } && !Sys.Access("/proc/pressure/memory"u8, 0).Failed;
        CountsMemory = TellsPressure && tree!.Read(Group(root), "cgroup.controllers"u8) is { Failed: false } controllers
            && (ControllerNames.ParseList(controllers.Value) & CgroupControllers.Memory) != 0;
    }

    private readonly CgroupPrograms? _programs;

    public string Root { get; }

    public bool IsUsable => _tree is not null;

    /// <summary>Pure v1: the kernel tells of empty groups through a release agent, and not always.</summary>
    public bool IsLegacy => _tree is { Layout.Mode: CgroupMode.Legacy };

    /// <summary>Processes are tracked in a cgroup2 tree, which tells of empty groups by itself and can be frozen.</summary>
    public bool IsTrackedInV2 => _tree is { Layout.Mode: CgroupMode.Unified or CgroupMode.Hybrid };

    /// <summary>
    /// Will the kernel tell when the group becomes empty? cgroup.events of v2 does; the release agent of v1 keeps silent in containers, which may have none,
    /// and while a delegate has left groups of its own behind.
    /// </summary>
    public bool ReportsEmpty(Unit unit) => IsTrackedInV2 || (_notices is not null && !unit.IsDelegated);

    /// <summary>Groups have files that tell how long their processes waited for memory: a v2 tree, and a kernel that measures it.</summary>
    public bool TellsPressure { get; }

    /// <summary>The memory controller is to be had: MemoryAccounting= counts.</summary>
    public bool CountsMemory { get; }

    public CgroupTree? Tree => _tree;

    /// <summary>The unit's group as `systemctl show -p ControlGroup` has it; empty while it has none.</summary>
    public static string PathOf(Unit unit) => unit.Cgroup is { } group ? group.Path.Length == 0 ? "/" : group.Path : "";

    /// <summary>Where it lies or would lie.</summary>
    public string PlaceOf(Unit unit)
    {
        if (unit.Id == SpecialUnits.RootSlice) { return Root; }
        string parent = unit.Slice is { } slice ? PlaceOf(slice) : Root;
        var name = new UnitFiles.ByteBuilder();
        CgroupPath.Escape(Encoding.ASCII.GetBytes(unit.Id.Text), ref name);
        string escaped = name.ToString();
        name.Dispose();
        return $"{parent}/{escaped}";
    }

    /// <summary>The directory in the tracking tree.</summary>
    public string DirectoryOf(Unit unit) => _tree is null ? "" : _tree.PathOf(Group(unit.Cgroup?.Path ?? PlaceOf(unit))).ToString();

    /// <summary>v1: the kernel is told whom to run when a group becomes empty, and what that program sends is read from now on.</summary>
    public void HearReleases(ByteText agent, OwnedFd socket)
    {
        Errno error = _tree?.InstallReleaseAgent(agent) ?? Errno.EOPNOTSUPP;
        if (error.Failed)
        {
            Log.Info($"No release agent can be set here ({error.ToString()}): emptiness of control groups is looked up when processes end.");
            socket.Dispose();
            return;
        }
        _notices = new ReleaseNotices(this, socket);
        _manager.Loop.Add(new FdSource(socket.Fd, EventPriority.Cgroup, _notices), LibC.EPOLLIN);
    }

    /// <summary>v1: the end of this process is an occasion to look whether the unit's group is empty, since notices get lost.</summary>
    public void Follow(Unit unit, int pid)
    {
        if (!IsLegacy || unit.Cgroup is not { } group) { return; }
        (group.Followed ??= []).Add(pid);
        _manager.WatchPid(unit, pid);
    }

    internal void OnReleased(string path)
    {
        if (UnitOfPath(path) is { } unit && !IsPopulated(unit)) { _manager.QueueCgroupEmpty(unit); }
    }

    /// <summary>Makes the group and those above it, with the controllers and attributes that are asked for.</summary>
    public Errno Realize(Unit unit)
    {
        if (_tree is null || !unit.Type.Has(UnitCaps.HasCgroup)) { return Errno.None; }
        if (unit.Cgroup is { } made && _tree.Exists(Group(made.Path))) { return Errno.None; }
        if (unit.Slice is { } slice)
        {
            Errno above = Realize(slice);
            if (above.Failed) { return above; }
            EnableControllers(slice, CgroupAttributes.ControllersFor(unit));
        }
        string path = PlaceOf(unit);
        if (path != Root)
        {
            Errno error = _tree.Create(Group(path), LegacyControllers(unit));
            if (error.Failed) { return error; }
        }
        Take(unit, path);
        if (path != Root)
        {
            CgroupAttributes.Apply(_tree, unit, Group(path));
            _programs!.Apply(unit, Group(path));
        }
        if (unit.ActiveState.IsActiveOrReloading()) { _manager.ManagedOomChanged?.Invoke(unit); }   // a slice is up before it has its group
        unit.MarkDirty();
        return Errno.None;
    }

    /// <summary>Settings were changed while it runs: the attributes that are set are written again, the others left alone.</summary>
    public void Update(Unit unit)
    {
        if (_tree is null || unit.Cgroup is not { Path.Length: > 0 } group) { return; }
        if (unit.Slice is { } slice) { EnableControllers(slice, CgroupAttributes.ControllersFor(unit)); }
        EnterLegacyTrees(unit, Group(group.Path));
        CgroupAttributes.Apply(_tree, unit, Group(group.Path));
        _programs!.Update(unit, Group(group.Path));
    }

    /// <summary>v1: the groups of controllers that the unit has only now come to need, with its processes in them.</summary>
    private void EnterLegacyTrees(Unit unit, ByteText group)
    {
        CgroupControllers controllers = LegacyControllers(unit);
        if (controllers == CgroupControllers.None || _tree!.Create(group, controllers).Failed) { return; }
        foreach (int pid in Pids(unit)) { _ = _tree.Attach(group, pid, controllers); }
    }

    /// <summary>The v1 trees that the unit has a group of its own in; none in unified mode.</summary>
    private CgroupControllers LegacyControllers(Unit unit) =>
        _tree!.Layout.Mode == CgroupMode.Unified ? CgroupControllers.None : LegacyAttributes.Controllers(CgroupAttributes.ControllersFor(unit));

    /// <summary>Directories that a process of the unit enters beside the one of the tracking tree; none in unified mode.</summary>
    public ByteText[] FurtherPlaces(Unit unit, string sub) =>
        _tree is null || unit.Cgroup is not { } group ? [] : _tree.FurtherPlaces(Group(group.Path + sub), LegacyControllers(unit)).ToArray();

    /// <summary>The boot is over, or the end begins: what Startup…= settings gave changes.</summary>
    internal void OnStartupChanged()
    {
        foreach (Unit unit in _manager.Units)
        {
            if (unit.Cgroup is not null && CgroupAttributes.HasStartupSettings(unit)) { Update(unit); }
        }
    }

    /// <summary>What IPAccounting= has counted; null where it does not.</summary>
    public ulong? IpCounter(Unit unit, bool egress, bool bytes) =>
        unit.Cgroup is { Path.Length: > 0 } group ? _programs?.Counter(Group(group.Path), egress, bytes) : null;

    /// <summary>After a restart of the manager: the group is taken up again if it is still there.</summary>
    public void OnRecovered(Unit unit)
    {
        _manager.EnsureLoaded(unit);
        string path = PlaceOf(unit);
        if (_tree is null) { return; }
        Enter(unit, path);
        _toWatch.Enqueue(unit);
    }

    /// <summary>A directory descriptor for starting processes in it; the caller closes it.</summary>
    /// <param name="unit">Whose.</param>
    /// <param name="sub">A group below it, "/.control"; made if missing.</param>
    public Result<OwnedFd> Open(Unit unit, string sub = "")
    {
        if (_tree is null) { return Errno.EOPNOTSUPP; }
        Errno error = Realize(unit);
        if (error.Failed) { return error; }
        unit.Cgroup!.EmptyAt = Usec.Zero;
        if (sub.Length > 0) { _ = _tree.Create(Group(unit.Cgroup!.Path + sub)); }
        return Sys.Open(new ByteText(DirectoryOf(unit) + sub), LibC.O_RDONLY | LibC.O_DIRECTORY);
    }

    public void OnActivation(Unit unit)
    {
        if (unit.Cgroup is not { } group || _tree is null) { return; }
        group.OomKills = OomKills(group);
        group.OomdKills = OomdKills(group);
    }

    /// <summary>Is there a process in it or below? False where there is no tree.</summary>
    public bool IsPopulated(Unit unit)
    {
        if (_tree is null || unit.Cgroup is not { } group || IsKnownEmpty(group)) { return false; }
        Result<bool> populated = _tree.IsPopulated(Group(group.Path));
        if (populated is { Failed: false, Value: false }) { group.EmptyAt = _manager.Loop.Now; }
        return populated is { Failed: false, Value: true };
    }

    /// <summary>
    /// Nobody was in it when this turn looked: nobody is left who could fork, and the way from the last exit to the end of the unit asks several times.
    /// </summary>
    private bool IsKnownEmpty(UnitCgroup group) => group.EmptyAt == _manager.Loop.Now;

    /// <summary>Every process in it and below, once.</summary>
    public List<int> Pids(Unit unit)
    {
        var pids = new List<int>();
        if (_tree is null || unit.Cgroup is not { } group) { return pids; }
        bool saysSo = _tree.Layout.Mode != CgroupMode.Legacy && group.Path.Length > 0;   // one file, instead of one for each group below
        if (!saysSo || IsPopulated(unit)) { _ = _tree.Pids(Group(group.Path), pids); }
        return pids;
    }

    /// <summary>Every process in a group and below, whether its unit is known or not.</summary>
    public List<int> PidsAt(string path)
    {
        var pids = new List<int>();
        if (_tree is not null) { _ = _tree.Pids(Group(path), pids); }
        return pids;
    }

    /// <summary>Names of units, other than slices, whose groups have processes, whoever made them, and where these groups are.</summary>
    public Dictionary<UnitName, string> PopulatedUnits()
    {
        var found = new Dictionary<UnitName, string>();
        var slices = new Queue<string>([Root]);
        while (_tree is not null && slices.TryDequeue(out string? slice))
        {
            var names = new List<ByteText>();
            _ = _tree.Children(Group(slice), names);
            foreach (ByteText child in names)
            {
                string path = $"{slice}/{child}";
                if (!UnitName.TryParse(child.Span, out UnitName name)) { continue; }
                if (name.Kind == UnitKind.Slice) { slices.Enqueue(path); }
                else if (_tree.IsPopulated(Group(path)) is { Failed: false, Value: true }) { found[name] = path; }
            }
        }
        return found;
    }

    /// <returns>EOPNOTSUPP without a tree; EACCES or EPERM when the process comes from a group that is not ours.</returns>
    public Errno Attach(Unit unit, int pid, string sub = "")
    {
        if (_tree is null) { return Errno.EOPNOTSUPP; }
        Errno made = Realize(unit);
        if (made.Failed) { return made; }
        unit.Cgroup!.EmptyAt = Usec.Zero;
        string path = unit.Cgroup!.Path + sub;
        if (sub.Length > 0) { _ = _tree.Create(Group(path)); }
        return _tree.Attach(Group(path), pid, LegacyControllers(unit));
    }

    /// <summary>The kernel's name of the group a process is in; null when it is gone or there is no tree.</summary>
    public string? PathOfPid(int pid)
    {
        if (_tree is null || pid <= 0) { return null; }
        Result<ByteText> group = CgroupMembership.OfPid(_tree.Layout, pid);
        if (!group.Failed) { return group.Value.ToString(); }
        // Gone, or in a tree that is not ours, is an answer; anything else is the kernel's want of something, and the caller finds no unit by it.
        if (group.Error != Errno.ESRCH && group.Error != Errno.ENODATA) { Log.Warning($"The control group of PID {pid} cannot be read: {group.Error.ToString()}"); }
        return null;
    }

    /// <summary>The unit whose group the process is in.</summary>
    public Unit? UnitOfPid(int pid) => PathOfPid(pid) is { } path ? UnitOfPath(path) : null;

    /// <summary>The unit at or above a group's path.</summary>
    public Unit? UnitOfPath(string path)
    {
        path = path.TrimEnd('/');
        while (path.Length > 0)
        {
            if (_byPath.TryGetValue(path, out Unit? unit)) { return unit; }
            path = path[..Math.Max(path.LastIndexOf('/'), 0)];
        }
        return null;
    }

    /// <summary>The unit is down: the group goes if nobody is left in it.</summary>
    public void Release(Unit unit)
    {
        if (_tree is null || unit.IsPerpetual || unit.Cgroup is not { Path.Length: > 0 } group) { return; }
        if (CgroupStats.CpuNsec(_tree, Group(group.Path)) is { Failed: false } used) { unit.WritableTimestamps.CpuNsec = used.Value; }
        if (_tree.Remove(Group(group.Path)) != Errno.EBUSY) { Drop(unit, group); }
    }

    public void Forget(Unit unit)
    {
        if (unit.Cgroup is not { } group) { return; }
        if (_tree is not null && group.Path.Length > 0) { _ = _tree.Remove(Group(group.Path)); }
        Drop(unit, group);
    }

    public void OnInotify(int watch, uint mask, ReadOnlySpan<byte> name)
    {
        if (!_byWatch.TryGetValue(watch, out Unit? unit)) { return; }
        CheckOutOfMemory(unit);
        if (watch != unit.Cgroup?.MemoryWatch && !IsPopulated(unit)) { _manager.QueueCgroupEmpty(unit); }
    }

    /// <summary>The OOM killer, or systemd-oomd, was here since the unit was started: the unit is told, once for each time.</summary>
    public void CheckOutOfMemory(Unit unit)
    {
        if (unit.Cgroup is not { } group) { return; }
        ulong byOomd = OomdKills(group);
        if (byOomd > group.OomdKills)
        {
            group.OomdKills = byOomd;
            SayOomdKill(unit, group);
            unit.OnOutOfMemory(byManagedOom: true);
        }
        ulong kills = OomKills(group);
        if (kills <= group.OomKills) { return; }
        group.OomKills = kills;
        unit.OnOutOfMemory(byManagedOom: false);
    }

    /// <summary>systemd-oomd leaves it on the group, before it kills, how often it has done so.</summary>
    private ulong OomdKills(UnitCgroup group) => NumberMark(group, "user.oomd_ooms"u8);

    private void SayOomdKill(Unit unit, UnitCgroup group)
    {
        ulong processes = NumberMark(group, "user.oomd_kill"u8);
        string count = processes > 0 ? processes.ToString(System.Globalization.CultureInfo.InvariantCulture) : "some";
        var context = new LogContext(unit) { MessageId = MessageIds.UnitOomdKill, Fields = processes > 0 ? [new LogField("N_PROCESSES", count)] : [] };
        Log.Write(LogLevel.Notice, context, $"systemd-oomd killed {count} process(es) in this unit.");
    }

    private ulong NumberMark(UnitCgroup group, ByteText name) =>
        _tree is not null && _tree.GetMark(Group(group.Path), name) is { Failed: false } mark && Utf8Parser.TryParse(mark.Value.Span, out ulong number, out int length)
            && length == mark.Value.Length ? number : 0;

    public Errno SetFrozen(Unit unit, bool frozen) =>
        _tree is not null && unit.Cgroup is { } group ? _tree.SetFrozen(Group(group.Path), frozen) : Errno.EOPNOTSUPP;

    /// <summary>One attribute of the unit's group; null if it has no group or the group no such attribute.</summary>
    public byte[]? ReadAttribute(Unit unit, string attribute)
    {
        if (_tree is null || unit.Cgroup is not { } group) { return null; }
        Result<byte[]> content = _tree.Read(Group(group.Path), Encoding.ASCII.GetBytes(attribute));
        return content.Failed ? null : content.Value;
    }

    /// <summary>The group as libs/cgroups names it; null while there is none.</summary>
    public static ByteText? GroupOf(Unit unit) => unit.Cgroup is { } group ? Group(group.Path) : null;

    private static ByteText Group(string path) => path.Length == 0 ? CgroupPath.Top : new ByteText(path);

    private ulong OomKills(UnitCgroup group) => CgroupStats.OomKills(_tree!, Group(group.Path)) is { Failed: false } kills ? kills.Value : 0;

    private void EnableControllers(Unit slice, CgroupControllers wanted)
    {
        if (wanted == CgroupControllers.None || slice.Cgroup is not { } group || _tree!.Layout.Mode != CgroupMode.Unified) { return; }
        CgroupControllers missing = wanted & ~group.Enabled & ~DisabledFor(slice);
        if (missing == CgroupControllers.None) { return; }
        // What is to be had below has to be there above.
        if (slice.Slice is { } above) { EnableControllers(above, missing); }
        Result<CgroupControllers> enabled = _tree.EnableForChildren(Group(group.Path), missing);
        group.Enabled |= missing;
        if (enabled.Failed) { Log.Debug(slice, $"Controllers could not be enabled: {enabled.Error.ToString()}"); }
    }

    /// <summary>DisableControllers= of the slice and those above: not to be had below.</summary>
    private static CgroupControllers DisabledFor(Unit slice)
    {
        CgroupControllers disabled = CgroupControllers.None;
        for (Unit? at = slice; at is not null; at = at.Slice) { disabled |= (CgroupControllers)(int)at.Get(CgroupDirectives.DisableControllers); }
        return disabled & CgroupControllers.AllV2;   // the two sets agree on the numbers of these
    }

    /// <summary>Groups of a manager before us: clients are answered first.</summary>
    private readonly Queue<Unit> _toWatch = new();

    private const int WatchesPerTurn = 64;

    /// <summary>There are groups that nobody has looked at since the restart of the manager.</summary>
    internal bool HasUnwatched => _toWatch.Count > 0;

    /// <summary>Watches some of them, and looks at what happened while nobody watched: the group is gone, or empty.</summary>
    internal void WatchSome()
    {
        for (int i = 0; i < WatchesPerTurn && _toWatch.TryDequeue(out Unit? unit); i++)
        {
            if (unit.Cgroup is not { Watch: 0 } group) { continue; }
            Watch(unit, group);
            CheckOutOfMemory(unit);
            if (IsPopulated(unit)) { continue; }
            if (_tree is not null && !_tree.Exists(Group(group.Path))) { Drop(unit, group); }
            else { _manager.QueueCgroupEmpty(unit); }
        }
    }

    private void Take(Unit unit, string path)
    {
        Enter(unit, path);
        Watch(unit, unit.Cgroup!);
    }

    private void Enter(Unit unit, string path)
    {
        unit.Cgroup = new UnitCgroup(path);
        if (path.Length > 0) { _byPath[path] = unit; }
    }

    private void Watch(Unit unit, UnitCgroup group)
    {
        if (!unit.Type.Has(UnitCaps.HasExec) && !unit.Type.Has(UnitCaps.HasKill)) { return; }
        ByteText events = _tree!.EventsPath(Group(group.Path));
        int watch = events.IsEmpty ? -1 : _manager.Inotify.Add(events, IN_MODIFY, this);
        if (watch < 0) { return; }
        group.Watch = watch;
        _byWatch[watch] = unit;
        WatchMemory(unit, group);
    }

    /// <summary>Without the memory controller there is no such file.</summary>
    private void WatchMemory(Unit unit, UnitCgroup group)
    {
        if (unit.Type.Kind is not (UnitKind.Service or UnitKind.Scope) || _tree!.Layout.Mode != CgroupMode.Unified) { return; }
        int watch = _manager.Inotify.Add(_tree.PathOf(Group(group.Path), "memory.events"u8), IN_MODIFY, this);
        if (watch < 0) { return; }
        group.MemoryWatch = watch;
        _byWatch[watch] = unit;
    }

    private void Drop(Unit unit, UnitCgroup group)
    {
        if (group.Watch != 0)
        {
            _manager.Inotify.Remove(group.Watch);
            _byWatch.Remove(group.Watch);
        }
        if (group.MemoryWatch != 0)
        {
            _manager.Inotify.Remove(group.MemoryWatch);
            _byWatch.Remove(group.MemoryWatch);
        }
        foreach (int pid in group.Followed ?? []) { _manager.UnwatchPid(unit, pid); }
        _byPath.Remove(group.Path);
        unit.Cgroup = null;
        unit.MarkDirty();
        unit.MarkChanged();
    }
}

/// <summary>What is known of a unit's group while it exists.</summary>
public sealed class UnitCgroup(string path)
{
    /// <summary>As the kernel names it; "" for the top.</summary>
    public string Path { get; } = path;

    internal int Watch { get; set; }

    /// <summary>Of memory.events: the kernel tells of its OOM killer also while others of the group live on.</summary>
    internal int MemoryWatch { get; set; }

    /// <summary>The turn that last saw nobody in it.</summary>
    internal Usec EmptyAt { get; set; }

    internal ulong OomKills { get; set; }

    internal ulong OomdKills { get; set; }

    /// <summary>v1: processes whose ends are occasions to look whether the group is empty.</summary>
    internal List<int>? Followed { get; set; }

    /// <summary>Controllers that were switched on for the groups below.</summary>
    internal CgroupControllers Enabled { get; set; }
}
