using System.Buffers.Text;
using System.Globalization;
using SysMaster.Core;
using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.Units.Device;

namespace SysMaster.Units.Swap;

/// <summary>The kernel's list of swaps, followed, and which units are names of one device.</summary>
public sealed class SwapTable : IFdObserver
{
    private static readonly ByteText s_list = "/proc/swaps"u8;

    private readonly record struct Use(ByteText Kernel, int Priority);

    private readonly Manager _manager;
    private readonly Dictionary<ByteText, Use> _inUse = [];
    private readonly Dictionary<ByteText, List<SwapUnit>> _byNode = [];
    private byte[] _text = [];
    private OwnedFd? _fd;
    private FdSource? _source;
    private bool? _supported;

    private SwapTable(Manager manager) => _manager = manager;

    public static SwapTable Of(Manager manager) => manager.Part(static m => new SwapTable(m));

    /// <summary>The kernel swaps, and it is not a container's host that does.</summary>
    public bool IsSupported => _supported ??= Sys.Exists(s_list) && !_manager.Facts.Virtualization.IsContainer;

    internal void Enumerate()
    {
        if (!_manager.Options.WatchesKernel) { return; }
        if (_fd is null)
        {
            Result<OwnedFd> opened = Sys.Open(s_list, LibC.O_RDONLY | LibC.O_CLOEXEC);
            if (opened.Failed)
            {
                Log.Error($"The kernel's list of swaps cannot be watched: {opened.Error.ToString()}");
                return;
            }
            _fd = opened.Value;
            _source = new FdSource(_fd.Fd, EventPriority.Kernel, this);
            _manager.Loop.Add(_source, LibC.EPOLLPRI);
            DeviceTable.Of(_manager).Watcher = OnDevice;
        }
        Scan();
    }

    internal void Close()
    {
        _source?.Dispose();
        _source = null;
        _fd?.Dispose();
        _fd = null;
    }

    public void OnReady(FdSource source, uint ready) => Scan();

    /// <summary>Reads the list now and tells the units of what changed.</summary>
    public void Scan()
    {
        if (_fd is null) { return; }
        Result<byte[]> text = Sys.ReadFile(s_list);
        if (text.Failed)
        {
            Log.Error($"The kernel's list of swaps cannot be read: {text.Error.ToString()}");
            return;
        }
        Apply(text.Value);
    }

    /// <summary>The same from a text that was read.</summary>
    /// <param name="anew">Although it is the same text: devices have got other names.</param>
    public void Apply(ReadOnlySpan<byte> text, bool anew = false)
    {
        // Its numbers of used pages change all the time; what is told of is compared below.
        if (!anew && text.SequenceEqual(_text)) { return; }
        _text = text.ToArray();
        var now = new Dictionary<ByteText, Use>();
        while (!text.IsEmpty)
        {
            int end = text.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            if (line.IsEmpty || line[0] != (byte)'/') { continue; }   // the heading
            int blank = line.IndexOfAny((byte)' ', (byte)'\t');
            ByteText file = MountInfoLine.Unescape(blank < 0 ? line : line[..blank]);
            int last = line.LastIndexOfAny((byte)' ', (byte)'\t');
            _ = Utf8Parser.TryParse(line[(last + 1)..], out int priority, out int _);
            foreach (ByteText name in NamesOf(file)) { now.TryAdd(name, new Use(file, priority)); }
        }
        Tell(now);
    }

    /// <summary>Which unit the given one mirrors: the configured one, else the one that the kernel's name is for.</summary>
    internal Unit? Leader(SwapUnit unit)
    {
        if (unit.IsFromFragment || unit.Node.IsEmpty || !_byNode.TryGetValue(unit.Node, out List<SwapUnit>? units) || units.Count < 2) { return null; }
        foreach (SwapUnit other in units)
        {
            if (!ReferenceEquals(other, unit) && other.IsFromFragment) { return other; }
        }
        if (unit.IsInUse && unit.What == unit.Kernel) { return null; }
        foreach (SwapUnit other in units)
        {
            if (!ReferenceEquals(other, unit) && other.IsInUse && other.What == other.Kernel) { return other; }
        }
        return ReferenceEquals(units[0], unit) ? null : units[0];
    }

