namespace SysMaster.UnitFiles;

/// <summary>What a Listen…= address names.</summary>
public enum SocketAddressKind
{
    None,

    /// <summary>AF_UNIX in the file system.</summary>
    Path,

    /// <summary>AF_UNIX in the abstract name space.</summary>
    Abstract,

    /// <summary>AF_INET or AF_INET6, with an address.</summary>
    Ip,

    /// <summary>A port alone: every address, IPv6 where the kernel has it, else IPv4.</summary>
    Port,
    Vsock,
    Netlink,
}
