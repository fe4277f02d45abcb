using SysMaster.UnitConverter.Input;

namespace SysMaster.UnitConverter.Formats.Inetd;

/// <summary>inetd.conf, as openbsd-inetd and inetutils-inetd read it: a socket and a service for each line.</summary>
internal sealed class InetdFormat : SourceFormat
{
    private static readonly string[] s_types = ["stream", "dgram", "raw", "rdm", "seqpacket"];

    public override string Name => "inetd";

    public override string Title => "inetd.conf";

    public override bool Recognises(SourceText source, InputOptions options)
    {
        if (source.FileName == "inetd.conf" || source.Folder.EndsWith("/inetd.d", StringComparison.Ordinal)) { return true; }
        bool any = false;
        foreach (string line in source.Lines)
        {
            string[] words = Words(line);
            if (words.Length == 0) { continue; }
            if (words.Length < 6 || !s_types.Contains(words[1]) || !(words[3].StartsWith("wait", StringComparison.Ordinal) || words[3].StartsWith("nowait", StringComparison.Ordinal))) { return false; }
            any = true;
        }
        return any;
    }

    public override void Convert(SourceText source, InputOptions options, Conversion into)
    {
        bool any = false;
        for (int i = 0; i < source.Lines.Length; i++)
        {
            string[] words = Words(source.Lines[i]);
            if (words.Length == 0) { continue; }
            if (words.Length < 6) { into.Error(i + 1, source.Lines[i].Trim(), "is no inetd line, left out: there are less than six fields"); }
            else { any |= Take(i + 1, words, source, options, into); }
        }
        if (any) { into.Advice(0, "the old entries", "take them out of inetd.conf before the sockets are started: both cannot have one port"); }
    }

    private static string[] Words(string line) => line.TrimStart() is ['#', ..] ? [] : line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    private static bool Take(int line, string[] words, SourceText source, InputOptions options, Conversion into)
    {
        string where = words[0], address = "*";
        int colon = where.StartsWith('/') ? -1 : where.LastIndexOf(':');
        if (colon > 0) { (address, where) = (where[..colon], where[(colon + 1)..]); }
        if (words[2].StartsWith("rpc/", StringComparison.Ordinal) || where.StartsWith("tcpmux", StringComparison.Ordinal))
        {
            into.Dropped(line, string.Join(' ', words), words[2].StartsWith("rpc/", StringComparison.Ordinal) ? "no unit registers with the port mapper" : "tcpmux is a service of inetd's own");
            return false;
        }
        if (words[5] == "internal")
        {
            into.Dropped(line, string.Join(' ', words), "the service is inetd itself, no program: nothing is left to start");
            return false;
        }
        string protocol = words[2].TrimEnd('4', '6');
        var service = new NetService
        {
            Name = where.StartsWith('/') ? where.TrimStart('/') : protocol == "udp" && into.Units.Any(u => u.Name == where + ".socket") ? where + "-udp" : where,
            Line = line,
            SocketType = words[1],
            Protocol = protocol,
            Port = where,
            Address = address,
            // "tcp" alone is IPv4 to inetd; "tcp46" is both.
            Family = words[2].EndsWith("46", StringComparison.Ordinal) || protocol == "unix" ? 0 : words[2].EndsWith('6') ? 6 : 4,
            Server = words[5],
        };
        service.Arguments.AddRange(words.Skip(6));
        string[] mode = words[3].Split('.', ':');
        service.Wait = mode[0] == "wait";
        if (mode.Length > 1 && int.TryParse(mode[1], out int perMinute) && perMinute > 0)
        {
            service.Extra.Add((true, "Socket", "TriggerLimitIntervalSec", "60s", line));
            service.Extra.Add((true, "Socket", "TriggerLimitBurst", mode[1], line));
            into.Changed(line, words[3], "TriggerLimitBurst=: past it the socket stops until it is started again, where inetd waits ten minutes");
        }
        string[] user = words[4].Split('/')[0].Split([':', '.'], 2);
        service.User = user[0];
        service.Group = user.Length == 2 ? user[1] : null;
        if (words[4].Contains('/', StringComparison.Ordinal)) { into.Dropped(line, words[4], "login classes are not of Linux"); }
        if (service.Server.EndsWith("/tcpd", StringComparison.Ordinal)) { into.Advice(line, service.Server, "kept: it goes on asking /etc/hosts.allow"); }
        return service.Write(into, source, options);
    }
}
