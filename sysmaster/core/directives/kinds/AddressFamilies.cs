namespace SysMaster.Core.Directives;

/// <summary>Address families by name, address_families(7).</summary>
internal static class AddressFamilies
{
    private static readonly string[] s_names =   // without the AF_
    [
        "UNIX", "LOCAL", "INET", "AX25", "IPX", "APPLETALK", "NETROM", "BRIDGE", "ATMPVC", "X25", "INET6", "ROSE", "DECnet", "NETBEUI", "SECURITY", "KEY",
        "NETLINK", "ROUTE", "PACKET", "ASH", "ECONET", "ATMSVC", "RDS", "SNA", "IRDA", "PPPOX", "WANPIPE", "LLC", "IB", "MPLS", "CAN", "TIPC", "BLUETOOTH",
        "IUCV", "RXRPC", "ISDN", "PHONET", "IEEE802154", "CAIF", "ALG", "NFC", "VSOCK", "KCM", "QIPCRTR", "SMC", "XDP", "FILE",
    ];

    public static bool IsKnown(ReadOnlySpan<byte> name)
    {
        if (!name.StartsWith("AF_"u8))
            return false;
        foreach (string known in s_names)
        {
            if (System.Text.Ascii.Equals(name[3..], known))
                return true;
        }
        return false;
    }

    /// <summary>The kernel's numbers of what the list names, in order; names taken out again are left out.</summary>
    public static int[] Numbers(FilterList list)
    {
        var numbers = new List<int>();
        foreach (FilterRule rule in list.Rules)
        {
            if (rule.Adds && NumberOf(rule.Name.Span) is { } number && !numbers.Contains(number)) { numbers.Add(number); }
        }
        return [.. numbers];
    }

    private static int? NumberOf(ReadOnlySpan<byte> name)
    {
        if (!name.StartsWith("AF_"u8)) { return null; }
        foreach ((string known, int number) in s_numbers)
        {
            if (System.Text.Ascii.Equals(name[3..], known)) { return number; }
        }
        return null;
    }

    private static readonly (string, int)[] s_numbers =
    [
        ("UNIX", 1), ("LOCAL", 1), ("INET", 2), ("AX25", 3), ("IPX", 4), ("APPLETALK", 5), ("NETROM", 6), ("BRIDGE", 7), ("ATMPVC", 8),
        ("X25", 9), ("INET6", 10), ("ROSE", 11), ("DECnet", 12), ("NETBEUI", 13), ("SECURITY", 14), ("KEY", 15), ("NETLINK", 16),
        ("ROUTE", 16), ("PACKET", 17), ("ASH", 18), ("ECONET", 19), ("ATMSVC", 20), ("RDS", 21), ("SNA", 22), ("IRDA", 23), ("PPPOX", 24),
        ("WANPIPE", 25), ("LLC", 26), ("IB", 27), ("MPLS", 28), ("CAN", 29), ("TIPC", 30), ("BLUETOOTH", 31), ("IUCV", 32), ("RXRPC", 33),
        ("ISDN", 34), ("PHONET", 35), ("IEEE802154", 36), ("CAIF", 37), ("ALG", 38), ("NFC", 39), ("VSOCK", 40), ("KCM", 41),
        ("QIPCRTR", 42), ("SMC", 43), ("XDP", 44),
    ];
}
