using System.Globalization;
using SysMaster.Core;
using SysMaster.DBus.Wire;

namespace SysMaster.DBus.Systemd1;

/// <summary>
/// What clients hold: subscriptions, references on units, jobs they wait for. All of it ends with them, not with the manager: `.Saved.cs`.
/// </summary>
internal sealed partial class Clients(BusFront front)
{
    private readonly HashSet<string> _subscribers = new(StringComparer.Ordinal);
    private readonly Dictionary<Unit, Dictionary<Client, int>> _refs = [];
    private readonly Dictionary<Job, HashSet<Client>> _jobs = [];
    private readonly Dictionary<string, int> _watched = new(StringComparer.Ordinal);

    public bool HasSubscribers => _subscribers.Count > 0;

    /// <summary>Who had subscribed is lost, and does not know that it should again (systemd-logind): signals go out as if somebody had.</summary>
    public void SupposeSubscriber()
    {
        const string nobody = ":lost";
        _subscribersChanged |= _subscribers.Add(nobody);
    }

    public void Subscribe(MethodCall call)
    {
        // A direct connection gets all signals in any case.
        if (call.Sender.Length == 0) { return; }
        if (!_subscribers.Add(call.Sender))
        {
            call.Error(BusErrorNames.AlreadySubscribed, "Client is already subscribed.");
            return;
        }
        _subscribersChanged = true;
        Watch(call.Sender);
    }

    public void Unsubscribe(MethodCall call)
    {
        if (call.Sender.Length == 0) { return; }
        if (!_subscribers.Remove(call.Sender))
        {
            call.Error(BusErrorNames.NotSubscribed, "Client is not subscribed.");
            return;
        }
        _subscribersChanged = true;
        Unwatch(call.Sender);
    }

    public void Ref(Unit unit, MethodCall call) => Ref(unit, Client.Of(call));

    public void Ref(Unit unit, Client client)
    {
        if (!_refs.TryGetValue(unit, out Dictionary<Client, int>? holders)) { _refs[unit] = holders = []; }
        holders[client] = holders.GetValueOrDefault(client) + 1;
        unit.HoldCount++;
        _changed.Add(unit);
        if (client.IsOnBus) { Watch(client.Sender); }
    }

    public void Unref(Unit unit, MethodCall call)
    {
        var client = Client.Of(call);
        if (!_refs.TryGetValue(unit, out Dictionary<Client, int>? holders) || !holders.TryGetValue(client, out int count))
        {
            call.Error(BusError.NotReferenced, "Unit has not been referenced yet.");
            return;
        }
        if (count == 1) { holders.Remove(client); }
        else { holders[client] = count - 1; }
        _changed.Add(unit);
        Release(unit, 1);
        if (client.IsOnBus) { Unwatch(client.Sender); }
    }

    public bool IsHeldOnBus(Unit unit)
    {
        if (!_refs.TryGetValue(unit, out Dictionary<Client, int>? holders)) { return false; }
        foreach (Client client in holders.Keys)
        {
            if (client.IsOnBus) { return true; }
        }
        return false;
    }

    public void WriteRefs(Unit unit, MessageWriter w)
    {
        ArrayMark array = w.BeginArray(4);
        if (_refs.TryGetValue(unit, out Dictionary<Client, int>? holders))
        {
            foreach ((Client client, int count) in holders)
            {
                for (int i = 0; i < count && client.IsOnBus; i++) { w.WriteString(client.Sender); }
            }
        }
        w.EndArray(array);
    }

    /// <summary>This client is owed the news of the job's end.</summary>
    public void Track(Job job, MethodCall call)
    {
        job.HasClients = true;
        if (!_jobs.TryGetValue(job, out HashSet<Client>? clients)) { _jobs[job] = clients = []; }
        clients.Add(Client.Of(call));
        _changed.Add(job.Unit);
    }

    public bool Owns(Job job, MethodCall call) => _jobs.TryGetValue(job, out HashSet<Client>? clients) && clients.Contains(Client.Of(call));

    public void Forget(Job job)
    {
        if (_jobs.Remove(job)) { _changed.Add(job.Unit); }
    }

    public void OnUnitRemoved(Unit unit)
    {
        _changed.Add(unit);
        if (!_refs.Remove(unit, out Dictionary<Client, int>? holders)) { return; }
        foreach ((Client client, int count) in holders)
        {
            for (int i = 0; i < count && client.IsOnBus; i++) { Unwatch(client.Sender); }
        }
    }

    public void OnNameVanished(string name)
    {
        _subscribersChanged |= _subscribers.Remove(name);
        _watched.Remove(name);
        front.RemoveMatch(BusFront.OwnerRule(name));
        Drop(client => client.Sender == name);
    }

    public void OnConnectionClosed(BusConnection connection)
    {
        if (connection == front.Bus || connection.Role == BusRole.Bus)
        {
            _subscribers.Clear();
            _subscribersChanged = true;
            _watched.Clear();
        }
        Drop(client => client.Connection == connection);
    }

    /// <summary>For logs and <c>sctl why</c>.</summary>
    public string Describe(MethodCall call)
    {
        int pid = front.PidOf(call);
        string who = pid > 0 ? string.Create(CultureInfo.InvariantCulture, $"uid {front.Authority.UidOf(call)} pid {pid}") : "client";
        return call.Sender.Length == 0 ? who : $"{who} ({call.Sender})";
    }

    private void Drop(Func<Client, bool> isGone)
    {
        foreach ((Unit unit, Dictionary<Client, int> holders) in _refs)
        {
            foreach ((Client client, int count) in new List<KeyValuePair<Client, int>>(holders))
            {
                if (!isGone(client)) { continue; }
                holders.Remove(client);
                _changed.Add(unit);
                Release(unit, count);
            }
        }
        foreach ((Job job, HashSet<Client> clients) in _jobs)
        {
            if (clients.RemoveWhere(client => isGone(client)) > 0) { _changed.Add(job.Unit); }
        }
    }

    private static void Release(Unit unit, int count)
    {
        unit.HoldCount -= count;
        if (unit.HoldCount == 0) { unit.MarkForCollection(); }
    }

    private void Watch(string name)
    {
        int count = _watched.GetValueOrDefault(name);
        if (count == 0) { front.AddMatch(BusFront.OwnerRule(name)); }
        _watched[name] = count + 1;
    }

    private void Unwatch(string name)
    {
        int count = _watched.GetValueOrDefault(name);
        if (count > 1) { _watched[name] = count - 1; }
        else if (_watched.Remove(name)) { front.RemoveMatch(BusFront.OwnerRule(name)); }
    }
}