    internal bool IsOtherBusy(SwapUnit unit)
    {
        foreach (SwapUnit other in Others(unit))
        {
            if (other.Job is { State: JobState.Running }) { return true; }
        }
        return false;
    }

    /// <summary>A unit is done: a job of another name that waited for it may run.</summary>
    internal void RetryOthers(SwapUnit unit)
    {
        foreach (SwapUnit other in Others(unit))
        {
            if (other.Job is { } job) { _manager.RetryJob(job); }
        }
    }

    /// <summary>Finds out which device the unit's name leads to.</summary>
    internal void Place(SwapUnit unit)
    {
        ByteText node = NodeOf(unit.What);
        if (unit.Node == node) { return; }
        Forget(unit);
        unit.Node = node;
        if (node.IsEmpty) { return; }
        if (!_byNode.TryGetValue(node, out List<SwapUnit>? units)) { _byNode[node] = units = new List<SwapUnit>(2); }
        units.Add(unit);
    }

    internal void Forget(SwapUnit unit)
    {
        if (!unit.Node.IsEmpty && _byNode.TryGetValue(unit.Node, out List<SwapUnit>? units) && units.Remove(unit) && units.Count == 0)
        {
            _byNode.Remove(unit.Node);
        }
        unit.Node = default;
    }

    private SwapUnit[] Others(SwapUnit unit) =>
        unit.Node.IsEmpty || !_byNode.TryGetValue(unit.Node, out List<SwapUnit>? units) ? [] : units.FindAll(u => !ReferenceEquals(u, unit)).ToArray();

    private void OnDevice(UdevDevice device)
    {
        if (device.Number != 0 && _inUse.Count > 0) { Apply(_text.AsSpan().ToArray(), anew: true); }
    }

    private void Tell(Dictionary<ByteText, Use> now)
    {
        var told = new List<SwapUnit>();
        foreach ((ByteText name, Use use) in now)
        {
            if (_inUse.TryGetValue(name, out Use before) && before == use) { continue; }
            UnitName id = UnitName.FromPath(name.Span, UnitKind.Swap);
            if (!id.IsValid || _manager.GetOrAdd(id) is not SwapUnit unit) { continue; }
            unit.SetKernel(use.Kernel, use.Priority);
            told.Add(unit);
            DeviceTable.Of(_manager).FoundNode(name, DeviceFound.Swap, on: true);
        }
        foreach (ByteText name in _inUse.Keys)
        {
            if (now.ContainsKey(name)) { continue; }
            DeviceTable.Of(_manager).FoundNode(name, DeviceFound.Swap, on: false);
            if (_manager.Find(UnitName.FromPath(name.Span, UnitKind.Swap)) is not SwapUnit unit) { continue; }
            unit.SetKernel(default, -1);
            told.Add(unit);
        }
        _inUse.Clear();
        foreach ((ByteText name, Use use) in now) { _inUse[name] = use; }
        _manager.LoadQueued();
        foreach (SwapUnit unit in told)
        {
            Place(unit);
            unit.OnKernelChanged();
        }
    }

    /// <summary>The kernel's name and, for a device, its node and the links to it.</summary>
    private List<ByteText> NamesOf(ByteText file)
    {
        List<ByteText> names = [file];
        Result<FileStat> stat = Sys.Stat(file);
        if (stat.Failed || !stat.Value.IsBlockDevice) { return names; }
        if (DeviceTable.Of(_manager).ReadBlock(stat.Value.SpecialDevice) is not { } device) { return names; }
        if (!device.Node.IsEmpty && !names.Contains(device.Node)) { names.Add(device.Node); }
        foreach (ByteText link in device.Links)
        {
            if (!names.Contains(link) && DeviceTable.Of(_manager).IsOurs(device, link)) { names.Add(link); }
        }
        return names;
    }

    private static ByteText NodeOf(ByteText what)
    {
        Result<FileStat> stat = Sys.Stat(what);
        if (stat.Failed) { return default; }
        ulong number = stat.Value.SpecialDevice;
        return stat.Value.IsBlockDevice ? new ByteText(string.Create(CultureInfo.InvariantCulture, $"{number >> 32}:{(uint)number}")) : what;
    }
}
