using System.Buffers.Text;
using System.Text;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>
/// The control groups of units: where each lies, when it is made, who is in it, when it is empty, when it goes. Paths are those of the
/// ControlGroup property: absolute from the manager's own root ("/system.slice/x.service"), whatever the mount.
/// </summary>
public sealed class CgroupTree : IInotifyObserver
{
    private const uint IN_MODIFY = 2;

    private readonly Manager _manager;
    private readonly Dictionary<string, Unit> _byPath = new(StringComparer.Ordinal);
    private readonly Dictionary<int, Unit> _byWatch = [];
    private readonly string _mount;

    public CgroupTree(Manager manager, string mount, string root)
    {
        _manager = manager;
        _mount = mount;
        Root = root;
    }

    /// <summary>The manager's own root as the kernel names it: "" at the top, else "/user.slice/…".</summary>
    public string Root { get; }

    /// <summary>The kernel tells when a group becomes empty (cgroup.events of v2).</summary>
    public bool ReportsEmpty { get; init; } = true;

    /// <summary>False where no tree can be written: a container without one of its own.</summary>
    public bool IsUsable { get; init; } = true;

    /// <summary>The unit's group as `systemctl show -p ControlGroup` has it; empty while it has none.</summary>
    public string PathOf(Unit unit) => unit.Cgroup?.Path ?? "";

    /// <summary>Where it lies or would lie.</summary>
    public string PlaceOf(Unit unit)
    {
        if (unit.Id == SpecialUnits.RootSlice) { return Root; }
        string parent = unit.Slice is { } slice ? PlaceOf(slice) : Root;
        return $"{parent}/{Escape(unit.Id.Text)}";
    }

    /// <summary>The directory in the file system.</summary>
    public string DirectoryOf(Unit unit) => _mount + (unit.Cgroup?.Path ?? PlaceOf(unit));

    /// <summary>Makes the group and those above it, with the attributes that somebody has set.</summary>
    public Errno Realize(Unit unit)
    {
        if (!IsUsable || !unit.Type.Has(UnitCaps.HasCgroup)) { return Errno.None; }
        if (unit.Cgroup is { } made && Sys.Exists(new ByteText(_mount + made.Path))) { return Errno.None; }
        if (unit.Slice is { } slice)
        {
            Errno above = Realize(slice);
            if (above.Failed) { return above; }
        }
        string path = PlaceOf(unit);
        if (path.Length == 0)
        {
            unit.Cgroup = new UnitCgroup("");
            return Errno.None;
        }
        Errno error = Sys.Mkdir(new ByteText(_mount + path), 0x1ED);
        if (error.Failed && error != Errno.EEXIST) { return error; }
        unit.Cgroup = new UnitCgroup(path);
        _byPath[path] = unit;
        if (unit.Type.Kind != UnitKind.Slice) { Watch(unit); }
        CgroupAttributes.Apply(unit, _mount + path);
        unit.MarkDirty();
        return Errno.None;
    }

    /// <summary>After a restart of the manager: the group is taken up again if it is still there.</summary>
    public void OnRecovered(Unit unit)
    {
        _manager.EnsureLoaded(unit);
        string path = PlaceOf(unit);
        if (!Sys.Exists(new ByteText(_mount + path))) { return; }
        unit.Cgroup = new UnitCgroup(path);
        _byPath[path] = unit;
        if (unit.Type.Kind != UnitKind.Slice) { Watch(unit); }
    }

    /// <summary>A directory descriptor for starting processes in it; the caller closes it.</summary>
    public Result<OwnedFd> Open(Unit unit, string sub = "")
    {
        if (!IsUsable) { return Errno.EOPNOTSUPP; }
        Errno error = Realize(unit);
        if (error.Failed) { return error; }
        string path = DirectoryOf(unit) + sub;
        if (sub.Length > 0) { _ = Sys.Mkdir(new ByteText(path), 0x1ED); }
        return Sys.Open(new ByteText(path), LibC.O_RDONLY | LibC.O_DIRECTORY);
    }

    public void OnActivation(Unit unit)
    {
        if (unit.Cgroup is { } group) { group.OomKills = 0; }
    }

    /// <summary>Is there a process in it or below? False where there is no tree.</summary>
    public bool IsPopulated(Unit unit)
    {
        if (unit.Cgroup is not { } group) { return false; }
        Result<byte[]> events = Sys.ReadFile(new ByteText($"{_mount}{group.Path}/cgroup.events"), 4096);
        if (!events.Failed) { return events.Value.AsSpan().IndexOf("populated 1"u8) >= 0; }
        foreach (int _ in Pids(unit)) { return true; }
        return false;
    }

    /// <summary>Every process in it and below, once.</summary>
    public List<int> Pids(Unit unit)
    {
        var pids = new List<int>();
        if (unit.Cgroup is { } group) { AddPids(_mount + group.Path, pids, 0); }
        return pids;
    }

    public bool Attach(Unit unit, int pid, string sub = "")
    {
        if (Realize(unit).Failed) { return false; }
        string directory = DirectoryOf(unit) + sub;
        if (sub.Length > 0) { _ = Sys.MkdirAll(new ByteText(directory), 0x1ED); }
        return !Sys.WriteFile(new ByteText(directory + "/cgroup.procs"), Encoding.ASCII.GetBytes(pid.ToString(System.Globalization.CultureInfo.InvariantCulture))).Failed;
    }

