using System.Globalization;
using SysMaster.UnitConverter.Input;
using SysMaster.UnitConverter.Text;

namespace SysMaster.UnitConverter.Formats.Inetd;

/// <summary>One "service x { … }" being read. The last value of an attribute counts; "+=" adds.</summary>
/// <param name="name">Null for the defaults.</param>
/// <param name="line">Where it begins.</param>
internal sealed class XinetdBlock(string? name, int line)
{
    private readonly Dictionary<string, (string Value, int Line)> _attributes = [];

    public string? Name => name;

    public int Line => line;

    public void Take(int number, string text, Conversion into)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            into.Error(number, text, "is no attribute, left out");
            return;
        }
        string key = text[..equals].Trim(), value = text[(equals + 1)..].Trim();
        if (key.EndsWith('-'))
        {
            into.Dropped(number, text, "taking from a list is not carried over");
            return;
        }
        bool adds = key.EndsWith('+');
        key = key.TrimEnd('+').TrimEnd();
        if (adds && _attributes.TryGetValue(key, out (string Value, int Line) have)) { value = have.Value + " " + value; }
        _attributes[key] = (value, number);
    }

    public void Finish(SourceText source, InputOptions options, Conversion into)
    {
        if (name is null)
        {
            foreach ((string key, (string value, int at)) in _attributes) { into.Dropped(at, $"{key} = {value}", "a default of xinetd's for all its services: say it in the units that need it"); }
            return;
        }
        if (Words("type").Contains("INTERNAL"))
        {
            into.Dropped(line, name, "the service is xinetd itself, no program: nothing is left to start");
            return;
        }
        if (Words("type").Contains("RPC") || Words("type").Contains("TCPMUX") || Words("type").Contains("TCPMUXPLUS"))
        {
            into.Dropped(line, name, "no unit registers with the port mapper or tcpmux");
            return;
        }
        string socket = Text("socket_type") ?? "stream";
        var service = new NetService
        {
            Name = Text("id") ?? name,
            Line = line,
            SocketType = socket,
            Protocol = Text("protocol") ?? (socket == "dgram" ? "udp" : "tcp"),
            Wait = Text("wait") is "yes",
            User = Text("user") ?? "root",
            Group = Text("group"),
            Port = Text("port") ?? name,
            Address = Text("bind") ?? Text("interface") ?? "*",
            Server = Text("server") ?? "",
        };
        Flags(service, into);
        Rest(service, into);
        if (!service.Write(into, source, options)) { return; }
        if (Text("disable") is "yes") { into.Advice(_attributes["disable"].Line, "disable = yes", "the socket is not to be enabled, as xinetd did not listen"); }
        else { into.Advice(line, name, "set disable = yes in xinetd before the socket is started: both cannot have one port"); }
    }

    private string? Text(string key) => _attributes.TryGetValue(key, out (string Value, int Line) found) ? found.Value : null;

    private string[] Words(string key) => Text(key)?.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) ?? [];

    private void Flags(NetService service, Conversion into)
    {
        string[] arguments = Words("server_args");
        bool named = false;
        foreach (string flag in Words("flags"))
        {
            int at = _attributes["flags"].Line;
            switch (flag)
            {
                case "NAMEINARGS": named = true; break;
                case "IPv4": service.Family = 4; break;
                case "IPv6": service.Family = 6; break;
                case "KEEPALIVE": service.Extra.Add((true, "Socket", "KeepAlive", "yes", at)); break;
                case "NODELAY": service.Extra.Add((true, "Socket", "NoDelay", "yes", at)); break;
                case "REUSE" or "IDONLY" or "NOLIBWRAP" or "LABELED": into.Dropped(at, flag, flag == "REUSE" ? "a socket unit always does" : "has no word in a unit"); break;
                default: into.Dropped(at, flag, "has no word in a unit"); break;
            }
        }
        if (!named) { service.Arguments.Add(service.Server[(service.Server.LastIndexOf('/') + 1)..]); }
        service.Arguments.AddRange(arguments);
    }

    private void Rest(NetService service, Conversion into)
    {
        foreach ((string key, (string value, int at)) in _attributes)
        {
            void Socket(string directive, string text) => service.Extra.Add((true, "Socket", directive, text, at));
            void Server(string directive, string text) => service.Extra.Add((false, "Service", directive, text, at));
            bool isNumber = int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number);
            switch (key)
            {
                case "socket_type" or "protocol" or "wait" or "user" or "group" or "port" or "bind" or "interface" or "server" or "server_args" or "flags" or "id" or "type" or "disable":
                    break;
                case "instances" when isNumber && number > 0: Socket("MaxConnections", value); break;
                case "per_source" when isNumber && number > 0: Socket("MaxConnectionsPerSource", value); break;
                case "instances" or "per_source" when value == "UNLIMITED": break;
                case "nice" when isNumber && number is >= -20 and <= 19: Server("Nice", value); break;
                case "umask" when value.All(c => c is >= '0' and <= '7') && value.Length is > 0 and <= 4: Server("UMask", value); break;
                case "cps" when Words("cps") is [var burst, ..] && int.TryParse(burst, NumberStyles.None, null, out int rate) && rate > 0:
                    Socket("TriggerLimitIntervalSec", "1s");
                    Socket("TriggerLimitBurst", burst);
                    into.Changed(at, $"cps = {value}", "TriggerLimitBurst=: past it the socket stops until it is started again");
                    break;
                case "env": Server("Environment", string.Join(' ', Words("env").Select(Quote.ListWord))); break;
                case "passenv": Server("PassEnvironment", string.Join(' ', Words("passenv").Where(IsVariable))); break;
                case "only_from" when Addresses(value) is { } allowed:
                    service.Extra.Add((false, "Service", "IPAddressDeny", "any", at));
                    Server("IPAddressAllow", allowed);
                    into.Changed(at, $"only_from = {value}", "IPAddressAllow=: filters the server's packets (cgroup v2), it does not refuse the connection");
                    break;
                case "no_access" when Addresses(value) is { } denied:
                    Server("IPAddressDeny", denied);
                    into.Changed(at, $"no_access = {value}", "IPAddressDeny=: filters the server's packets (cgroup v2), it does not refuse the connection");
                    break;
                case "only_from" or "no_access":
                    into.Error(at, $"{key} = {value}", "not carried over: host names and patterns are no addresses. Who may connect must be limited otherwise, before the socket is started");
                    break;
                case "groups": into.Dropped(at, $"groups = {value}", "supplementary groups are always set, as with yes"); break;
                case "rlimit_as" or "rlimit_cpu" or "rlimit_data" or "rlimit_rss" or "rlimit_stack" or "rlimit_files":
                    Limit(key, value, at, service, into);
                    break;
                case "redirect":
                    into.Dropped(at, $"redirect = {value}", "systemd-socket-proxyd does this for a service of its own");
                    break;
                default: into.Dropped(at, $"{key} = {value}", "has no word in a unit"); break;
            }
        }
    }

    private static void Limit(string key, string value, int at, NetService service, Conversion into)
    {
        string limit = key switch { "rlimit_files" => "LimitNOFILE", _ => "Limit" + key["rlimit_".Length..].ToUpperInvariant() };
        string amount = value == "UNLIMITED" ? "infinity" : value;
        if (amount != "infinity" && !(amount.Length > 1 && amount[..^1].All(char.IsAsciiDigit) && (char.IsAsciiDigit(amount[^1]) || amount[^1] is 'K' or 'M')) && !(amount.Length == 1 && char.IsAsciiDigit(amount[0])))
        {
            into.Error(at, $"{key} = {value}", "is no amount, left out");
            return;
        }
        service.Extra.Add((false, "Service", limit, amount, at));
    }

    private static bool IsVariable(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !char.IsAsciiDigit(text[0]);

    /// <summary>Null as soon as one is no address: to leave it out would let in or keep out others than were meant.</summary>
    private static string? Addresses(string value)
    {
        var addresses = new List<string>();
        foreach (string word in value.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word is "0.0.0.0" or "0.0.0.0/0") { addresses.Add("any"); }
            else if (word == "localhost") { addresses.Add("localhost"); }
            else if (System.Net.IPNetwork.TryParse(word, out System.Net.IPNetwork net)) { addresses.Add(net.ToString()); }
            else if (System.Net.IPAddress.TryParse(word, out System.Net.IPAddress? ip) && !word.EndsWith(".0", StringComparison.Ordinal)) { addresses.Add(ip.ToString()); }
            else { return null; }
        }
        return addresses.Count == 0 ? null : string.Join(' ', addresses);
    }
}
