using SysMaster.Core;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Device;

/// <summary>
/// All devices that udev shows to the manager (tag "systemd"), by their place in /sys, and the units of their names. Fed by udev's
/// database once and by its messages from then on; mounts and swaps tell of nodes that the kernel uses.
/// </summary>
public sealed class DeviceTable
{
    private readonly Manager _manager;
    private readonly UdevMonitor _monitor;
    private readonly Dictionary<ByteText, List<DeviceUnit>> _byPlace = [];
    private UdevDatabase _database = new("/run"u8, "/sys"u8);
    private bool? _supported;
    private bool _checksLinks = true;

    private DeviceTable(Manager manager)
    {
        _manager = manager;
        _monitor = new UdevMonitor(this, manager);
    }

    public static DeviceTable Of(Manager manager) => manager.Part(static m => new DeviceTable(m));

    /// <summary>Where /sys is mounted writable: in a container without it nothing is ever plugged.</summary>
    public bool IsSupported
    {
        get
        {
            if (_supported is { } known) { return known; }
            Result<bool> readOnly = Sys.IsReadOnlyFileSystem(_database.Sys);
            _supported = readOnly is { Failed: false, Value: false };
            return _supported.Value;
        }
    }

    public ByteText SysRoot => _database.Sys;

    /// <summary>Told of each device that came, changed or went: swaps look for theirs.</summary>
    internal Action<UdevDevice>? Watcher { get; set; }

    /// <summary>Another database, for tests.</summary>
    /// <param name="checksLinks">Whether links in /dev must lead to the device to count.</param>
    public void Use(UdevDatabase database, bool checksLinks)
    {
        _database = database;
        _checksLinks = checksLinks;
        _supported = true;
    }

    internal void Enumerate()
    {
        if (!_manager.Options.WatchesKernel) { return; }
        if (!_monitor.IsOpen)
        {
            // Before the database is read: what comes meanwhile is not lost.
            Errno error = _monitor.Open();
            if (error.Failed) { Log.Error($"udev cannot be listened to: {error.ToString()}"); }
        }
        ReadDatabase();
    }

    public void ReadDatabase()
    {
        var seen = new HashSet<ByteText>();
        foreach (ByteText id in _database.Tagged())
        {
            if (_database.Read(id) is not { IsTagged: true } device) { continue; }
            seen.Add(device.SysPath);
            Plug(device);
        }
        List<ByteText>? gone = null;
        foreach (ByteText place in _byPlace.Keys)
        {
            if (!seen.Contains(place)) { (gone ??= []).Add(place); }
        }
        foreach (ByteText place in gone ?? []) { UpdateFound(place, DeviceFound.None, DeviceFound.Udev); }
    }

    internal void Close() => _monitor.Close();

    /// <summary>What udev knows of a block device; null if there is none of that number.</summary>
    /// <param name="number">(major &lt;&lt; 32) | minor.</param>
    internal UdevDevice? ReadBlock(ulong number) => _database.Read(new ByteText($"b{number >> 32}:{(uint)number}"));

    /// <summary>A message of udev's.</summary>
    public void OnEvent(UdevDevice device)
    {
        if (!device.IsTagged && !_byPlace.ContainsKey(device.SysPath)) { return; }
        Watcher?.Invoke(device);
        if (device.Action.Span.SequenceEqual("move"u8) && OldPlace(device) is { IsEmpty: false } old)
        {
            UpdateFound(old, DeviceFound.None, DeviceFound.All);
        }
        if (device.IsRemoval) { UpdateFound(device.SysPath, DeviceFound.None, DeviceFound.All); }
        else { Plug(device); }
    }

    /// <summary>A node that a mount or a swap uses, or uses no longer.</summary>
    public void FoundNode(ByteText node, DeviceFound who, bool on)
    {
        if (!IsSupported || !node.StartsWith("/dev/"u8)) { return; }
        UnitName name = UnitName.FromPath(node.Span, UnitKind.Device);
        if (!name.IsValid) { return; }
        Unit? unit = _manager.Find(name);
        if (unit is null && on && IsNode(node)) { unit = _manager.GetOrAdd(name); }
        if (unit is not DeviceUnit device || (on && device.Found == DeviceFound.None && !IsNode(node))) { return; }
        _manager.LoadQueued();
        device.SetFound(on ? device.Found | who : device.Found & ~who);
    }

    /// <summary>Do mounts of this device go when it goes, by SYSTEMD_MOUNT_DEVICE_BOUND=?</summary>
    public bool WantsMountsBound(UnitName device) => _manager.Find(device) is DeviceUnit { BindsMounts: true };