    /// <summary>The unit whose group the process is in.</summary>
    public Unit? UnitOfPid(int pid)
    {
        if (pid <= 0 || PathOfPid(pid) is not { } path) { return null; }
        while (path.Length > 0)
        {
            if (_byPath.TryGetValue(path, out Unit? unit)) { return unit; }
            path = path[..path.LastIndexOf('/')];
        }
        return null;
    }

    /// <summary>The unit at or above a group's path.</summary>
    public Unit? UnitOfPath(string path)
    {
        path = path.TrimEnd('/');
        while (path.Length > 0)
        {
            if (_byPath.TryGetValue(path, out Unit? unit)) { return unit; }
            int slash = path.LastIndexOf('/');
            path = slash < 0 ? "" : path[..slash];
        }
        return null;
    }

    /// <summary>The last process is gone and the unit is down: the group goes too.</summary>
    public void Release(Unit unit)
    {
        if (unit.Cgroup is not { } group || group.Path.Length == 0) { return; }
        if (unit.IsPerpetual) { return; }
        Errno error = RemoveTree(_mount + group.Path, 0);
        if (error == Errno.EBUSY) { return; }
        Drop(unit, group);
    }

    public void Forget(Unit unit)
    {
        if (unit.Cgroup is { } group)
        {
            _ = group.Path.Length == 0 ? Errno.None : RemoveTree(_mount + group.Path, 0);
            Drop(unit, group);
        }
    }

    public void OnInotify(int watch, uint mask, ReadOnlySpan<byte> name)
    {
        if (!_byWatch.TryGetValue(watch, out Unit? unit)) { return; }
        if (!IsPopulated(unit)) { _manager.QueueCgroupEmpty(unit); }
    }

    /// <summary>One attribute; null if it is not there.</summary>
    public byte[]? ReadAttribute(Unit unit, string attribute)
    {
        if (unit.Cgroup is not { } group) { return null; }
        Result<byte[]> content = Sys.ReadFile(new ByteText($"{_mount}{group.Path}/{attribute}"), 65536);
        return content.Failed ? null : content.Value;
    }

    public Errno WriteAttribute(Unit unit, string attribute, string value)
    {
        if (unit.Cgroup is not { } group) { return Errno.ENOENT; }
        return Sys.WriteFile(new ByteText($"{_mount}{group.Path}/{attribute}"), Encoding.ASCII.GetBytes(value));
    }

    /// <summary>The kernel's name of the group a process is in; null when it is gone.</summary>
    public static string? PathOfPid(int pid)
    {
        Result<byte[]> content = Sys.ReadFile(new ByteText($"/proc/{pid}/cgroup"), 16384);
        if (content.Failed) { return null; }
        ReadOnlySpan<byte> text = content.Value;
        int at = text.IndexOf("0::"u8);
        if (at < 0) { return null; }
        text = text[(at + 3)..];
        int end = text.IndexOf((byte)'\n');
        return Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
    }

    /// <summary>Names that the tree would take for its own are prefixed with "_".</summary>
    private static string Escape(string name) =>
        name.StartsWith('_') || name.StartsWith('.') || name is "notify_on_release" or "release_agent" or "tasks" || name.StartsWith("cgroup.", StringComparison.Ordinal)
            ? "_" + name : name;

    private void Watch(Unit unit)
    {
        if (unit.Cgroup is not { Watch: 0 } group) { return; }
        int watch = _manager.Inotify.Add(new ByteText($"{_mount}{group.Path}/cgroup.events"), IN_MODIFY, this);
        if (watch < 0) { return; }
        group.Watch = watch;
        _byWatch[watch] = unit;
    }

    private void Drop(Unit unit, UnitCgroup group)
    {
        if (group.Watch != 0)
        {
            _manager.Inotify.Remove(group.Watch);
            _byWatch.Remove(group.Watch);
        }
        _byPath.Remove(group.Path);
        unit.Cgroup = null;
        unit.MarkDirty();
        unit.MarkChanged();
    }

    private static void AddPids(string directory, List<int> pids, int depth)
    {
        Result<byte[]> content = Sys.ReadFile(new ByteText(directory + "/cgroup.procs"), 4 << 20);
        if (!content.Failed)
        {
            ReadOnlySpan<byte> rest = content.Value;
            while (Utf8Parser.TryParse(rest, out int pid, out int used))
            {
                if (pid > 0) { pids.Add(pid); }
                if (used >= rest.Length) { break; }
                rest = rest[(used + 1)..];
            }
        }
        if (depth > 32) { return; }
        foreach (string child in Children(directory)) { AddPids(child, pids, depth + 1); }
    }

    private static Errno RemoveTree(string directory, int depth)
    {
        if (depth < 32)
        {
            foreach (string child in Children(directory)) { _ = RemoveTree(child, depth + 1); }
        }
        Errno error = Sys.Unlink(new ByteText(directory), LibC.AT_REMOVEDIR);
        return error == Errno.ENOENT ? Errno.None : error;
    }

    private static List<string> Children(string directory)
    {
        var children = new List<string>();
        Result<DirectoryReader> open = Sys.OpenDirectory(new ByteText(directory));
        if (open.Failed) { return children; }
        using DirectoryReader reader = open.Value;
        foreach (DirectoryEntry entry in reader)
        {
            if (entry.IsDirectory && !entry.IsDot) { children.Add($"{directory}/{Encoding.UTF8.GetString(entry.Name)}"); }
        }
        return children;
    }
}

/// <summary>What is known of a unit's group while it exists.</summary>
public sealed class UnitCgroup(string path)
{
    /// <summary>As the kernel names it.</summary>
    public string Path { get; } = path;

    internal int Watch { get; set; }

    internal ulong OomKills { get; set; }
}
