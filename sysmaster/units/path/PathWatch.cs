using System.Text;
using SysMaster.Core;
using SysMaster.Core.Conditions;
using SysMaster.Linux;

namespace SysMaster.Units.Path;

/// <summary>
/// One path and all that lies above it under watch: what does not exist yet is waited for in the nearest directory that does. A directory
/// whose next component exists is only watched for being moved away; the component's own watch tells of its end.
/// </summary>
internal sealed class PathWatch(Manager manager, PathSpec spec, Action<PathWatch, bool> changed) : IInotifyObserver
{
    private const uint IN_MODIFY = 2, IN_ATTRIB = 4, IN_CLOSE_WRITE = 8, IN_MOVED_FROM = 0x40, IN_MOVED_TO = 0x80, IN_CREATE = 0x100, IN_DELETE = 0x200;
    private const uint IN_DELETE_SELF = 0x400, IN_MOVE_SELF = 0x800;
    private const uint Gone = IN_DELETE_SELF | IN_MOVE_SELF;

    private readonly List<int> _handles = [];
    private int _own = -1;

    public PathSpec Spec { get; } = spec;

    /// <summary>Was it there when last looked at? What PathChanged= compares with.</summary>
    public bool Existed { get; set; }

    public bool IsWatching => _handles.Count > 0;

    /// <returns>False if not even the root could be watched.</returns>
    public bool Start()
    {
        Stop();
        ReadOnlySpan<byte> path = Spec.Path.Span;
        for (int end = 1; ; end++)
        {
            // The root, then up to each slash, then the whole.
            if (end > 1)
            {
                int slash = end > path.Length ? -1 : path[end..].IndexOf((byte)'/');
                end = slash < 0 ? path.Length : end + slash;
            }
            bool isLast = end >= path.Length;
            ByteText prefix = path[..Math.Min(end, path.Length)];
            bool nextExists = !isLast && Sys.Exists(path[..NextEnd(path, end)]);
            uint mask = isLast ? OwnMask : nextExists ? Gone : Gone | IN_ATTRIB | IN_CREATE | IN_MOVED_TO;
            int handle = manager.Inotify.Add(prefix, mask, this);
            if (handle < 0) { return _handles.Count > 0; }
            _handles.Add(handle);
            if (isLast)
            {
                _own = handle;
                return true;
            }
        }
    }

    public void Stop()
    {
        foreach (int handle in _handles) { manager.Inotify.Remove(handle); }
        _handles.Clear();
        _own = -1;
    }

    public void OnInotify(int watch, uint mask, ReadOnlySpan<byte> name) =>
        changed(this, watch == _own && Spec.Type is PathType.PathChanged or PathType.PathModified);

    /// <summary>Does it hold now?</summary>
    /// <param name="initial">The unit is being started: what is there already is no change.</param>
    /// <param name="afterUnit">The triggered unit went down: what it did to the path meanwhile is its own affair.</param>
    public bool Holds(bool initial, bool afterUnit)
    {
        switch (Spec.Type)
        {
            case PathType.PathExists: return Sys.Exists(Spec.Path);
            case PathType.PathExistsGlob: return PathGlob.Any(Spec.Path);
            case PathType.DirectoryNotEmpty: return HasEntry(Spec.Path);
            default:
                bool exists = Sys.Exists(Spec.Path), before = Existed;
                Existed = exists;
                return !initial && !afterUnit && exists != before;
        }
    }

    private uint OwnMask => Spec.Type switch
    {
        PathType.DirectoryNotEmpty => Gone | IN_ATTRIB | IN_CREATE | IN_MOVED_TO,
        PathType.PathChanged => Gone | IN_ATTRIB | IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO,
        PathType.PathModified => Gone | IN_ATTRIB | IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_MODIFY,
        _ => Gone | IN_ATTRIB,
    };

    private static int NextEnd(ReadOnlySpan<byte> path, int end)
    {
        int from = end + (path[Math.Min(end, path.Length - 1)] == (byte)'/' ? 1 : 0);
        int slash = from >= path.Length ? -1 : path[from..].IndexOf((byte)'/');
        return slash < 0 ? path.Length : from + slash;
    }

    private static bool HasEntry(ByteText directory)
    {
        Result<DirectoryReader> open = Sys.OpenDirectory(directory);
        if (open.Failed) { return false; }
        using DirectoryReader reader = open.Value;
        foreach (DirectoryEntry entry in reader)
        {
            if (!HiddenNames.Is(entry.Name)) { return true; }
        }
        return false;
    }
}
