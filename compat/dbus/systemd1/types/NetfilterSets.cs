using SysMaster.DBus.Wire;
using SysMaster.Linux;

namespace SysMaster.DBus.Systemd1;

/// <summary>NFTSet= on the bus: "SOURCE:FAMILY:TABLE:SET" as (iiss), with the numbers that nf_tables has. systemd.resource-control(5).</summary>
internal static class NetfilterSets
{
    private static readonly string[] s_sources = ["address", "prefix", "ifindex", "cgroup", "user", "group"];

    /// <summary>NFPROTO_*, linux/netfilter.h.</summary>
    private static readonly (string Word, int Number)[] s_families = [("inet", 1), ("ip", 2), ("arp", 3), ("netdev", 5), ("bridge", 7), ("ip6", 10)];

    public static void Write(ByteText[] sets, MessageWriter w)
    {
        ArrayMark array = w.BeginArray(8);
        foreach (ByteText set in sets)
        {
            string[] parts = set.ToString().Split(':');
            if (parts.Length != 4) { continue; }
            int source = Array.IndexOf(s_sources, parts[0]), family = Array.FindIndex(s_families, f => f.Word == parts[1]);
            if (source < 0 || family < 0) { continue; }
            w.BeginStruct();
            w.WriteInt32(source);
            w.WriteInt32(s_families[family].Number);
            w.WriteString(parts[2]);
            w.WriteString(parts[3]);
        }
        w.EndArray(array);
    }
}
