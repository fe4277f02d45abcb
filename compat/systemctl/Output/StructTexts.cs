using System.Globalization;
using System.Text;
using SysMaster.UnitFiles;

namespace SysMaster.Systemctl;

/// <summary>Properties of structured types, by type and name.</summary>
internal static class StructTexts
{
    /// <returns>Null for what has no words of its own.</returns>
    public static PropertyText? Format(string name, BusValue value, Settings settings) => (value.Signature, name) switch
    {
        ("(uo)", "Job") => PropertyText.One(Field<uint>(value, 0) is > 0 and var id ? id.ToString(CultureInfo.InvariantCulture) : ""),
        ("(so)", "Unit") => PropertyText.One(Field<string>(value, 0)),
        ("(ss)", "LoadError") => PropertyText.One(Field<string>(value, 0) is { Length: > 0 } error ? $"{error} \"{Field<string>(value, 1)}\"" : ""),
        ("(bas)", "SystemCallFilter" or "SystemCallLog" or "RestrictAddressFamilies" or "RestrictNetworkInterfaces" or "RestrictFileSystems") => List(value),
        ("(bs)", "SELinuxContext" or "AppArmorProfile" or "SmackProcessLabel")
            => PropertyText.One((Field<bool>(value, 0) ? "-" : "") + Field<string>(value, 1)),
        ("(aiai)", _) when name.EndsWith("ExitStatus", StringComparison.Ordinal) => PropertyText.One(Statuses(value)),
        ("a(sb)", "EnvironmentFiles") => Lines(value, f => $"{f[0]} (ignore_errors={YesNo(f[1])})"),
        ("a(ss)", "Paths" or "Listen") => Lines(value, f => name == "Paths" ? $"{f[1]} ({f[0]})" : $"{f[1]} ({f[0]})"),
        ("a(stt)", "TimersMonotonic") => Lines(value, f => $"{{ {f[0]}={TimeWords.Span((ulong)f[1])} ; next_elapse={Infinite((ulong)f[2])} }}"),
        ("a(sst)", "TimersCalendar")
            => Lines(value, f => $"{{ {f[0]}={f[1]} ; next_elapse={Or(TimeWords.Moment((ulong)f[2], settings.Timestamp), "(null)")} }}"),
        ("a(sasbttttuii)", _) when name.StartsWith("Exec", StringComparison.Ordinal) => Lines(value, f => Command(f, settings)),
        ("a(sasasttttuii)", _) when name.StartsWith("Exec", StringComparison.Ordinal) => Lines(value, f => Command(f, settings)),
        ("a(ss)", "DeviceAllow") => Lines(value, f => $"{f[0]} {f[1]}"),
        ("a(st)", "IODeviceWeight" or "BlockIODeviceWeight" or "IOReadBandwidthMax" or "IOWriteBandwidthMax" or "IOReadIOPSMax" or "IOWriteIOPSMax"
            or "BlockIOReadBandwidth" or "BlockIOWriteBandwidth") => Lines(value, f => $"{f[0]} {f[1]}"),
        ("a(st)", "IODeviceLatencyTargetUSec") => Lines(value, f => $"{f[0]} {TimeWords.Span((ulong)f[1])}"),
        ("ay", "StandardInputData" or "RootHashSignature") => PropertyText.One(Convert.ToBase64String((byte[])value.Content)),
        ("a(iayu)", "IPAddressAllow" or "IPAddressDeny") => Joined(value, Prefix),
        ("a(ssbt)", "BindPaths" or "BindReadOnlyPaths") => Joined(value, f => BindPath(f)),
        ("a(ss)", "TemporaryFileSystem") => Joined(value, f => ((string)f[1]).Length > 0 ? $"{f[0]}:{f[1]}" : $"{f[0]}"),
        ("aay", "LogExtraFields") => PropertyText.One(string.Join(' ', Items(value).Cast<byte[]>().Select(Encoding.UTF8.GetString))),
        ("ay", "CPUAffinity" or "NUMAMask" or "AllowedCPUs" or "StartupAllowedCPUs" or "AllowedMemoryNodes"
            or "StartupAllowedMemoryNodes" or "EffectiveCPUs" or "EffectiveMemoryNodes")
            => PropertyText.One(CpuRanges((byte[])value.Content)),
        ("a(ss)", "RootImageOptions") => JoinedOrNothing(value, f => $"{f[0]}:{f[1]}"),
        ("a(ssba(ss))", "MountImages") => Joined(value, f => Image([(string)f[0], (string)f[1]], (bool)f[2], (object[])f[3])),
        ("a(sba(ss))", "ExtensionImages") => Joined(value, f => Image([(string)f[0]], (bool)f[1], (object[])f[2])),
        ("a(ss)", "BPFProgram") => Lines(value, f => $"{f[0]}:{f[1]}"),
        ("a(iiqq)", "SocketBindAllow" or "SocketBindDeny") => Lines(value, f => SocketBind((int)f[0], (int)f[1], (ushort)f[2], (ushort)f[3])),
        ("a(sst)", "RuntimeDirectorySymlink" or "StateDirectorySymlink" or "CacheDirectorySymlink" or "LogsDirectorySymlink")
            => JoinedOrNothing(value, f => $"{f[0]}:{f[1]}"),
        _ => null,
    };

