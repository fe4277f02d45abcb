using SysMaster.Linux;

namespace SysMaster.Events;

/// <summary>
/// One descriptor watched by the loop. A source borrows the descriptor it watches unless a subclass says that it owns it.
/// It must be removed from the loop before its descriptor is closed: <see cref="Dispose"/> does both in that order.
/// </summary>
public abstract class EventSource(Fd fd, EventPriority priority) : IDisposable
{
    internal int Slot = -1;
    internal uint Ready;

    public Fd Fd { get; private set; } = fd;

    public EventPriority Priority { get; } = priority;

    /// <summary>What is waited for, EPOLLIN and so on; zero while it is off.</summary>
    public uint Interest { get; internal set; }

    public EventLoop? Loop { get; internal set; }

    /// <summary>A bounded amount of work, then back to the loop. A wake-up is a hint, not a promise.</summary>
    /// <param name="ready">The EPOLL* bits that were seen.</param>
    protected internal abstract void Dispatch(uint ready);

    protected virtual void CloseFd() { }

    public void Dispose()
    {
        Loop?.Remove(this);
        CloseFd();
        Fd = Fd.None;
        GC.SuppressFinalize(this);
    }
}
