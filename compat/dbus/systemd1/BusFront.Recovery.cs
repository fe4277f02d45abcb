using System.Text;
using SysMaster.Core;
using SysMaster.Core.Logging;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.Savepoint;

namespace SysMaster.DBus.Systemd1;

/// <summary>After a manager comes the next: the bus layer's own records, and the clients that did not notice.</summary>
public sealed partial class BusFront
{
    private const int DeathsToRefuse = 2;

    /// <summary>Connections there are, the message bus among them.</summary>
    public int ClientCount => _direct.Count + (_bus is null ? 0 : 1);

    internal IReadOnlyList<string> AskedNames => _askedNames;

    bool IForeignRecords.OnRecord(ushort kind, ReadOnlySpan<byte> key, RecordReader fields)
    {
        switch (kind)
        {
            case RecordKinds.Connection: Kept?.OnRecord(key, fields); return true;
            case RecordKinds.Call: Deferred.OnRecord(key, fields); return true;
            case RecordKinds.Holders or RecordKinds.Subscribers: Clients.OnRecord(kind, key, fields); return true;
            default: return false;
        }
    }

    void IForeignRecords.OnRecordsRead(Dictionary<string, OwnedFd> kept)
    {
        Kept?.Restore(kept);
        Deferred.Restore(kept);
        Clients.Restore();
        TransientUnits.RemoveOrphans(Manager);
    }

    void IForeignRecords.OnRecordsLost(Dictionary<string, OwnedFd> kept)
    {
        Kept?.HangUp(kept);
        Clients.SupposeSubscriber();
    }

    void IForeignRecords.OnRecovered()
    {
        foreach (string name in Manager.BusNames.Keys) { WatchBusName(name); }
        Deferred.Dispatch();
    }

    /// <summary>A connection of the manager before us goes on with us.</summary>
    internal void TakeUp(BusConnection connection, List<string> askedNames)
    {
        Errno error = new ConnectionSource(Manager.Loop, connection).Add();
        if (error.Failed) { Log.Error($"A kept bus connection cannot be watched: {error.ToString()}"); }
        if (connection.Role != BusRole.Bus)
        {
            _direct.Add(connection);
            return;
        }
        _bus = connection;
        _askedNames.AddRange(askedNames);
    }

    /// <summary>A message at which two managers have died is not tried with a third.</summary>
    private bool IsRefused(BusConnection connection, Message message)
    {
        if (Kept is null || Manager.Ledger is not { } ledger) { return false; }
        ReadOnlySpan<byte> name = message.Sender.IsEmpty ? Encoding.ASCII.GetBytes(KeptConnections.NameOf((int)connection.Id - 1)) : message.Sender;
        ledger.Point(CrumbKind.Message, name, message.Serial);
        if (ledger.Deaths(CrumbKind.Message, name, message.Serial) < DeathsToRefuse) { return false; }
        Log.Critical($"A message at which the manager has died twice is refused: {message.ToString()}");
        if (message.ExpectsReply)
        {
            string? sender = message.Sender.IsEmpty ? null : Encoding.ASCII.GetString(message.Sender);
            _busWriter.WriteError(message.Serial, sender, BusErrors.Failed, "The manager has died at this message twice; it is refused.");
            connection.Send(_busWriter);
        }
        return true;
    }
}
