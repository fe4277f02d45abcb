namespace SysMaster.Core.Status;

/// <summary>The manager's jobs that run now.</summary>
public interface IRunningJobs
{
    int Count { get; }

    /// <param name="index">0 to Count - 1, in an order that stays while no job comes or goes.</param>
    RunningJob At(int index);
}
