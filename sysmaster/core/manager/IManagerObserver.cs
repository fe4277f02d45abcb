namespace SysMaster.Core;

/// <summary>Who is told of what the manager does: the bus and, in tests, the test. Called on the loop's thread; must not change units.</summary>
public interface IManagerObserver
{
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

    /// <summary>All queues are empty: send what is due.</summary>
    void OnTurnEnd();
}
