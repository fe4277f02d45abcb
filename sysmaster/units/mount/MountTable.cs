using System.Buffers.Text;
using SysMaster.Core;
using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.Units.Device;

namespace SysMaster.Units.Mount;

/// <summary>
/// The kernel's mount table, followed. One scan compares the text line by line with what is known; a line that is the same costs
/// nothing more, so work and memory go with what changed. When changes come faster than five a second, the table is looked at once in
/// a second only. The last line of a mount point is the mount that is seen there.
/// </summary>
public sealed class MountTable : IFdObserver, IDeadlineObserver, IInotifyObserver
{
    private const int FileLimit = 64 << 20;
    private const uint Burst = 5;
    private const uint IN_CLOSE_WRITE = 8, IN_MOVED_TO = 0x80, IN_CREATE = 0x100;

    private static readonly ByteText s_info = "/proc/self/mountinfo"u8;
    private static readonly ByteText s_utabDirectory = "/run/mount"u8;
    private static readonly ByteText s_utab = "/run/mount/utab"u8;

    private sealed class Entry
    {
        public required int Id;
        public byte[] Line = [];
        public int Number;
        public int Seen;
        public Point? Point;
        public KernelMount? Mount;
    }

    private sealed class Point(ByteText where, UnitName name)
    {
        public ByteText Where { get; } = where;
        public UnitName Name { get; } = name;
        public List<Entry> Entries { get; } = new(1);
        public bool Touched;
    }

    private readonly Manager _manager;
    private readonly Deadline _pause;
    private readonly MountUtab _noted = new();
    private readonly Dictionary<int, Entry> _byId = [];
    private readonly Dictionary<ByteText, Point> _points = [];
    private readonly Dictionary<ByteText, int> _devices = [];
    private readonly List<Point> _touched = [];
    private OwnedFd? _fd;
    private FdSource? _source;
    private RateLimit _limit;
    private int _scan;
    private int _utabWatch = -1;

    private MountTable(Manager manager)
    {
        _manager = manager;
        _pause = new Deadline(manager.Monotonic, this);
    }

    public static MountTable Of(Manager manager) => manager.Part(static m => new MountTable(m));

    /// <summary>Mount points known, those of API file systems not counted.</summary>
    public int Count => _points.Count;

    internal void Enumerate()
    {
        Unit root = _manager.GetOrAdd(SpecialUnits.RootMount);
        if (_fd is null && _manager.Options.WatchesKernel) { Open(); }
        Scan();
        _manager.LoadQueued();
        if (root is MountUnit { State: MountState.Dead } mount) { mount.EnterRoot(); }
    }

    internal void Close()
    {
        _source?.Dispose();
        _source = null;
        _fd?.Dispose();
        _fd = null;
        _pause.Disarm();
        if (_utabWatch >= 0) { _manager.Inotify.Remove(_utabWatch); }
        _utabWatch = -1;
    }

    private void Open()
    {
        Result<OwnedFd> opened = Sys.Open(s_info, LibC.O_RDONLY | LibC.O_CLOEXEC);
        if (opened.Failed)
        {
            Log.Error($"The kernel's mount table cannot be watched: {opened.Error.ToString()}");
            return;
        }
        _fd = opened.Value;
        Watch();
        if (_manager.IsSystem) { _ = Sys.MkdirAll(s_utabDirectory, 0x1ED); }
        _utabWatch = _manager.Inotify.Add(s_utabDirectory, IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE, this);
    }

    private void Watch()
    {
        if (_fd is null) { return; }
        _source = new FdSource(_fd.Fd, EventPriority.Kernel, this);
        _manager.Loop.Add(_source, LibC.EPOLLPRI);
    }

    public void OnReady(FdSource source, uint ready)
    {
        if (_limit.Test(_manager.Loop.Now, Usec.FromSec(1), Burst))
        {
            Scan();
            return;
        }
        // Until the pause is over: asking the file has taken the notice, so that the table is read then in any case.
        _source?.Dispose();
        _source = null;
        _pause.ArmAt(_limit.Begin + Usec.FromSec(1));
    }

    public void OnElapsed(Deadline timer)
    {
        _limit = default;
        Watch();
        Scan();
    }

