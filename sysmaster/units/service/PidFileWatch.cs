using SysMaster.Core;
using SysMaster.Linux;

namespace SysMaster.Units.Service;

/// <summary>Waits for a PID file to be written: the nearest existing directory on its way is watched.</summary>
internal sealed class PidFileWatch(Manager manager, Action changed) : IInotifyObserver
{
    private readonly List<int> _watches = [];
    private ByteText _path;

    public bool IsWatching => _watches.Count > 0;

    public bool Start(ByteText path)
    {
        Stop();
        _path = path;
        return Watch();
    }

    public void Stop()
    {
        foreach (int watch in _watches) { manager.Inotify.Remove(watch); }
        _watches.Clear();
    }

    public void OnInotify(int watch, uint mask, ReadOnlySpan<byte> name)
    {
        // A directory on the way may have come: watch it instead.
        foreach (int old in _watches) { manager.Inotify.Remove(old); }
        _watches.Clear();
        _ = Watch();
        changed();
    }

    private bool Watch()
    {
        const uint IN_MODIFY = 2, IN_ATTRIB = 4, IN_CLOSE_WRITE = 8, IN_MOVED_TO = 0x80, IN_CREATE = 0x100;
        ReadOnlySpan<byte> directory = _path.Span;
        while (true)
        {
            int slash = directory.LastIndexOf((byte)'/');
            directory = slash <= 0 ? "/"u8 : directory[..slash];
            int watch = manager.Inotify.Add(directory, IN_CREATE | IN_MOVED_TO | IN_CLOSE_WRITE | IN_MODIFY | IN_ATTRIB, this);
            if (watch >= 0)
            {
                _watches.Add(watch);
                return true;
            }
            if (directory.Length <= 1) { return false; }
        }
    }
}
