using SysMaster.Core;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.DBus.Systemd1;

/// <summary>
/// Signals. Direct connections get all of them; the message bus only while somebody is subscribed there, but for the end of a job that a
/// client of the bus asked for and the changes of a unit that one of them holds (AddRef=: systemd-run --wait). The first news of a unit is UnitNew alone; later ones are PropertiesChanged, the type's interface before
/// Unit. What changed within a turn is said once, except where a state would be skipped.
/// </summary>
internal sealed class Announcer(BusFront front)
{
    private readonly MessageWriter _writer = new();
    private readonly BusBindings _bindings = new();
    private int _failedUnits;

    private bool HasListeners => front.Direct.Count > 0 || (front.Bus is not null && front.Clients.HasSubscribers);

    public void OnUnitChanged(Unit unit)
    {
        // Said already in this turn, and nothing has come since.
        if ((unit.Flags & UnitFlags.InChangedQueue) != 0) { Send(unit); }
    }

    /// <summary>Before a client learns of the unit and its job, both are announced: it may look for them at once.</summary>
    public void Announce(Unit unit, Job? job)
    {
        if ((unit.Flags & (UnitFlags.Announced | UnitFlags.InChangedQueue)) != UnitFlags.Announced) { Send(unit); }
        if (job is { Announced: false }) { OnJobChanged(job); }
    }

    public void OnUnitRemoved(Unit unit)
    {
        if ((unit.Flags & UnitFlags.Announced) == 0) { Send(unit); }
        Begin("UnitRemoved", "so");
        _writer.WriteString(unit.Id.Text);
        Paths.Write(_writer, unit);
        Broadcast();
    }

    public void OnJobChanged(Job job)
    {
        if (!job.Announced)
        {
            job.Announced = true;
            job.ToldState = job.State;
            if (!HasListeners) { return; }
            Begin("JobNew", "uos");
            _writer.WriteUInt32(job.Id);
            _writer.WriteObjectPath(Paths.Of(job));
            _writer.WriteString(job.Unit.Id.Text);
            Broadcast();
            return;
        }
        if (job.ToldState == job.State) { return; }
        job.ToldState = job.State;
        if (!HasListeners) { return; }
        _bindings.Clear();
        _bindings.Add(JobInterface.Declaration, new JobObject(front, job));
        if (PropertiesChanged.Write(_writer, Paths.Of(job), Paths.JobInterface, _bindings)) { Broadcast(); }
        _bindings.Clear();
    }

    public void OnJobRemoved(Job job, JobResult result)
    {
        if (!job.Announced) { OnJobChanged(job); }
        OnUnitChanged(job.Unit);
        if (!HasListeners && !job.HasClients) { return; }
        Begin("JobRemoved", "uoss");
        _writer.WriteUInt32(job.Id);
        _writer.WriteObjectPath(Paths.Of(job));
        _writer.WriteString(job.Unit.Id.Text);
        _writer.WriteString(result.Text());
        Broadcast(alsoUnsubscribed: job.HasClients);
    }

    public void OnReloading(bool active)
    {
        Begin("Reloading", "b");
        _writer.WriteBoolean(active);
        Broadcast();
    }

    public void OnUnitFilesChanged()
    {
        Begin("UnitFilesChanged", "");
        Broadcast();
    }

    public void OnStartupFinished()
    {
        StartupClock clock = front.Manager.Startup;
        Usec userspace = clock[StartupClock.Userspace].Monotonic, finish = clock[StartupClock.Finish].Monotonic;
        Usec initrd = clock[StartupClock.InitRD].Monotonic;
        Begin("StartupFinished", "tttttt");
        _writer.WriteUInt64(0);   // firmware and loader: known to EFI stubs alone
        _writer.WriteUInt64(0);
        _writer.WriteUInt64((initrd == Usec.Zero ? userspace : initrd).Value);
        _writer.WriteUInt64(initrd == Usec.Zero ? 0 : (userspace - initrd).Value);
        _writer.WriteUInt64((finish - userspace).Value);
        _writer.WriteUInt64(finish.Value);
        Broadcast();
    }

    public void OnTurnEnd()
    {
        int failed = front.Manager.FailedUnits.Count;
        if (failed == _failedUnits) { return; }
        _failedUnits = failed;
        if (!HasListeners) { return; }
        _bindings.Clear();
        _bindings.Add(ManagerInterface.Declaration, front);
        if (PropertiesChanged.Write(_writer, Paths.Manager, Paths.ManagerInterface, _bindings, ["NFailedUnits"])) { Broadcast(); }
        _bindings.Clear();
    }

    /// <summary>Tells the one who made a scope that it is to end it.</summary>
    /// <returns>False when there is no way to it.</returns>
    public bool RequestStop(Unit scope, string controller)
    {
        if (front.Bus is not { } bus) { return false; }
        _writer.BeginSignal(Paths.Of(scope), Paths.InterfaceOf(UnitKind.Scope), "RequestStop", destination: controller);
        return bus.Send(_writer) != 0;
    }

    private void Send(Unit unit)
    {
        bool isNew = (unit.Flags & UnitFlags.Announced) == 0;
        unit.Flags = (unit.Flags | UnitFlags.Announced) & ~UnitFlags.InChangedQueue;
        bool isHeld = front.Clients.IsHeldOnBus(unit);
        if (!HasListeners && !isHeld) { return; }
        if (isNew)
        {
            Begin("UnitNew", "so");
            _writer.WriteString(unit.Id.Text);
            Paths.Write(_writer, unit);
            Broadcast(isHeld);
            return;
        }
        string path = Paths.Of(unit);
        _bindings.Clear();
        TypeInterfaces.Bind(new UnitObject(front, unit), _bindings);
        if (PropertiesChanged.Write(_writer, path, Paths.InterfaceOf(unit.Type.Kind), _bindings)) { Broadcast(isHeld); }
        if (PropertiesChanged.Write(_writer, path, Paths.UnitInterface, _bindings)) { Broadcast(isHeld); }
        _bindings.Clear();
    }

    private void Begin(string member, string signature) => _writer.BeginSignal(Paths.Manager, Paths.ManagerInterface, member, signature);

    private void Broadcast(bool alsoUnsubscribed = false)
    {
        IReadOnlyList<BusConnection> direct = front.Direct;
        for (int i = 0; i < direct.Count; i++) { _ = direct[i].Send(_writer); }
        if (front.Bus is { } bus && (alsoUnsubscribed || front.Clients.HasSubscribers)) { _ = bus.Send(_writer); }
    }
}
