using SysMaster.Savepoint;

namespace SysMaster.Core;

/// <summary>Who is told of what the manager does: the bus and, in tests, the test. Called on the loop's thread; must not change units.</summary>
public interface IManagerObserver
{
    /// <summary>It has more to send than is taken from it: changes are kept back, and merged, until that is over.</summary>
    bool IsBusy => false;

    /// <summary>At the end of a turn, once for each unit whose visible properties changed (also the first time it exists).</summary>
    void OnUnitChanged(Unit unit);

    void OnUnitRemoved(Unit unit);

    /// <summary>The changes so far of <paramref name="unit"/> are to be sent before its state changes again, so that no state is skipped.</summary>
    void OnBeforeStateChange(Unit unit);

    void OnJobChanged(Job job);

    void OnJobRemoved(Job job, JobResult result);

    void OnReloading(bool active);

    void OnStartupFinished();

    void OnUnitFilesChanged();

    /// <summary>A batch of records is about to be committed: what belongs to it is staged now. Called again for each batch of a turn.</summary>
    void OnCommit(SavepointLog log) { }

    /// <summary>All queues are empty and committed: send what is due.</summary>
    void OnTurnEnd();
}
