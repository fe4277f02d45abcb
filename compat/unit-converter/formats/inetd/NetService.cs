using System.Globalization;
using SysMaster.UnitConverter.Input;
using SysMaster.UnitConverter.Text;
using SysMaster.UnitFiles;

namespace SysMaster.UnitConverter.Formats.Inetd;

/// <summary>One service of a super-server, from inetd or xinetd: what both say in the end.</summary>
internal sealed class NetService
{
    public required string Name { get; init; }

    public required int Line { get; init; }

    public string SocketType { get; set; } = "stream";

    public string Protocol { get; set; } = "tcp";

    /// <summary>The service takes the listening socket itself.</summary>
    public bool Wait { get; set; }

    public string User { get; set; } = "root";

    public string? Group { get; set; }

    public string Server { get; set; } = "";

    /// <summary>With argv[0].</summary>
    public List<string> Arguments { get; } = [];

    /// <summary>Where it listens: port, service name or path.</summary>
    public string Port { get; set; } = "";

    /// <summary>An address, or "*".</summary>
    public string Address { get; set; } = "*";

    /// <summary>4, 6, or 0 for both.</summary>
    public int Family { get; set; }

    /// <summary>What a format adds to the units by itself: (section, key, value, line).</summary>
    public List<(bool IsSocket, string Section, string Key, string Value, int Line)> Extra { get; } = [];

    /// <returns>False when no unit was made; a note says why.</returns>
    public bool Write(Conversion into, SourceText source, InputOptions options)
    {
        if (!UserText.IsName(User) || (Group is not null && !UserText.IsName(Group)))
        {
            into.Error(Line, $"{Name}: {User}{(Group is null ? "" : ":" + Group)}", "left out: not a user that a unit can have, and it must not run as anybody else");
            return false;
        }
        if (!Server.StartsWith('/'))
        {
            into.Error(Line, $"{Name}: {Server}", "left out: the program has no absolute path");
            return false;
        }
        if (Listen(into, options) is not { } listen) { return false; }
        ConvertedUnit socket = into.Unit(UnitNames.Of(Name, UnitKind.Socket));
        string stem = socket.Name[..^".socket".Length];
        ConvertedUnit service = into.Unit(stem + (Wait ? ".service" : "@.service"));
        WriteSocket(socket, source, listen, service.Name);
        WriteService(service, source);
        foreach ((bool isSocket, string section, string key, string value, int line) in Extra) { (isSocket ? socket : service).Set(section, key, value, line); }
        into.Carried(Line, $"{Name} {SocketType}/{Protocol}, {(Wait ? "wait" : "nowait")}, {Server}", $"{socket.Name} with {service.Name}");
        return true;
    }

    private void WriteSocket(ConvertedUnit socket, SourceText source, (string Key, string Value) listen, string service)
    {
        socket.Add("Unit", "Description", Quote.Line($"{Name} ({source.Path}:{Line})"), Line);
        socket.Add("Unit", "SourcePath", Quote.Line(source.Path));
        socket.Add("Socket", listen.Key, listen.Value, Line);
        if (Family == 6) { socket.Add("Socket", "BindIPv6Only", "ipv6-only", Line); }
        socket.Add("Socket", "Accept", Wait ? "no" : "yes", Line);
        if (Wait) { socket.Add("Socket", "Service", service); }
        socket.Add("Install", "WantedBy", "sockets.target");
    }

    private void WriteService(ConvertedUnit service, SourceText source)
    {
        service.Add("Unit", "Description", Quote.Line($"{Name} ({source.Path}:{Line})"), Line);
        service.Add("Unit", "SourcePath", Quote.Line(source.Path));
        // What a connection's server exits with is its own business: it must not leave a failed unit for each client.
        string prefix = Wait ? "" : "-";
        bool own = Arguments.Count > 0 && Arguments[0] != Server;
        string rest = string.Concat(Arguments.Skip(own ? 0 : 1).Select(a => " " + Quote.Argument(a)));
        service.Add("Service", "ExecStart", $"{prefix}{(own ? "@" : "")}{Quote.Program(Server)}{rest}", Line);
        if (User != "root" || Group is not null) { service.Add("Service", "User", User, Line); }
        if (Group is not null) { service.Add("Service", "Group", Group, Line); }
        service.Add("Service", "StandardInput", "socket");
        service.Add("Service", "StandardOutput", "inherit");
        service.Add("Service", "StandardError", "journal");
    }

    private (string Key, string Value)? Listen(Conversion into, InputOptions options)
    {
        string? key = SocketType switch { "stream" => "ListenStream", "dgram" => "ListenDatagram", "seqpacket" => "ListenSequentialPacket", _ => null };
        if (key is null || Protocol is not ("tcp" or "udp" or "unix") || (Protocol == "tcp" && key != "ListenStream") || (Protocol == "udp" && key != "ListenDatagram"))
        {
            into.Dropped(Line, $"{Name} {SocketType}/{Protocol}", "no socket unit listens like this");
            return null;
        }
        if (Port.StartsWith('/'))
        {
            if (Quote.IsPlain(Port)) { return (key, Quote.Line(Port)); }
            into.Error(Line, Port, "left out: not a path that a unit can name");
            return null;
        }
        if (ServicePorts.Find(Port, Protocol, options) is not { } port)
        {
            into.Error(Line, $"{Name}: {Port}/{Protocol}", "left out: no port of that name in /etc/services; --root says whose, and a number needs none");
            return null;
        }
        string number = port.ToString(CultureInfo.InvariantCulture);
        if (Address is "*" or "") { return (key, Family switch { 4 => "0.0.0.0:" + number, 6 => "[::]:" + number, _ => number }); }
        if (System.Net.IPAddress.TryParse(Address.Trim('[', ']'), out System.Net.IPAddress? ip))
        {
            return (key, ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{ip}]:{number}" : $"{ip}:{number}");
        }
        into.Error(Line, $"{Name}: {Address}", "left out: a socket unit listens on addresses only, not on names, and must not listen on more than was asked");
        return null;
    }
}
