using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Systemctl;

/// <summary>"MemoryMax=50%" as the typed property that the manager takes: one row a name.</summary>
internal static class PropertyAssignment
{
    private enum Kind { Flag, Text, Weight, CpuWeight, Shares, BlockWeight, Size, Tasks, Quota, Span, Cpus, DeviceAllow, DeviceWeight, DeviceRate, DeviceLatency, Addresses,
        Words, Permyriad, NetworkInterfaces, Delegate, SocketBind, Programs }

    private static readonly Dictionary<string, Kind> s_kinds = Build(
        (Kind.Flag, "CPUAccounting MemoryAccounting IOAccounting BlockIOAccounting TasksAccounting IPAccounting CoredumpReceive"),
        (Kind.Text, "Description DevicePolicy Slice ManagedOOMSwap ManagedOOMMemoryPressure ManagedOOMPreference CollectMode DelegateSubgroup MemoryPressureWatch"),
        (Kind.CpuWeight, "CPUWeight StartupCPUWeight"),
        (Kind.Weight, "IOWeight StartupIOWeight"), (Kind.Shares, "CPUShares StartupCPUShares"), (Kind.BlockWeight, "BlockIOWeight StartupBlockIOWeight"),
        (Kind.Size, "MemoryMin DefaultMemoryLow DefaultMemoryMin MemoryLow MemoryHigh MemoryMax MemorySwapMax MemoryLimit "
            + "MemoryZSwapMax DefaultStartupMemoryLow StartupMemoryLow StartupMemoryHigh StartupMemoryMax StartupMemorySwapMax StartupMemoryZSwapMax"),
        (Kind.Tasks, "TasksMax"), (Kind.Quota, "CPUQuota"), (Kind.Span, "CPUQuotaPeriodSec MemoryPressureThresholdSec"),
        (Kind.Cpus, "AllowedCPUs StartupAllowedCPUs AllowedMemoryNodes StartupAllowedMemoryNodes"),
        (Kind.DeviceAllow, "DeviceAllow"), (Kind.DeviceWeight, "IODeviceWeight BlockIODeviceWeight"),
        (Kind.DeviceRate, "IOReadBandwidthMax IOWriteBandwidthMax IOReadIOPSMax IOWriteIOPSMax BlockIOReadBandwidth BlockIOWriteBandwidth"),
        (Kind.DeviceLatency, "IODeviceLatencyTargetSec"), (Kind.Addresses, "IPAddressAllow IPAddressDeny"),
        (Kind.Words, "IPIngressFilterPath IPEgressFilterPath Documentation Markers DisableControllers"), (Kind.Permyriad, "ManagedOOMMemoryPressureLimit"),
        (Kind.NetworkInterfaces, "RestrictNetworkInterfaces"), (Kind.Delegate, "Delegate"), (Kind.SocketBind, "SocketBindAllow SocketBindDeny"), (Kind.Programs, "BPFProgram"));

    private static readonly (string Suffix, ulong Factor)[] s_units = [("%", 100), ("‰", 1000), ("‱", 10000)];

