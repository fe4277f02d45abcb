using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.Units.Automount;

/// <summary>
/// One question to the kernel whether the mount is idle. The call does not return before the unmount that it causes is done, and that
/// is our own work: so it waits on a thread of its own, which touches nothing but the call and an eventfd that tells of its end.
/// </summary>
internal sealed class AutomountExpiry : IFdObserver, IDisposable
{
    private readonly OwnedFd _mount;
    private readonly OwnedFd _done;
    private readonly FdSource _source;
    private readonly Action _ended;

    private AutomountExpiry(OwnedFd mount, OwnedFd done, EventLoop loop, Action ended)
    {
        (_mount, _done, _ended) = (mount, done, ended);
        _source = new FdSource(done.Fd, EventPriority.Activation, this);
        loop.Add(_source, LibC.EPOLLIN);
    }

    /// <returns>Null if there are no descriptors left.</returns>
    public static AutomountExpiry? Start(OwnedFd mount, EventLoop loop, Action ended)
    {
        int fd = LibC.eventfd(0, LibC.O_CLOEXEC | LibC.O_NONBLOCK);
        if (fd < 0)
        {
            mount.Dispose();
            return null;
        }
        var expiry = new AutomountExpiry(mount, new OwnedFd(fd), loop, ended);
        new Thread(expiry.Wait, maxStackSize: 128 << 10) { IsBackground = true }.Start();
        return expiry;
    }

    public void OnReady(FdSource source, uint ready)
    {
        Dispose();
        _ended();
    }

    public void Dispose()
    {
        _source.Dispose();
        _mount.Dispose();
        _done.Dispose();
    }

    private void Wait()
    {
        // One mount lies behind a direct trigger; while it is taken away again and again, so is the question repeated.
        while (!Autofs.Expire(_mount.Fd).Failed) { }
        Span<byte> one = stackalloc byte[8];
        one[0] = 1;
        _ = Sys.Write(_done.Fd, one);
    }
}
