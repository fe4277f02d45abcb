using System.Runtime.CompilerServices;
using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>Told of what happened to a watched file or directory.</summary>
public interface IInotifyObserver
{
    /// <param name="watch">What <see cref="InotifyHub.Add"/> returned.</param>
    /// <param name="mask">IN_* bits of inotify(7).</param>
    /// <param name="name">The entry of a watched directory; empty otherwise.</param>
    void OnInotify(int watch, uint mask, ReadOnlySpan<byte> name);
}

/// <summary>
/// One inotify descriptor for all who watch. The kernel gives one watch per inode and descriptor: several watchers of one inode get
/// handles of their own here, and the kernel's mask is the union.
/// init keeps the descriptor: what happens while no manager runs waits in it, and a machine that has run out of instances
/// (fs.inotify.max_user_instances) does not keep the next manager from watching.
/// </summary>
public sealed unsafe class InotifyHub : IFdObserver, IDisposable
{
    private const uint IN_MASK_ADD = 0x20000000;
    private const uint IN_IGNORED = 0x8000;

    private readonly record struct Watch(int KernelId, uint Mask, IInotifyObserver Observer);

    private readonly EventLoop _loop;
    private readonly Action<Fd> _opened;
    private readonly Dictionary<int, Watch> _watches = [];
    private readonly Dictionary<int, List<int>> _byKernelId = [];
    private readonly byte[] _buffer = new byte[4096];
    private FdSource? _source;
    private OwnedFd? _fd;
    private int _last;

    /// <param name="loop">Hears the events.</param>
    /// <param name="kept">The descriptor of the manager before. Watches of its that nobody asks for again say nothing.</param>
    /// <param name="opened">Told of a new descriptor.</param>
    public InotifyHub(EventLoop loop, OwnedFd? kept, Action<Fd> opened)
    {
        _loop = loop;
        _opened = opened;
        if (kept is not null) { Hear(kept); }
    }

    /// <returns>A handle for <see cref="Remove"/>; -1 if the path cannot be watched (errno says why).</returns>
    public int Add(ByteText path, uint mask, IInotifyObserver observer)
    {
        if (_fd is null)
        {
            int made = LibC.inotify_init1(LibC.O_CLOEXEC | LibC.O_NONBLOCK);
            if (made < 0) { return -1; }
            Hear(new OwnedFd(made));
            _opened(new Fd(made));
        }
        int kernelId;
        fixed (byte* p = path.CString) { kernelId = LibC.inotify_add_watch(_fd!.Value, p, mask | IN_MASK_ADD); }
        if (kernelId < 0) { return -1; }
        int handle = ++_last;
        _watches[handle] = new Watch(kernelId, mask, observer);
        if (!_byKernelId.TryGetValue(kernelId, out List<int>? handles)) { _byKernelId[kernelId] = handles = new List<int>(1); }
        handles.Add(handle);
        return handle;
    }

    public void Remove(int handle)
    {
        if (!_watches.Remove(handle, out Watch watch)) { return; }
        if (!_byKernelId.TryGetValue(watch.KernelId, out List<int>? handles)) { return; }
        handles.Remove(handle);
        if (handles.Count > 0) { return; }
        _byKernelId.Remove(watch.KernelId);
        _ = LibC.inotify_rm_watch(_fd!.Value, watch.KernelId);
    }

    /// <summary>Gives the descriptor back, and with it every watch: a user has no more than 128 of them (fs.inotify.max_user_instances).</summary>
    public void Dispose()
    {
        if (_source is { } source) { _loop.Remove(source); }
        _fd?.Dispose();
        _source = null;
        _fd = null;
    }

    private void Hear(OwnedFd fd)
    {
        _fd = fd;
        _source = new FdSource(fd.Fd, EventPriority.Activation, this);
        _loop.Add(_source, LibC.EPOLLIN);
    }

    public void OnReady(FdSource source, uint ready)
    {
        Result<int> n = Sys.Read(source.Fd, _buffer);
        if (n.Failed) { return; }
        ReadOnlySpan<byte> rest = _buffer.AsSpan(0, n.Value);
        while (rest.Length >= 16)
        {
            int kernelId = Unsafe.ReadUnaligned<int>(in rest[0]);
            uint mask = Unsafe.ReadUnaligned<uint>(in rest[4]);
            int length = (int)Unsafe.ReadUnaligned<uint>(in rest[12]);
            ReadOnlySpan<byte> name = rest.Slice(16, length).TrimEnd((byte)0);
            Tell(kernelId, mask, name);
            rest = rest[(16 + length)..];
        }
    }

    private void Tell(int kernelId, uint mask, ReadOnlySpan<byte> name)
    {
        if (!_byKernelId.TryGetValue(kernelId, out List<int>? handles)) { return; }
        foreach (int handle in handles.ToArray())
        {
            if (_watches.TryGetValue(handle, out Watch watch) && ((mask & watch.Mask) != 0 || (mask & IN_IGNORED) != 0))
            {
                watch.Observer.OnInotify(handle, mask, name);
            }
        }
        if ((mask & IN_IGNORED) == 0) { return; }
        foreach (int handle in handles) { _watches.Remove(handle); }
        _byKernelId.Remove(kernelId);
    }
}
