using System.Text;
using SysMaster.DBus.Wire;

namespace SysMaster.Systemctl;

/// <summary>Containers with a manager of their own, as machined knows them.</summary>
internal static class Machines
{
    /// <summary>Names; none where nobody counts them.</summary>
    public static List<string> Names(Session session)
    {
        var names = new List<string>();
        if (session.MessageBus(quiet: true) is not { } caller) { return names; }
        BusReply reply = caller.Method("org.freedesktop.machine1", "/org/freedesktop/machine1", "org.freedesktop.machine1.Manager",
            "ListMachines").Expect("a(ssso)");
        if (reply.Failed)
        {
            Log.Debug($"Failed to get machine list: {reply.Error}");
            return names;
        }
        MessageReader reader = reply.Reader;
        ArrayToken array = reader.BeginArray(8);
        while (reader.HasNext(array))
        {
            reader.BeginStruct();
            string name = reader.ReadText(), kind = reader.ReadText();
            _ = reader.ReadText();
            _ = reader.ReadObjectPath();
            if (kind == "container") { names.Add(name); }
        }
        reader.EndArray(array);
        names.Sort(CaseFold.Compare);
        return names;
    }

    /// <summary>A way to each; those that cannot be reached are left out.</summary>
    public static IEnumerable<(string Machine, Caller Caller)> Callers(Session session)
    {
        foreach (string name in Names(session).Where(n => n != ".host"))
        {
            if (Open(name) is { } caller) { yield return (name, caller); }
        }
    }

    public static Caller? Open(string name)
        => Connector.Open(new Settings { Transport = Transport.Machine, Host = name }, needsBus: true) is { } bus ? new Caller(bus, interactive: false) : null;
}
