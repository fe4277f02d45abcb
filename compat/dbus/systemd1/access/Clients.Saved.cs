using System.Text;
using SysMaster.Core;
using SysMaster.DBus.Wire;
using SysMaster.Savepoint;
using SysMaster.UnitFiles;

namespace SysMaster.DBus.Systemd1;

/// <summary>What clients hold, in the savepoint: the subscribers in one record, the holders of a unit and the askers of its job in one for each unit.</summary>
internal sealed partial class Clients
{
    private static ReadOnlySpan<byte> SubscribersKey => "subscribers"u8;

    private readonly HashSet<Unit> _changed = [];
    private readonly HashSet<Unit> _recorded = [];
    private readonly List<(UnitName Unit, int Number, string Sender, int Count)> _saved = [];
    private bool _subscribersChanged;

    public void Stage(SavepointLog log)
    {
        if (front.Kept is null) { return; }
        if (_subscribersChanged)
        {
            using RecordWriter to = log.Stage(RecordKinds.Subscribers, SubscribersKey);
            foreach (string name in _subscribers) { to.Write(1, name); }
            foreach (string name in _watched.Keys) { to.Write(2, name); }
        }
        _subscribersChanged = false;
        foreach (Unit unit in _changed) { Stage(log, unit); }
        _changed.Clear();
    }

    private void Stage(SavepointLog log, Unit unit)
    {
        ReadOnlySpan<byte> key = Encoding.ASCII.GetBytes(unit.Id.Text);
        Dictionary<Client, int>? holders = _refs.GetValueOrDefault(unit);
        HashSet<Client>? askers = unit.Job is { } job ? _jobs.GetValueOrDefault(job) : null;
        if ((unit.Flags & UnitFlags.Removed) != 0 || holders is null or { Count: 0 } && askers is null or { Count: 0 })
        {
            if (_recorded.Remove(unit)) { log.StageRemoval(RecordKinds.Holders, key); }
            return;
        }
        _recorded.Add(unit);
        using RecordWriter to = log.Stage(RecordKinds.Holders, key);
        foreach ((Client client, int count) in holders ?? []) { Write(to, client, count); }
        foreach (Client client in askers ?? []) { Write(to, client, 0); }
    }

    /// <summary>Count 0: it waits for the job.</summary>
    private static void Write(RecordWriter to, Client client, int count)
    {
        if (client.Connection.Id <= 0) { return; }
        int group = to.BeginGroup(1);
        to.Write(1, (uint)(client.Connection.Id - 1));
        to.Write(2, client.Sender);
        to.Write(3, (uint)count);
        to.EndGroup(group);
    }

    public void OnRecord(ushort kind, ReadOnlySpan<byte> key, RecordReader fields)
    {
        if (kind == RecordKinds.Subscribers)
        {
            while (fields.Next(out SavedField f))
            {
                if (f.Tag == 1) { _subscribers.Add(f.String); }
                else if (f.Tag == 2) { _watched[f.String] = _subscribers.Contains(f.String) ? 1 : 0; }
            }
            return;
        }
        if (!UnitName.TryParse(key, out UnitName unit)) { return; }
        while (fields.Next(out SavedField f))
        {
            if (f.Tag != 1) { continue; }
            int number = -1, count = 0;
            string sender = "";
            RecordReader group = f.Group;
            while (group.Next(out SavedField g))
            {
                switch (g.Tag)
                {
                    case 1: number = (int)g.Number; break;
                    case 2: sender = g.String; break;
                    case 3: count = (int)g.Number; break;
                }
            }
            _saved.Add((unit, number, sender, count));
        }
    }

    /// <summary>Connections, units and jobs are back. Who went with its connection holds nothing any more.</summary>
    public void Restore()
    {
        if (front.Kept?.At(KeptConnections.Bus) is null)
        {
            _subscribersChanged = _subscribers.Count > 0;
            _subscribers.Clear();
            _watched.Clear();
        }
        foreach ((UnitName name, int number, string sender, int count) in _saved)
        {
            if (front.Manager.Find(name) is not { } unit) { continue; }
            _recorded.Add(unit);
            if (front.Kept?.At(number) is not { } connection)
            {
                _changed.Add(unit);
                unit.MarkForCollection();
                continue;
            }
            var client = new Client(connection, sender);
            if (count == 0)
            {
                if (unit.Job is not { } job) { continue; }
                if (!_jobs.TryGetValue(job, out HashSet<Client>? askers)) { _jobs[job] = askers = []; }
                askers.Add(client);
                continue;
            }
            if (!_refs.TryGetValue(unit, out Dictionary<Client, int>? holders)) { _refs[unit] = holders = []; }
            holders[client] = count;
            unit.HoldCount += count;
            if (client.IsOnBus) { _watched[sender] = _watched.GetValueOrDefault(sender) + count; }
        }
        _saved.Clear();
        foreach (string name in new List<string>(_watched.Keys))
        {
            if (_watched[name] > 0) { continue; }
            _watched.Remove(name);
            front.RemoveMatch(BusFront.OwnerRule(name));
        }
    }
}
