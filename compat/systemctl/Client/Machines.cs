using System.Text;
using SysMaster.DBus.Wire;
using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>Containers with a manager of their own, as machined knows them.</summary>
internal static class Machines
{
    private const string Registry = "/run/systemd/machines";

    /// <summary>Names, as machined writes them down on this host, whichever manager is being asked; none where nobody counts them.</summary>
    public static List<string> Names()
    {
        var names = new List<string>();
        Result<DirectoryReader> opened = Sys.OpenDirectory(new ByteText(Registry));
        if (opened.Failed) { return names; }
        using DirectoryReader directory = opened.Value;
        while (directory.MoveNext())
        {
            string name = Encoding.UTF8.GetString(directory.Current.Name);
            // Beside each machine lies a link from its unit to it.
            if (name.StartsWith('.') || name.Contains(':', StringComparison.Ordinal)) { continue; }
            Result<byte[]> text = Sys.ReadFile(new ByteText($"{Registry}/{name}"));
            if (!text.Failed && Encoding.UTF8.GetString(text.Value).Split('\n').Contains("CLASS=container")) { names.Add(name); }
        }
        names.Sort(CaseFold.Compare);
        return names;
    }

    /// <summary>A way to each; those that cannot be reached are left out.</summary>
    public static IEnumerable<(string Machine, Caller Caller)> Callers()
    {
        foreach (string name in Names().Where(n => n != ".host"))
        {
            if (Open(name) is { } caller) { yield return (name, caller); }
        }
    }

    public static Caller? Open(string name)
        => Connector.Open(new Settings { Transport = Transport.Machine, Host = name }, needsBus: true) is { } bus ? new Caller(bus, interactive: false) : null;
}