    public void OnInotify(int watch, uint mask, ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("utab"u8)) { Scan(); }
    }

    /// <summary>Reads the table now and tells the units of mount points that changed.</summary>
    public void Scan()
    {
        if (_fd is null) { return; }
        Result<byte[]> info = Sys.ReadFile(s_info, FileLimit);
        if (info.Failed)
        {
            Log.Error($"The kernel's mount table cannot be read: {info.Error.ToString()}");
            return;
        }
        Result<byte[]> utab = Sys.ReadFile(s_utab, FileLimit);
        Apply(info.Value, utab.Failed ? default : utab.Value);
    }

    /// <summary>The same from texts that were read.</summary>
    public void Apply(ReadOnlySpan<byte> mountInfo, ReadOnlySpan<byte> utab)
    {
        List<int>? renoted = _noted.Update(utab);
        _scan++;
        int number = 0, seen = 0;
        while (!mountInfo.IsEmpty)
        {
            int end = mountInfo.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? mountInfo : mountInfo[..end];
            mountInfo = end < 0 ? default : mountInfo[(end + 1)..];
            if (!Utf8Parser.TryParse(line, out int id, out _)) { continue; }
            number++;
            if (!_byId.TryGetValue(id, out Entry? entry)) { _byId[id] = entry = new Entry { Id = id }; }
            if (entry.Seen == _scan) { continue; }
            seen++;
            entry.Seen = _scan;
            entry.Number = number;
            if (!line.SequenceEqual(entry.Line)) { Read(entry, line); }
        }
        if (seen < _byId.Count) { DropUnseen(); }
        foreach (int id in renoted ?? [])
        {
            if (_byId.TryGetValue(id, out Entry? entry)) { Read(entry, entry.Line); }
        }
        TellUnits();
    }

    private void Read(Entry entry, ReadOnlySpan<byte> line)
    {
        if (!MountInfoLine.TryParse(line, out MountInfoLine mount)) { return; }
        Unlink(entry);
        if (!line.SequenceEqual(entry.Line)) { entry.Line = line.ToArray(); }
        ByteText where = MountInfoLine.Unescape(mount.MountPoint);
        // The trigger of an automount is not the mount.
        if (MountPoints.IsApi(where.Span) || mount.Type.SequenceEqual("autofs"u8)) { return; }
        if (!_points.TryGetValue(where, out Point? point))
        {
            UnitName name = UnitName.FromPath(where.Span, UnitKind.Mount);
            if (!name.IsValid) { return; }   // longer than a unit's name may be
            _points[where] = point = new Point(where, name);
        }
        entry.Mount = new KernelMount(MountInfoLine.Unescape(mount.Source), MountInfoLine.Unescape(mount.Type),
            MountOptions.Merge(MountInfoLine.Unescape(mount.Options).Span, MountInfoLine.Unescape(mount.SuperOptions).Span, _noted.OptionsOf(entry.Id)));
        entry.Point = point;
        point.Entries.Add(entry);
        Touch(point);
        CountDevice(entry.Mount.What, +1);
    }

    private void Unlink(Entry entry)
    {
        if (entry.Point is not { } point || entry.Mount is not { } mount) { return; }
        point.Entries.Remove(entry);
        entry.Point = null;
        entry.Mount = null;
        Touch(point);
        CountDevice(mount.What, -1);
    }

    private void DropUnseen()
    {
        foreach ((int id, Entry entry) in _byId)
        {
            if (entry.Seen == _scan) { continue; }
            Unlink(entry);
            _byId.Remove(id);   // allowed while a Dictionary is enumerated
        }
    }

    private void Touch(Point point)
    {
        if (point.Touched) { return; }
        point.Touched = true;
        _touched.Add(point);
    }

    private void CountDevice(ByteText what, int by)
    {
        if (!what.StartsWith("/dev/"u8)) { return; }
        _devices[what] = _devices.GetValueOrDefault(what) + by;
        _changedDevices.Add(what);
    }

    private readonly HashSet<ByteText> _changedDevices = [];

    private void TellUnits()
    {
        if (_touched.Count == 0) { return; }
        Point[] touched = _touched.ToArray();
        _touched.Clear();
        var told = new (MountUnit? Unit, bool Appeared)[touched.Length];
        for (int i = 0; i < touched.Length; i++)
        {
            Point point = touched[i];
            point.Touched = false;
            KernelMount? top = Top(point)?.Mount;
            if (top is null) { _points.Remove(point.Where); }
            Unit? unit = top is null ? _manager.Find(point.Name) : _manager.GetOrAdd(point.Name);
            if (unit is not MountUnit mount) { continue; }
            told[i] = (mount, mount.Kernel is null);
            mount.SetKernel(top);
        }
        _manager.LoadQueued();
        TellDevices();
        foreach ((MountUnit? unit, bool appeared) in told) { unit?.OnKernelChanged(appeared); }
    }

    private void TellDevices()
    {
        foreach (ByteText what in _changedDevices)
        {
            bool used = _devices.GetValueOrDefault(what) > 0;
            if (!used) { _devices.Remove(what); }
            DeviceTable.Of(_manager).FoundNode(what, DeviceFound.Mount, used);
        }
        _changedDevices.Clear();
    }

    private static Entry? Top(Point point)
    {
        Entry? top = null;
        foreach (Entry entry in point.Entries)
        {
            if (top is null || entry.Number > top.Number) { top = entry; }
        }
        return top;
    }
}
