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
}