    private static object[] Items(BusValue value) => (object[])value.Content;

    private static T Field<T>(BusValue value, int index) => (T)Items(value)[index];

    private static PropertyText Lines(BusValue value, Func<object[], string> one) => new([.. Items(value).Cast<object[]>().Select(one)]);

    private static PropertyText Joined(BusValue value, Func<object[], string> one)
        => PropertyText.One(string.Join(' ', Items(value).Cast<object[]>().Select(one)));

    // These have no line at all when they are empty.
    private static PropertyText JoinedOrNothing(BusValue value, Func<object[], string> one) => Items(value).Length == 0 ? new([]) : Joined(value, one);

    private static PropertyText List(BusValue value)
    {
        string words = string.Join(' ', Field<object[]>(value, 1));
        bool isAllowList = Field<bool>(value, 0);
        return new([isAllowList ? words : $"~{words}"], IsEmpty: !isAllowList && words.Length == 0, Always: isAllowList);
    }

    private static string Statuses(BusValue value) => string.Join(' ',
        [.. Field<object[]>(value, 0).Select(s => Convert.ToString(s, CultureInfo.InvariantCulture)!),
            .. Field<object[]>(value, 1).Select(s => SignalText.Name((int)s))]);

    private static string YesNo(object flag) => flag is true ? "yes" : "no";

    private static string Infinite(ulong usec) => usec == ulong.MaxValue ? "infinity" : TimeWords.Span(usec);

    private static string Or(string text, string otherwise) => text.Length > 0 ? text : otherwise;

    private static string Command(object[] f, Settings settings)
    {
        string flags = f[2] is object[] words ? $"flags={string.Join(' ', words)}" : $"ignore_errors={YesNo(f[2])}";
        string arguments = string.Join(' ', (object[])f[1]);
        int code = (int)f[8], status = (int)f[9];
        // A status is a number, anything else a signal; of what has not ended yet it is none.
        string suffix = code == 1 ? "" : $"/{SignalText.Name(status)}";
        return $"{{ path={f[0]} ; argv[]={arguments} ; {flags} ; start_time=[{Or(TimeWords.Moment((ulong)f[3], settings.Timestamp), "n/a")}] ; "
            + $"stop_time=[{Or(TimeWords.Moment((ulong)f[5], settings.Timestamp), "n/a")}] ; "
            + $"pid={f[7]} ; code={ExitWords.Code(code)} ; status={status}{suffix} }}";
    }

    private static string Prefix(object[] f)
    {
        var address = new System.Net.IPAddress((byte[])f[1]);
        return $"{address}/{f[2]}";
    }

    private static string BindPath(object[] f)
    {
        string ignore = f[2] is true ? "-" : "", source = (string)f[0], target = (string)f[1];
        string options = (ulong)f[3] == 0x4000 ? ":rbind" : "";
        return $"{ignore}{source}{(target.Length > 0 ? ":" : "")}{target}{options}";
    }

    private static string Image(string[] paths, bool ignore, object[] options)
        => $"{(ignore ? "-" : "")}{string.Join(':', paths)}{string.Concat(options.Cast<object[]>().Select(o => $":{o[0]}:{o[1]}"))}";

    private static string SocketBind(int family, int protocol, ushort count, ushort port)
    {
        string ip = family switch { 2 => "ipv4:", 10 => "ipv6:", _ => "" }, transport = protocol switch { 6 => "tcp:", 17 => "udp:", _ => "" };
        string ports = count == 0 ? "any" : count == 1 ? $"{port}" : $"{port}-{port + count - 1}";
        return $"{ip}{transport}{ports}";
    }

    /// <summary>A bit a processor, as "0-3 7".</summary>
    private static string CpuRanges(byte[] bits)
    {
        var ranges = new List<string>();
        for (int i = 0; i < bits.Length * 8; i++)
        {
            if (!Has(bits, i)) { continue; }
            int first = i;
            while (i + 1 < bits.Length * 8 && Has(bits, i + 1)) { i++; }
            ranges.Add(i == first ? $"{first}" : $"{first}-{i}");
        }
        return string.Join(' ', ranges);
    }

    private static bool Has(byte[] bits, int i) => (bits[i / 8] & (1 << (i % 8))) != 0;
}
