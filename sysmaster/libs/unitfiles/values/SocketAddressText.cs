using SysMaster.Linux;

namespace SysMaster.UnitFiles;

/// <summary>
/// ListenStream= and its kin: "/run/x", "@abstract", "80", "127.0.0.1:80", "[::1]:80", "[fe80::1%eth0]:80", "vsock:CID:PORT"; ListenNetlink=: "family group".
/// man 5 systemd.socket. A value: what to bind is the socket unit's affair (<see cref="CopyTo"/> makes the kernel's struct).
/// </summary>
public sealed record SocketAddressText
{
    /// <summary>sun_path, which AF_UNIX paths need a NUL in.</summary>
    private const int MaxUnixName = 107;

    public const uint AnyCid = uint.MaxValue;

    public static readonly WordTable NetlinkFamilies = new(
        ("route", 0), ("firewall", 3), ("inet-diag", 4), ("nflog", 5), ("xfrm", 6), ("selinux", 7), ("iscsi", 8), ("audit", 9), ("fib-lookup", 10), ("connector", 11),
        ("netfilter", 12), ("ip6-fw", 13), ("dnrtmsg", 14), ("kobject-uevent", 15), ("generic", 16), ("scsitransport", 18), ("ecryptfs", 19), ("rdma", 20));

    public SocketAddressKind Kind { get; private init; }

    /// <summary>Path, or the abstract name without its "@".</summary>
    public ByteText Name { get; private init; }

    public IpAddressText Ip { get; private init; }

    /// <summary>IP or vsock port.</summary>
    public uint Port { get; private init; }

    /// <summary>Interface of a link-local IPv6 address, by name or number; empty for none.</summary>
    public ByteText Scope { get; private init; }

    public uint Cid { get; private init; }

    /// <summary>NETLINK_* number, and the multicast group.</summary>
    public int NetlinkFamily { get; private init; }

    public uint NetlinkGroup { get; private init; }

    public static bool TryParse(ReadOnlySpan<byte> text, out SocketAddressText? address)
    {
        address = Parse(text);
        return address is not null;
    }

    public static bool TryParseNetlink(ReadOnlySpan<byte> text, out SocketAddressText? address)
    {
        address = null;
        using var words = new Words(text);
        if (!words.Next(out ReadOnlySpan<byte> word) || !NetlinkFamilies.TryParseOrNumber(word, int.MaxValue, out int family)) { return false; }
        uint group = 0;
        if (words.Next(out word) && !NumberText.TryParse(word, out group)) { return false; }
        if (words.Failed || words.Next(out _)) { return false; }
        address = new SocketAddressText { Kind = SocketAddressKind.Netlink, NetlinkFamily = family, NetlinkGroup = group };
        return true;
    }

    /// <summary>As <c>systemctl show</c> prints it (without " (Stream)"): a port alone is "[::]:80".</summary>
    public void AppendTo(ref ByteBuilder output)
    {
        switch (Kind)
        {
            case SocketAddressKind.Path: output.Append(Name.Span); break;
            case SocketAddressKind.Abstract:
                output.Append((byte)'@');
                CEscape.Escape(Name.Span, ref output);
                break;
            case SocketAddressKind.Port:
                output.Append("[::]:"u8);
                output.AppendDecimal(Port);
                break;
            case SocketAddressKind.Ip: AppendIp(ref output); break;
            case SocketAddressKind.Vsock:
                output.Append("vsock:"u8);
                if (Cid != AnyCid) { output.AppendDecimal(Cid); }
                output.Append((byte)':');
                output.AppendDecimal(Port);
                break;
            case SocketAddressKind.Netlink:
                output.AppendAscii(NetlinkFamilies.WordOrNumber(NetlinkFamily));
                output.Append((byte)' ');
                output.AppendDecimal(NetlinkGroup);
                break;
            case SocketAddressKind.None:
            default: break;
        }
    }

    public override string ToString()
    {
        var output = new ByteBuilder(stackalloc byte[128]);
        AppendTo(ref output);
        string text = output.ToString();
        output.Dispose();
        return text;
    }