    /// <returns>What writes it, one (sv) each; null after saying what is wrong.</returns>
    public static List<Action<MessageWriter>>? Parse(string word)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0) { return Refuse($"Not an assignment: {word}"); }
        string name = word[..equals], value = word[(equals + 1)..];
        if (!s_kinds.TryGetValue(name, out Kind kind))
        {
            return FixedProperties.Refusal(name, value, out string property) is { } refusal ? Refuse(refusal) : [Property(property, "s", w => w.WriteString(value))];
        }
        return kind switch
        {
            Kind.Flag => Flag(name, value),
            Kind.Text => [Property(name, "s", w => w.WriteString(value))],
            Kind.CpuWeight when value == "idle" => [Number(name, 0)],
            Kind.CpuWeight or Kind.Weight => Weight(name, value, 1, 10000),
            Kind.Shares => Weight(name, value, 2, 262144),
            Kind.BlockWeight => Weight(name, value, 10, 1000),
            Kind.Size => Limit(name, value, isTasks: false),
            Kind.Tasks => Limit(name, value, isTasks: true),
            Kind.Quota => Quota(value),
            Kind.Span => Span(name, value),
            Kind.DeviceLatency => DeviceNumbers(name, name[..^3] + "USec", value, $"{name} value",
                text => TimeSpanText.TryParse(Bytes(text), out Usec span) ? span.Value : null),
            Kind.Cpus => Cpus(name, value),
            Kind.DeviceAllow => [Property(name, "a(ss)", w => Pairs(w, value, (a, b) => { w.WriteString(a); w.WriteString(b); }))],
            Kind.DeviceWeight => DeviceNumbers(name, name, value, $"{name} value", text => Whole(text, 1, 10000)),
            Kind.DeviceRate => DeviceNumbers(name, name, value, "byte value", text
                => SizeText.TryParse(Bytes(text), out ulong rate, 1000) ? rate : text == "infinity" ? ulong.MaxValue : null),
            Kind.Addresses => Addresses(name, value),
            Kind.Permyriad => Permyriad(name, value),
            Kind.Delegate => BooleanWord.TryParse(value, out bool on) ? [Property(name, "b", w => w.WriteBoolean(on))]
                : [Property("DelegateControllers", "as", w => w.WriteStrings(value.Split(' ', StringSplitOptions.RemoveEmptyEntries)))],
            Kind.SocketBind => SocketBind(name, value),
            Kind.Programs => Programs(name, value),
            Kind.NetworkInterfaces => [Property(name, "(bas)", w =>
            {
                bool isDeny = value.StartsWith('~');
                w.BeginStruct();
                w.WriteBoolean(!isDeny);
                w.WriteStrings((isDeny ? value[1..] : value).Split(' ', StringSplitOptions.RemoveEmptyEntries));
            })],
            _ => [Property(name, "as", w => w.WriteStrings(value.Split(' ', StringSplitOptions.RemoveEmptyEntries)))],
        };
    }

    private static Dictionary<string, Kind> Build(params (Kind Kind, string Names)[] rows)
        => rows.SelectMany(r => r.Names.Split(' ').Select(n => (n, r.Kind))).ToDictionary(p => p.n, p => p.Kind);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static List<Action<MessageWriter>>? Refuse(string text)
    {
        _ = Log.Error(text);
        return null;
    }

    private static List<Action<MessageWriter>>? Refuse(string name, string value, string why = "Invalid argument")
        => Refuse($"Failed to parse {name}={value}: {why}");

    private static Action<MessageWriter> Property(string name, string type, Action<MessageWriter> value) => w =>
    {
        w.BeginStruct();
        w.WriteString(name);
        w.BeginVariant(Encoding.ASCII.GetBytes(type));
        value(w);
    };

    private static Action<MessageWriter> Number(string name, ulong value) => Property(name, "t", w => w.WriteUInt64(value));

    private static List<Action<MessageWriter>>? Flag(string name, string value)
        => BooleanWord.TryParse(value, out bool on) ? [Property(name, "b", w => w.WriteBoolean(on))] : Refuse($"Failed to parse {name}: {value}");

    private static List<Action<MessageWriter>>? Weight(string name, string value, ulong least, ulong most)
        => value.Length == 0 ? [Number(name, ulong.MaxValue)] : Whole(value, least, most) is { } weight ? [Number(name, weight)] : RefuseNumber(name, value);

    private static ulong? Whole(string text, ulong least, ulong most)
        => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) && number >= least && number <= most ? number : null;

    /// <summary>A number that is none, or one that is not among those that may be.</summary>
    private static List<Action<MessageWriter>>? RefuseNumber(string name, string value)
    {
        bool isNumber = decimal.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
        return Refuse(name, value, isNumber ? "Numerical result out of range" : "Invalid argument");
    }

    /// <summary>Bytes, tasks, a share of what there is, or no limit.</summary>
    private static List<Action<MessageWriter>>? Limit(string name, string value, bool isTasks)
    {
        if (value == "infinity" || (value.Length == 0 && (isTasks || !name.EndsWith("Min", StringComparison.Ordinal))))
        {
            return [Number(name, ulong.MaxValue)];
        }
        if (value.Length == 0) { return [Number(name, 0)]; }
        if (Share(value) is { } share)
        {
            // Of the whole of 2^32.
            return [Property(name + "Scale", "u", w => w.WriteUInt32((uint)Math.Min(share * uint.MaxValue / 10000, uint.MaxValue)))];
        }
        ulong number;
        bool good = isTasks ? ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number) : SizeText.TryParse(Bytes(value), out number);
        return good ? [Number(name, number)] : RefuseNumber(name, value);
    }

    /// <summary>In ten thousandths.</summary>
    private static ulong? Share(string value)
    {
        foreach ((string suffix, ulong factor) in s_units)
        {
            if (!value.EndsWith(suffix, StringComparison.Ordinal)) { continue; }
            return decimal.TryParse(value[..^suffix.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal share)
                && share >= 0 && share <= factor
                ? (ulong)(share * 10000 / factor)
                : null;
        }
        return null;
    }

    private static List<Action<MessageWriter>>? Quota(string value)
    {
        if (value.Length == 0) { return [Number("CPUQuotaPerSecUSec", ulong.MaxValue)]; }
        if (!value.EndsWith('%') || !decimal.TryParse(value[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal percent))
        {
            return Refuse($"CPU quota '{value}' invalid.");
        }
        return percent == 0 ? Refuse("CPU quota too small.") : [Number("CPUQuotaPerSecUSec", (ulong)(percent * 10000))];
    }

    private static List<Action<MessageWriter>>? Span(string name, string value)
    {
        string property = name[..^3] + "USec";
        if (value.Length == 0) { return [Number(property, ulong.MaxValue)]; }
        return TimeSpanText.TryParse(Bytes(value), out Usec span) ? [Number(property, span.Value)]
            : name == "CPUQuotaPeriodSec" ? Refuse($"CPU quota period '{value}' invalid.") : Refuse(name, value);
    }

    private static List<Action<MessageWriter>>? Cpus(string name, string value)
    {
        var bits = new List<byte>();
        foreach (string part in value.Split((char[])[' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            string[] ends = part.Split('-', 2);
            if (!int.TryParse(ends[0], out int first) || !int.TryParse(ends[^1], out int last) || first < 0 || last < first || last >= 8192)
            {
                return Refuse($"Failed to parse {name} value: {value}");
            }
            for (int cpu = first; cpu <= last; cpu++)
            {
                while (bits.Count <= cpu / 8) { bits.Add(0); }
                bits[cpu / 8] |= (byte)(1 << (cpu % 8));
            }
        }
        return [Property(name, "ay", w => w.WriteBytes(bits.ToArray()))];
    }

    private static void Pairs(MessageWriter w, string value, Action<string, string> write)
    {
        ArrayMark array = w.BeginArray(8);
        if (value.Length > 0)
        {
            string[] parts = value.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            w.BeginStruct();
            write(parts[0], parts.ElementAtOrDefault(1) ?? "");
        }
        w.EndArray(array);
    }

    /// <param name="name">As typed.</param>
    /// <param name="property">As the manager has it.</param>
    /// <param name="value">"DEVICE NUMBER".</param>
    /// <param name="what">The number, as people are told that it is none.</param>
    /// <param name="parse">Reads it.</param>
    private static List<Action<MessageWriter>>? DeviceNumbers(string name, string property, string value, string what, Func<string, ulong?> parse)
    {
        if (value.Length == 0) { return [Property(property, "a(st)", w => Pairs(w, "", (_, _) => { }))]; }
        string[] parts = value.Split(' ', 2);
        if (parts.Length < 2) { return Refuse($"Failed to parse {name} value {value}."); }
        if (parse(parts[1].Trim()) is not { } number) { return Refuse($"Failed to parse {what} {parts[1]}: Invalid argument"); }
        return [Property(property, "a(st)", w => Pairs(w, value, (device, _) => { w.WriteString(device); w.WriteUInt64(number); }))];
    }

    private static List<Action<MessageWriter>>? Permyriad(string name, string value)
        => Share(value) is { } share ? [Property(name, "u", w => w.WriteUInt32((uint)(share * uint.MaxValue / 10000)))]
            : Refuse($"Failed to parse {name} value: {value}");

    private static List<Action<MessageWriter>>? Addresses(string name, string value)
    {
        var prefixes = new List<(int Family, byte[] Address, uint Length)>();
        foreach (string word in value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Known(word) is { } known) { prefixes.AddRange(known); }
            else if (One(word) is { } one) { prefixes.Add(one); }
            else { return Refuse($"Failed to parse IP address prefix: {word}"); }
        }
        return [Property(name, "a(iayu)", w =>
        {
            ArrayMark array = w.BeginArray(8);
            foreach ((int family, byte[] address, uint length) in prefixes)
            {
                w.BeginStruct();
                w.WriteInt32(family);
                w.WriteBytes(address);
                w.WriteUInt32(length);
            }
            w.EndArray(array);
        })];
    }

    private static (int, byte[], uint)[]? Known(string word) => word switch
    {
        "any" => [One("0.0.0.0/0")!.Value, One("::/0")!.Value],
        "localhost" => [One("127.0.0.0/8")!.Value, One("::1/128")!.Value],
        "link-local" => [One("169.254.0.0/16")!.Value, One("fe80::/64")!.Value],
        "multicast" => [One("224.0.0.0/4")!.Value, One("ff00::/8")!.Value],
        _ => null,
    };

    private static (int Family, byte[] Address, uint Length)? One(string word)
    {
        string[] parts = word.Split('/', 2);
        // The library takes "1" for 0.0.0.1.
        if (!IPAddress.TryParse(parts[0], out IPAddress? address) || (!parts[0].Contains(':', StringComparison.Ordinal) && parts[0].Count(c => c == '.') != 3)) { return null; }
        bool isV4 = address.AddressFamily == AddressFamily.InterNetwork;
        uint most = isV4 ? 32u : 128u, length = most;
        if (parts.Length > 1 && (!uint.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > most)) { return null; }
        return (isV4 ? 2 : 10, address.GetAddressBytes(), length);
    }

    /// <summary>[ipv4:|ipv6:][tcp:|udp:]PORT[-PORT], or any. systemd.resource-control(5).</summary>
    private static List<Action<MessageWriter>>? SocketBind(string name, string value)
    {
        const int InterNetwork = 2, InterNetworkV6 = 10, Tcp = 6, Udp = 17;
        int family = 0, protocol = 0;
        ushort count = 0, first = 0;
        if (value.Length > 0 && value != "any")
        {
            Queue<string> parts = new(value.Split(':'));
            if (parts.Peek() is "ipv4" or "ipv6") { family = parts.Dequeue() == "ipv4" ? InterNetwork : InterNetworkV6; }
            if (parts.Count > 0 && parts.Peek() is "tcp" or "udp") { protocol = parts.Dequeue() == "tcp" ? Tcp : Udp; }
            if (parts.Count > 1) { return Refuse($"Failed to parse {name}"); }
            if (parts.Count == 1 && parts.Peek() != "any")
            {
                string[] ends = parts.Dequeue().Split('-', 2);
                if (!ushort.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out first) || first == 0
                    || !ushort.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out ushort last) || last < first)
                {
                    return Refuse($"Failed to parse {name}");
                }
                count = (ushort)(last - first + 1);
            }
        }
        return [Property(name, "a(iiqq)", w =>
        {
            ArrayMark array = w.BeginArray(8);
            if (value.Length > 0)
            {
                w.BeginStruct();
                w.WriteInt32(family);
                w.WriteInt32(protocol);
                w.WriteUInt16(count);
                w.WriteUInt16(first);
            }
            w.EndArray(array);
        })];
    }

    /// <summary>TYPE:PATH.</summary>
    private static List<Action<MessageWriter>>? Programs(string name, string value)
    {
        int colon = value.IndexOf(':', StringComparison.Ordinal);
        if (value.Length > 0 && colon <= 0) { return Refuse($"Failed to parse foreign program type"); }
        return [Property(name, "a(ss)", w => Pairs(w, value.Length == 0 ? "" : $"{value[..colon]} {value[(colon + 1)..]}", (type, path) => { w.WriteString(type); w.WriteString(path); }))];
    }
}
