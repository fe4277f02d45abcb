using SysMaster.Core;
using SysMaster.Savepoint;
using SysMaster.Units.Scope;

namespace SysMaster.DBus.Systemd1;

/// <summary>What the manager tells its observers, handed to <see cref="Systemd1.Announcer"/>.</summary>
public sealed partial class BusFront
{
    void IManagerObserver.OnUnitChanged(Unit unit)
    {
        if (unit is ScopeUnit { AskController: null } scope) { scope.AskController = asked => ScopeBus.AskController(this, asked); }
        Announcer.OnUnitChanged(unit);
        if (unit.HasName(SpecialUnits.DbusService) || unit.HasName(SpecialUnits.DbusSocket)) { _busIsDue = true; }
    }

    void IManagerObserver.OnBeforeStateChange(Unit unit) => Announcer.OnUnitChanged(unit);

    void IManagerObserver.OnUnitRemoved(Unit unit)
    {
        _markers.Remove(unit);
        Announcer.OnUnitRemoved(unit);
        Clients.OnUnitRemoved(unit);
        Files.Forget(unit);
        TransientUnits.Remove(unit);
    }

    void IManagerObserver.OnJobChanged(Job job) => Announcer.OnJobChanged(job);

    void IManagerObserver.OnJobRemoved(Job job, JobResult result)
    {
        Announcer.OnJobRemoved(job, result);
        Clients.Forget(job);
    }

    void IManagerObserver.OnReloading(bool active)
    {
        Files.Forget();
        Announcer.OnReloading(active);
    }

    void IManagerObserver.OnStartupFinished() => Announcer.OnStartupFinished();

    void IManagerObserver.OnUnitFilesChanged() => OnUnitFilesChanged();

    internal void OnUnitFilesChanged()
    {
        Files.Forget();
        Announcer.OnUnitFilesChanged();
    }

    void IManagerObserver.OnCommit(SavepointLog log)
    {
        Announcer.OnTurnEnd();
        Clients.Stage(log);
        Deferred.Stage(log);
        Kept?.Stage(log);
    }

    void IManagerObserver.OnTurnEnd()
    {
        if (_busIsDue) { ConsiderBus(); }
        Announcer.OnTurnEnd();
        _queue.FlushAll();
    }
}
