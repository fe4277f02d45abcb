using SysMaster.Linux;

namespace SysMaster.Events;

/// <summary>Told when a watched descriptor is ready.</summary>
public interface IFdObserver
{
    void OnReady(FdSource source, uint ready);
}

/// <summary>Any descriptor, owned by someone else, watched for <paramref name="observer"/>.</summary>
public sealed class FdSource(Fd fd, EventPriority priority, IFdObserver observer) : EventSource(fd, priority)
{
    /// <summary>Whatever the observer needs to tell its sources apart.</summary>
    public int Tag { get; init; }

    protected internal override void Dispatch(uint ready) => observer.OnReady(this, ready);
}
