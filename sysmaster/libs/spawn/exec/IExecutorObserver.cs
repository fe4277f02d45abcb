using SysMaster.Linux;

namespace SysMaster.Spawn.Exec;

/// <summary>Told by <see cref="ExecutorLink.OnReadable"/>. Each ticket sees OnStarted at most once, then exactly one of OnExecuted and OnFailed.</summary>
public interface IExecutorObserver
{
    /// <summary>The process exists, in its cgroup, and waits. Record the PID, then <see cref="ExecutorLink.Go"/>.</summary>
    void OnStarted(uint ticket, int pid);

    /// <summary>execve succeeded.</summary>
    void OnExecuted(uint ticket);

    /// <summary>It will not run. With a PID known, its exit is still to be reaped.</summary>
    void OnFailed(uint ticket, ExecFailure failure);

    /// <summary>
    /// The executor is gone: init sends the link to a new one, of which what has no PID yet is to be asked again. Or it is of another build: then every
    /// ticket without a PID has failed before this.
    /// </summary>
    /// <param name="error">Why its socket cannot be read, though it may live; none when it has closed it.</param>
    void OnExecutorLost(Errno error);
}
