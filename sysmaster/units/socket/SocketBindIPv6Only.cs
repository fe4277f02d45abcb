namespace SysMaster.Units.Socket;

/// <summary>Whether an IPv6 socket takes IPv4 peers too.</summary>
public enum SocketBindIPv6Only
{
    Default,
    Both,
    Ipv6Only,
}
