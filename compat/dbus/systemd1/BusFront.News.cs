using SysMaster.Core;
using SysMaster.DBus.Wire;
using SysMaster.Events;
using SysMaster.Linux;
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

    void IManagerObserver.OnBeforeStateChange(Unit unit)
    {
        // Of one that nobody has heard of, the first news is what it came to be: a mount that appeared.
        if (!IsBusy && (unit.Flags & UnitFlags.Announced) != 0) { Announcer.OnUnitChanged(unit); }
    }

    /// <summary>A client is behind by so much that each further change would only make its queue longer.</summary>
    public bool IsBusy
    {
        get
        {
            if (_bus is { } bus && bus.IsBehind(Backlog)) { return true; }
            foreach (BusConnection direct in _direct)
            {
                if (direct.IsBehind(Backlog)) { return true; }
            }
            return false;
        }
    }

    /// <summary>Wakes the loop when a client has had its time: what was kept back for its sake goes on.</summary>
    void IDeadlineObserver.OnElapsed(Deadline timer) { }

    void IManagerObserver.OnUnitRemoved(Unit unit)
    {
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

    /// <summary>Clients are told; what units say of their own files stays as it was until the next reload, as under systemd.</summary>
    internal void OnUnitFilesChanged() => Announcer.OnUnitFilesChanged();

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
        if (IsBusy) { _patience.ArmIn(Usec.FromMsec(Limits.PatienceMs)); }
    }
}