    /// <summary>struct sockaddr_un, _in, _in6, _nl or _vm into at least 110 bytes.</summary>
    /// <param name="buffer">Is overwritten.</param>
    /// <param name="ipv6">Has the kernel IPv6? A port alone is then [::].</param>
    /// <param name="scope">Index of the interface <see cref="Scope"/> names.</param>
    /// <returns>Bytes that count.</returns>
    public int CopyTo(Span<byte> buffer, bool ipv6, uint scope = 0)
    {
        buffer.Clear();
        switch (Kind)
        {
            case SocketAddressKind.Path:
                Head(buffer, 1);
                Name.Span.CopyTo(buffer[2..]);
                return 2 + Name.Length + 1;
            case SocketAddressKind.Abstract:
                Head(buffer, 1);
                Name.Span.CopyTo(buffer[3..]);
                return 3 + Name.Length;
            case SocketAddressKind.Port when !ipv6:
            case SocketAddressKind.Ip when Ip.Family == IpAddressText.V4:
                Head(buffer, IpAddressText.V4);
                System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(buffer[2..], (ushort)Port);
                if (Kind == SocketAddressKind.Ip) { Ip.CopyTo(buffer[4..]); }
                return 16;
            case SocketAddressKind.Port:
            case SocketAddressKind.Ip:
                Head(buffer, IpAddressText.V6);
                System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(buffer[2..], (ushort)Port);
                if (Kind == SocketAddressKind.Ip) { Ip.CopyTo(buffer[8..]); }
                System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(buffer[24..], scope);
                return 28;
            case SocketAddressKind.Netlink:
                Head(buffer, 16);
                System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(buffer[8..], NetlinkGroup);
                return 12;
            case SocketAddressKind.Vsock:
                Head(buffer, 40);
                System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(buffer[4..], Port);
                System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(buffer[8..], Cid);
                return 16;
            case SocketAddressKind.None:
            default: return 0;
        }
    }

    private static void Head(Span<byte> buffer, ushort family) => System.Buffers.Binary.BinaryPrimitives.WriteUInt16LittleEndian(buffer, family);

    private void AppendIp(ref ByteBuilder output)
    {
        bool v6 = Ip.Family == IpAddressText.V6;
        if (v6) { output.Append((byte)'['); }
        Ip.AppendTo(ref output);
        if (v6) { output.Append((byte)']'); }
        output.Append((byte)':');
        output.AppendDecimal(Port);
        if (Scope.IsEmpty) { return; }
        output.Append((byte)'%');
        output.Append(Scope.Span);
    }

    private static SocketAddressText? Parse(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) { return null; }
        if (text[0] is (byte)'/' or (byte)'@') { return ParseUnix(text); }
        if (text.StartsWith("vsock:"u8)) { return ParseVsock(text[6..]); }
        if (NumberText.TryParse(text, out uint port)) { return port is >= 1 and <= 65535 ? new SocketAddressText { Kind = SocketAddressKind.Port, Port = port } : null; }
        int colon = text.LastIndexOf((byte)':');
        if (colon <= 0) { return null; }
        ReadOnlySpan<byte> host = text[..colon];
        ReadOnlySpan<byte> tail = text[(colon + 1)..];
        ReadOnlySpan<byte> scope = default;
        int percent = tail.IndexOf((byte)'%');   // "[fe80::1]:80%eth0"
        if (percent >= 0)
        {
            scope = tail[(percent + 1)..];
            tail = tail[..percent];
        }
        bool bracket = host[0] == (byte)'[';
        if (bracket)
        {
            if (host[^1] != (byte)']') { return null; }
            host = host[1..^1];
            percent = host.IndexOf((byte)'%');   // "[fe80::1%eth0]:80"
            if (percent >= 0)
            {
                scope = host[(percent + 1)..];
                host = host[..percent];
            }
        }
        if (!BoundedNumber.TryParsePort(tail, out int number) || !IpAddressText.TryParse(host, out IpAddressText ip)) { return null; }
        if (bracket != (ip.Family == IpAddressText.V6) || (!scope.IsEmpty && !bracket)) { return null; }
        return new SocketAddressText { Kind = SocketAddressKind.Ip, Ip = ip, Port = (uint)number, Scope = new ByteText(scope) };
    }

    private static SocketAddressText? ParseUnix(ReadOnlySpan<byte> text)
    {
        bool path = text[0] == (byte)'/';
        ReadOnlySpan<byte> name = path ? text : text[1..];
        if (name.IsEmpty || name.Length > MaxUnixName || name.Contains((byte)0)) { return null; }
        return new SocketAddressText { Kind = path ? SocketAddressKind.Path : SocketAddressKind.Abstract, Name = new ByteText(name) };
    }

    private static SocketAddressText? ParseVsock(ReadOnlySpan<byte> text)
    {
        int colon = text.IndexOf((byte)':');
        if (colon < 0 || !NumberText.TryParse(text[(colon + 1)..], out uint port)) { return null; }
        uint cid = AnyCid;
        if (colon > 0 && !NumberText.TryParse(text[..colon], out cid)) { return null; }
        return new SocketAddressText { Kind = SocketAddressKind.Vsock, Cid = cid, Port = port };
    }
}
