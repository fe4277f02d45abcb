using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.DBus.Systemd1;

/// <summary>
/// The message bus: connected whenever dbus.service runs, since it is we who start it. There the manager is org.freedesktop.systemd1,
/// activates services for the bus, and watches names: of BusName= services, and of clients that hold something.
/// </summary>
public sealed partial class BusFront
{
    private const string SystemBus = "/run/dbus/system_bus_socket";
    private const string Activator = "org.freedesktop.systemd1.Activator";

    private const int Backlog = 1 << 20;   // bytes

    private readonly MessageWriter _busWriter = new();
    private readonly List<string> _askedNames = [];
    private BusConnection? _bus;
    private bool _busIsDue = true;

    internal BusConnection? Bus => _bus is { IsRunning: true } ? _bus : null;

    /// <summary>dbus.service has changed its state: looked at once the turn is over.</summary>
    private void ConsiderBus()
    {
        _busIsDue = false;
        if (_bus is not null || _options.BusSocket?.Length == 0) { return; }
        if (!_options.BusIsForeign && !BusRuns()) { return; }
        string path = _options.BusSocket ?? (Manager.IsSystem ? SystemBus : $"{Manager.Options.RuntimeDirectory}/bus");
        Result<OwnedFd> connected = Manager.Init is { } init
            ? init.Connect(new ByteText(path))
            : Sys.ConnectUnix(new ByteText(path).Span, LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC);
        if (connected.Failed)
        {
            Log.Warning($"Failed to connect to the message bus at {path}: {connected.Error.ToString()}");
            return;
        }
        _bus = BusConnection.Connect(connected.Value, BusRole.Bus, this, _queue);
        Errno error = new ConnectionSource(Manager.Loop, _bus).Add();
        if (error.Failed)
        {
            _bus.Dispose();
            _bus = null;
        }
    }

    private bool BusRuns() => Manager.Find(SpecialUnits.DbusService) is { } service && service.ActiveState.IsActiveOrReloading()
        && (Manager.Find(SpecialUnits.DbusSocket) is not { } socket || socket.ActiveState.IsActiveOrReloading());

    private void OnBusReady()
    {
        if (_bus is not { } bus) { return; }
        Log.Debug($"Connected to the message bus as {bus.UniqueName}.");
        if (Kept is not null)
        {
            Manager.KeepFd(KeptConnections.NameOf(KeptConnections.Bus), bus.Fd);
            Kept.Add(KeptConnections.Bus, bus);
        }
        AddMatch($"type='signal',sender='{BusCalls.Name}',path='{BusCalls.Path}',interface='{Activator}',member='ActivationRequest'");
        BusCalls.RequestName(_busWriter, Paths.Name, BusCalls.ReplaceExisting | BusCalls.DoNotQueue);
        bus.Call(_busWriter, new ReplyTag(BusTags.RequestName));
        foreach (string name in Manager.BusNames.Keys) { WatchBusName(name); }
    }

    private void OnBusClosed(CloseReason reason, string detail)
    {
        _bus = null;
        _busIsDue = reason != CloseReason.PeerClosed;   // else it is the bus that ended, and its unit's next state says when it is back
        Log.Write(reason == CloseReason.System ? LogLevel.Warning : LogLevel.Info, default, $"The connection to the message bus is over ({reason.ToString()}{(detail.Length == 0 ? "" : ": ")}{detail}); it is made again {(_busIsDue ? "now" : "when dbus.service runs")}.");
        _askedNames.Clear();
        Authority.OnBusClosed();
    }

    internal void AddMatch(string rule)
    {
        if (_bus is null) { return; }
        BusCalls.AddMatch(_busWriter, rule);
        _bus.Call(_busWriter, new ReplyTag(BusTags.Match));
    }

    internal void RemoveMatch(string rule)
    {
        if (_bus is null) { return; }
        BusCalls.RemoveMatch(_busWriter, rule);
        _bus.Call(_busWriter, new ReplyTag(BusTags.Match));
    }

    internal static string OwnerRule(string name)
        => $"type='signal',sender='{BusCalls.Name}',path='{BusCalls.Path}',interface='{BusCalls.Name}',member='NameOwnerChanged',arg0='{name}'";