    internal Unit? Leader(DeviceUnit unit)
    {
        if (unit.IsLeader || unit.SysPath.IsEmpty || !_byPlace.TryGetValue(unit.SysPath, out List<DeviceUnit>? units)) { return null; }
        DeviceUnit? first = null;
        foreach (DeviceUnit other in units)
        {
            if (ReferenceEquals(other, unit)) { continue; }
            if (other.IsLeader) { return other; }
            first ??= other;
        }
        // Without a leader the first of them is it, and follows nobody.
        return ReferenceEquals(units[0], unit) ? null : first;
    }

    internal void Unlink(DeviceUnit unit)
    {
        if (unit.SysPath.IsEmpty) { return; }
        if (_byPlace.TryGetValue(unit.SysPath, out List<DeviceUnit>? units) && units.Remove(unit) && units.Count == 0) { _byPlace.Remove(unit.SysPath); }
        unit.SysPath = default;
        unit.MarkMoved();
    }

    private void Plug(UdevDevice device)
    {
        if (!device.IsReady)
        {
            UpdateFound(device.SysPath, DeviceFound.None, DeviceFound.Udev);
            return;
        }
        var names = new List<DeviceUnit>(4);
        if (Name(device, device.SysPath) is not { } leader) { return; }
        names.Add(leader);
        DeviceWants.Update(leader, device);
        if (!device.Node.IsEmpty) { Add(names, Name(device, device.Node)); }
        foreach (ByteText link in device.Links)
        {
            if (IsOurs(device, link)) { Add(names, Name(device, link)); }
        }
        foreach (ByteText alias in DeviceWants.Words(device.Get("SYSTEMD_ALIAS")))
        {
            if (alias.StartsWith("/"u8)) { Add(names, Name(device, alias)); }
            else { Log.Warning($"{device.SysPath.ToString()}: SYSTEMD_ALIAS is not an absolute path, ignoring: {alias.ToString()}"); }
        }
        _manager.LoadQueued();
        foreach (DeviceUnit former in _byPlace[device.SysPath].ToArray())
        {
            if (!names.Contains(former)) { former.SetFound(former.Found & ~DeviceFound.Udev); }
        }
        foreach (DeviceUnit unit in names) { unit.SetFound(unit.Found | DeviceFound.Udev); }
        DeviceWants.StartNew(leader);
    }

    private static void Add(List<DeviceUnit> names, DeviceUnit? unit)
    {
        if (unit is not null && !names.Contains(unit)) { names.Add(unit); }
    }

    private DeviceUnit? Name(UdevDevice device, ByteText path)
    {
        UnitName name = UnitName.FromPath(path.Span, UnitKind.Device);
        if (!name.IsValid || _manager.GetOrAdd(name) is not DeviceUnit unit) { return null; }   // a path may be too long for a name
        if (unit.SysPath != device.SysPath)
        {
            Unlink(unit);
            unit.SysPath = device.SysPath;
            if (!_byPlace.TryGetValue(device.SysPath, out List<DeviceUnit>? units)) { _byPlace[device.SysPath] = units = new List<DeviceUnit>(4); }
            units.Add(unit);
            unit.MarkMoved();
        }
        unit.Describe(device.Model ?? path.ToString());
        unit.SetBindsMounts(device.BindsMounts);
        return unit;
    }

    /// <summary>Two devices may claim one link (the same label): it is the one's whose node it leads to.</summary>
    internal bool IsOurs(UdevDevice device, ByteText link)
    {
        if (link.StartsWith("/dev/block/"u8) || link.StartsWith("/dev/char/"u8)) { return false; }
        if (!_checksLinks) { return true; }
        Result<FileStat> stat = Sys.Stat(link);
        return stat.Failed || device.Number == 0 || stat.Value.SpecialDevice == device.Number;
    }

    private void UpdateFound(ByteText place, DeviceFound found, DeviceFound mask)
    {
        if (!_byPlace.TryGetValue(place, out List<DeviceUnit>? units)) { return; }
        foreach (DeviceUnit unit in units.ToArray()) { unit.SetFound((unit.Found & ~mask) | (found & mask)); }
    }

    private ByteText OldPlace(UdevDevice device)
    {
        ByteText old = device.Get("DEVPATH_OLD");
        return old.IsEmpty ? default : new ByteText($"{SysRoot.ToString()}{old.ToString()}");
    }

    private static bool IsNode(ByteText path)
    {
        Result<FileStat> stat = Sys.Stat(path);
        return stat is { Failed: false, Value: { IsBlockDevice: true } or { IsCharDevice: true } };
    }
}
