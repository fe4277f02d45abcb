using System.Net;
using SysMaster.Core.Directives;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Socket;

/// <summary>Whether a text is an address that a socket can be bound to; the socket itself turns it into a sockaddr when it opens.</summary>
internal static class SocketAddressText
{
    public static bool Check(SocketListenType type, scoped ReadOnlySpan<byte> text, ParseContext ctx)
    {
        string? wrong = type == SocketListenType.Netlink ? Netlink(text) : Other(text);
        if (wrong is not null)
            ctx.Warn("Failed to parse address value in '", text, "', ignoring: " + wrong);
        return wrong is null;
    }

    /// <summary>A family's name or number, and optionally a group.</summary>
    private static string? Netlink(ReadOnlySpan<byte> text)
    {
        int blank = text.IndexOfAny(" \t"u8);
        ReadOnlySpan<byte> family = blank < 0 ? text : text[..blank], group = blank < 0 ? "0"u8 : text[(blank + 1)..].Trim(" \t"u8);
        bool known = NumberText.TryParse(family, out int number) && number >= 0;
        foreach (string name in s_families)
            known |= System.Text.Ascii.Equals(family, name);
        return known && NumberText.TryParse(group, out uint _) ? null : Invalid;
    }

    private static string? Other(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return Invalid;
        if (text[0] is (byte)'/' or (byte)'@')
            return text.Length <= 107 && text.Length > 1 && (text[0] == (byte)'@' || PathText.IsValid(text)) ? null : Invalid;
        if (text.StartsWith("vsock:"u8))
            return Vsock(text[6..]);
        if (text[0] == (byte)'[')
        {
            int end = text.IndexOf((byte)']');
            if (end < 0 || end + 1 >= text.Length || text[end + 1] != (byte)':' || !IsAddress(text[1..end], v6: true))
                return Invalid;
            return Port(text[(end + 2)..]);
        }
        int colon = text.LastIndexOf((byte)':');
        if (colon < 0)
            return Port(text);
        return IsAddress(text[..colon], v6: false) ? Port(text[(colon + 1)..]) : Invalid;
    }

    private static string? Vsock(ReadOnlySpan<byte> text)
    {
        int colon = text.IndexOf((byte)':');
        return colon >= 0 && NumberText.TryParse(text[(colon + 1)..], out uint _) && (colon == 0 || NumberText.TryParse(text[..colon], out uint _)) ? null : Invalid;
    }

    private static string? Port(ReadOnlySpan<byte> text)
    {
        int scope = text.IndexOf((byte)'%');   // [::1]:80%eth0
        if (NumberText.Parse(scope < 0 ? text : text[..scope], out ulong port) is { Failed: true } error)
            return error == SysMaster.Linux.Errno.ERANGE ? OutOfRange : Invalid;
        return port is > 0 and <= 65535 ? null : port == 0 ? Invalid : OutOfRange;
    }

    private static bool IsAddress(ReadOnlySpan<byte> text, bool v6)
    {
        string host = System.Text.Encoding.ASCII.GetString(text);
        return IPAddress.TryParse(host, out IPAddress? address)
            && (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6) == v6
            && (v6 || host.Split('.').Length == 4);
    }

    private const string Invalid = "Invalid argument";
    private const string OutOfRange = "Numerical result out of range";

    private static readonly string[] s_families =
    [
        "route", "firewall", "inet-diag", "nflog", "xfrm", "selinux", "iscsi", "audit", "fib-lookup", "connector", "netfilter", "ip6-fw", "dnrtmsg", "kobject-uevent",
        "scsitransport", "rdma",
    ];
}