    private void WatchBusName(string name)
    {
        if (Bus is null) { return; }
        int index = _askedNames.IndexOf(name);
        if (index < 0)
        {
            AddMatch(OwnerRule(name));
            index = _askedNames.Count;
            _askedNames.Add(name);
        }
        BusCalls.GetNameOwner(_busWriter, name);
        _bus!.Call(_busWriter, new ReplyTag(BusTags.NameOwner, index));
    }

    private void OnBusReply(ReplyTag tag, Message reply)
    {
        bool failed = reply.Type == MessageType.Error;
        switch (tag.Kind)
        {
            case BusTags.RequestName:
                MessageReader name = reply.Reader;
                if (failed || !reply.BodySignature.SequenceEqual("u"u8) || name.ReadUInt32() is not (1 or 4))
                {
                    Log.Error($"The name {Paths.Name} could not be had on the message bus.");
                }
                break;
            case BusTags.NameOwner when tag.Data < _askedNames.Count:
                string owner = "";
                if (!failed && reply.BodySignature.SequenceEqual("s"u8))
                {
                    MessageReader reader = reply.Reader;
                    owner = reader.ReadText();
                }
                // Nobody has it: told as well, since it may have been lost while there was no connection.
                if (owner.Length > 0 || reply.ErrorName.SequenceEqual("org.freedesktop.DBus.Error.NameHasNoOwner"u8))
                {
                    Manager.OnBusNameChanged(_askedNames[(int)tag.Data], null, owner.Length == 0 ? null : owner);
                }
                break;
            case BusTags.Match when failed:
                Log.Warning($"The message bus refused a match.");
                break;
            case BusTags.Credentials or BusTags.Polkit:
                Authority.OnReply(tag, reply);
                break;
        }
    }

    private void OnBusSignal(Message message)
    {
        if (message.Interface.SequenceEqual("org.freedesktop.DBus"u8) && message.Member.SequenceEqual("NameOwnerChanged"u8)
            && message.BodySignature.SequenceEqual("sss"u8) && message.Sender.SequenceEqual("org.freedesktop.DBus"u8))
        {
            MessageReader reader = message.Reader;
            string name = reader.ReadText(), before = reader.ReadText(), now = reader.ReadText();
            if (name.StartsWith(':'))
            {
                if (now.Length == 0) { Clients.OnNameVanished(name); }
            }
            else { Manager.OnBusNameChanged(name, before.Length == 0 ? null : before, now.Length == 0 ? null : now); }
        }
        else if (message.Interface.SequenceEqual("org.freedesktop.systemd1.Activator"u8) && message.Member.SequenceEqual("ActivationRequest"u8)
            && message.BodySignature.SequenceEqual("s"u8) && message.Sender.SequenceEqual("org.freedesktop.DBus"u8))
        {
            MessageReader reader = message.Reader;
            Activate(reader.ReadText());
        }
    }

    private void Activate(string name)
    {
        BusError? error = ActivateUnit(name);
        if (error is null) { return; }
        Log.Debug($"D-Bus activation failed for {name}: {error.Message}");
        _busWriter.BeginSignal(Paths.Manager, Activator, "ActivationFailure", "sss", BusCalls.Name);
        _busWriter.WriteString(name);
        _busWriter.WriteString(error.Name);
        _busWriter.WriteString(error.Message);
        _bus?.Send(_busWriter);
    }

    private BusError? ActivateUnit(string name)
    {
        if (IsGoing(SpecialUnits.DbusService) || IsGoing(SpecialUnits.DbusSocket))
        {
            return new BusError(BusError.ShuttingDown, "Refusing activation, D-Bus is shutting down.");
        }
        if (UnitFinder.Load(this, name, out BusError? error) is not { } unit) { return error; }
        if (unit.Get(UnitDirectives.RefuseManualStart))
        {
            return new BusError(BusError.OnlyByDependency,
                $"Operation refused, {unit.Id} may be requested by dependency only (it is configured to refuse manual start/stop).");
        }
        string? actor = Manager.CurrentActor;
        Manager.CurrentActor = "bus activation";
        error = Manager.AddJob(JobType.Start, unit, JobMode.Replace, out _);
        Manager.CurrentActor = actor;
        return error;
    }

    private bool IsGoing(UnitName name) => Manager.Find(name) is { } unit
        && (unit.ActiveState.IsInactiveOrDeactivating() || unit.Job is { Type: JobType.Stop });
}
