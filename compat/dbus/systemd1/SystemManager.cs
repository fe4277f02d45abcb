using SysMaster.Core;
using SysMaster.Core.Logging;
using SysMaster.DBus.Wire;
using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.DBus.Systemd1;

/// <summary>
/// The system's manager, as a user's asks it to move processes: out of a login session's group, whose top is not the user's, into a scope of
/// the user's (systemd-run --user --scope). It checks that process, unit and caller are one user's. The connection to the system bus is made when
/// it is needed, by init, whose group tells the other side which unit is meant; it stays for the next time.
/// </summary>
internal sealed class SystemManager(Manager manager) : IBusConnectionOwner, IDeadlineObserver
{
    private const string Socket = "/run/dbus/system_bus_socket";
    private static readonly Usec s_patience = Usec.FromSec(25);

    private readonly MessageWriter _writer = new();
    private readonly Queue<(Unit Unit, int[] Pids)> _due = new();
    private readonly Dictionary<long, (Unit Unit, int Count)> _asked = [];
    private Deadline? _deadline;
    private BusConnection? _bus;
    private long _last;

    /// <summary>The answer is <see cref="Unit.OnAttached"/>, also when there is nobody to ask.</summary>
    public void Attach(Unit unit, IReadOnlyList<int> pids)
    {
        _due.Enqueue((unit, [.. pids]));
        if (_bus is null) { Connect(); }
        if (_bus is null) { FailAll(); }
        else if (_bus.IsRunning) { Ask(); }
    }

    void IBusConnectionOwner.OnReady(BusConnection connection) => Ask();

    void IBusConnectionOwner.OnMessage(BusConnection connection, Message message) { }

    void IBusConnectionOwner.OnReply(BusConnection connection, ReplyTag tag, Message reply)
    {
        if (!_asked.Remove(tag.Data, out (Unit Unit, int Count) asked)) { return; }
        bool failed = reply.Type == MessageType.Error;
        if (failed) { Log.Info(asked.Unit, $"The system's manager did not move the processes: {System.Text.Encoding.UTF8.GetString(reply.ErrorName)}"); }
        if (_asked.Count == 0) { _deadline?.Disarm(); }
        asked.Unit.OnAttached(failed ? 0 : asked.Count);
    }

    void IBusConnectionOwner.OnInterestChanged(BusConnection connection) => (connection.Tag as ConnectionSource)?.Update();

    void IBusConnectionOwner.OnClosed(BusConnection connection, CloseReason reason, string detail)
    {
        (connection.Tag as ConnectionSource)?.Remove();
        _bus = null;
        FailAll();
    }

    void IDeadlineObserver.OnElapsed(Deadline timer)
    {
        Log.Warning($"The system's manager does not answer.");
        _bus?.Close();
    }

    private void Connect()
    {
        if (manager.Init?.Connect(new ByteText(Socket)) is not { Failed: false } made) { return; }
        _bus = BusConnection.Connect(made.Value, BusRole.Bus, this);
        if (!new ConnectionSource(manager.Loop, _bus).Add().Failed) { return; }
        _bus.Dispose();
        _bus = null;
    }

    /// <summary>AttachProcessesToUnit(s unit, s subcgroup, au pids); the empty name is the caller's own unit: user@.service.</summary>
    private void Ask()
    {
        while (_bus is { IsRunning: true } bus && _due.TryDequeue(out (Unit Unit, int[] Pids) due))
        {
            string below = manager.Cgroups.PlaceOf(due.Unit)[manager.Cgroups.Root.Length..];
            _writer.BeginCall(Paths.Name, Paths.Manager, Paths.ManagerInterface, "AttachProcessesToUnit", "ssau");
            _writer.WriteString("");
            _writer.WriteString(below);
            ArrayMark pids = _writer.BeginArray(4);
            foreach (int pid in due.Pids) { _writer.WriteUInt32((uint)pid); }
            _writer.EndArray(pids);
            _asked[++_last] = (due.Unit, due.Pids.Length);
            _ = bus.Call(_writer, new ReplyTag(BusTags.Attach, _last));
            (_deadline ??= new Deadline(manager.Monotonic, this)).ArmIn(s_patience);
        }
    }

    private void FailAll()
    {
        _deadline?.Disarm();
        while (_due.TryDequeue(out (Unit Unit, int[] Pids) due)) { due.Unit.OnAttached(0); }
        var asked = new List<(Unit Unit, int Count)>(_asked.Values);
        _asked.Clear();
        foreach ((Unit unit, _) in asked) { unit.OnAttached(0); }
    }
}
