using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>What unit types need of the manager as a whole: a place for what a type keeps once, and hooks of loading.</summary>
public sealed partial class Manager
{
    private readonly Dictionary<Type, object> _parts = [];

    /// <summary>The one <typeparamref name="T"/> of this manager (the mount table, the device table), made at the first call.</summary>
    public T Part<T>(Func<Manager, T> make) where T : class
    {
        if (_parts.TryGetValue(typeof(T), out object? part)) { return (T)part; }
        T made = make(this);
        _parts[typeof(T)] = made;
        return made;
    }

    /// <summary>A mount unit was loaded: units that need a path below it come after it from now on.</summary>
    public void OnMountLoaded(Unit mount) => MountRequirements.OnMountLoaded(mount);

    /// <summary>A unit that was not found can be had after all (the kernel shows it): it is loaded anew.</summary>
    public void LoadAgain(Unit unit)
    {
        unit.LoadState = UnitLoadState.Stub;
        QueueLoad(unit);
    }

    /// <summary>A job that said <see cref="JobStep.Again"/> for a reason that has passed.</summary>
    public void RetryJob(Job job) => QueueRun(job);

    /// <summary>Loads what is queued: for types that must know a unit's edges before they change its state.</summary>
    public void LoadQueued() => DispatchLoadQueue();

    /// <summary>The kernel's state as the records will be compared with it: no job, no dependency follows from what is seen here.</summary>
    public void EnumerateForRecovery()
    {
        IsReplaying = true;
        EnumerateTypes();
        IsReplaying = false;
    }
}
