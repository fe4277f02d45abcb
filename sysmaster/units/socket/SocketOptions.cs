using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;

namespace SysMaster.Units.Socket;

/// <summary>Options of [Socket] that become setsockopt(2). A refused one is a warning: the socket works all the same, as in systemd.</summary>
internal static class SocketOptions
{
    /// <summary>What decides the bind: a refusal is an error.</summary>
    public static Errno BeforeBind(SocketUnit unit, Fd fd, int domain)
    {
        bool isIp = domain is LibC.AF_INET or LibC.AF_INET6;
        if (isIp)
        {
            Errno error = Sys.SetSocketOption(fd, LibC.SOL_SOCKET, LibC.SO_REUSEADDR, 1);
            if (error.Failed) { return error; }
        }
        SocketBindIPv6Only only = unit.Get(SocketDirectives.BindIPv6Only);
        if (domain == LibC.AF_INET6 && only != SocketBindIPv6Only.Default)
        {
            Errno error = Sys.SetSocketOption(fd, LibC.IPPROTO_IPV6, LibC.IPV6_V6ONLY, only == SocketBindIPv6Only.Ipv6Only ? 1 : 0);
            if (error.Failed) { return error; }
        }
        if (!isIp) { return Errno.None; }
        ByteText device = unit.Get(SocketDirectives.BindToDevice);
        if (!device.IsEmpty)
        {
            Errno error = Sys.SetSocketOption(fd, LibC.SOL_SOCKET, LibC.SO_BINDTODEVICE, device);
            if (error.Failed) { return error; }
        }
        if (unit.Get(SocketDirectives.ReusePort)) { Try(unit, fd, "SO_REUSEPORT", LibC.SOL_SOCKET, LibC.SO_REUSEPORT, 1); }
        if (unit.Get(SocketDirectives.FreeBind)) { Try(unit, fd, "IP_FREEBIND", LibC.IPPROTO_IP, LibC.IP_FREEBIND, 1); }
        if (unit.Get(SocketDirectives.Transparent))
        {
            bool v6 = domain == LibC.AF_INET6;
            Try(unit, fd, "IP_TRANSPARENT", v6 ? LibC.IPPROTO_IPV6 : LibC.IPPROTO_IP, v6 ? LibC.IPV6_TRANSPARENT : LibC.IP_TRANSPARENT, 1);
        }
        return Errno.None;
    }

    /// <summary>All others, on a listener and on each accepted connection.</summary>
    public static void Apply(SocketUnit unit, Fd fd)
    {
        Result<int> family = Sys.SocketOption(fd, LibC.SOL_SOCKET, LibC.SO_DOMAIN);
        if (family.Failed) { return; }
        int domain = family.Value;
        ApplyTcp(unit, fd);
        if (unit.Get(SocketDirectives.Broadcast)) { Try(unit, fd, "SO_BROADCAST", LibC.SOL_SOCKET, LibC.SO_BROADCAST, 1); }
        if (unit.Get(SocketDirectives.PassCredentials)) { Try(unit, fd, "SO_PASSCRED", LibC.SOL_SOCKET, LibC.SO_PASSCRED, 1); }
        if (unit.Get(SocketDirectives.PassSecurity)) { Try(unit, fd, "SO_PASSSEC", LibC.SOL_SOCKET, LibC.SO_PASSSEC, 1); }
        if (unit.Get(SocketDirectives.PassPacketInfo)) { PassPacketInfo(unit, fd, domain); }
        switch (unit.Get(SocketDirectives.Timestamping))
        {
            case SocketTimestamping.Us: Try(unit, fd, "SO_TIMESTAMP", LibC.SOL_SOCKET, LibC.SO_TIMESTAMP, 1); break;
            case SocketTimestamping.Ns: Try(unit, fd, "SO_TIMESTAMPNS", LibC.SOL_SOCKET, LibC.SO_TIMESTAMPNS, 1); break;
        }
        if (unit.Get(SocketDirectives.Priority) >= 0) { Try(unit, fd, "SO_PRIORITY", LibC.SOL_SOCKET, LibC.SO_PRIORITY, unit.Get(SocketDirectives.Priority)); }
        SetBuffer(unit, fd, "SO_RCVBUF", unit.Get(SocketDirectives.ReceiveBuffer), LibC.SO_RCVBUFFORCE, LibC.SO_RCVBUF);
        SetBuffer(unit, fd, "SO_SNDBUF", unit.Get(SocketDirectives.SendBuffer), LibC.SO_SNDBUFFORCE, LibC.SO_SNDBUF);
        if (unit.Get(SocketDirectives.Mark) >= 0) { Try(unit, fd, "SO_MARK", LibC.SOL_SOCKET, LibC.SO_MARK, unit.Get(SocketDirectives.Mark)); }
        if (domain is not (LibC.AF_INET or LibC.AF_INET6)) { return; }
        if (unit.Get(SocketDirectives.IPTOS) >= 0) { Try(unit, fd, "IP_TOS", LibC.IPPROTO_IP, LibC.IP_TOS, unit.Get(SocketDirectives.IPTOS)); }
        if (unit.Get(SocketDirectives.IPTTL) >= 0)
        {
            bool v6 = domain == LibC.AF_INET6;
            Try(unit, fd, "IP_TTL", v6 ? LibC.IPPROTO_IPV6 : LibC.IPPROTO_IP, v6 ? LibC.IPV6_UNICAST_HOPS : LibC.IP_TTL, unit.Get(SocketDirectives.IPTTL));
        }
    }

    private static void ApplyTcp(SocketUnit unit, Fd fd)
    {
        if (unit.Get(SocketDirectives.KeepAlive)) { Try(unit, fd, "SO_KEEPALIVE", LibC.SOL_SOCKET, LibC.SO_KEEPALIVE, 1); }
        TrySeconds(unit, fd, "TCP_KEEPIDLE", LibC.TCP_KEEPIDLE, unit.Get(SocketDirectives.KeepAliveTimeSec));
        TrySeconds(unit, fd, "TCP_KEEPINTVL", LibC.TCP_KEEPINTVL, unit.Get(SocketDirectives.KeepAliveIntervalSec));
        uint probes = unit.Get(SocketDirectives.KeepAliveProbes);
        if (probes > 0) { Try(unit, fd, "TCP_KEEPCNT", LibC.IPPROTO_TCP, LibC.TCP_KEEPCNT, (int)probes); }
        TrySeconds(unit, fd, "TCP_DEFER_ACCEPT", LibC.TCP_DEFER_ACCEPT, unit.Get(SocketDirectives.DeferAcceptSec));
        if (unit.Get(SocketDirectives.NoDelay)) { Try(unit, fd, "TCP_NODELAY", LibC.IPPROTO_TCP, LibC.TCP_NODELAY, 1); }
        ByteText algorithm = unit.Get(SocketDirectives.TCPCongestion);
        if (!algorithm.IsEmpty) { Warn(unit, "TCP_CONGESTION", Sys.SetSocketOption(fd, LibC.IPPROTO_TCP, LibC.TCP_CONGESTION, algorithm)); }
    }

    private static void PassPacketInfo(SocketUnit unit, Fd fd, int domain)
    {
        switch (domain)
        {
            case LibC.AF_INET: Try(unit, fd, "IP_PKTINFO", LibC.IPPROTO_IP, LibC.IP_PKTINFO, 1); break;
            case LibC.AF_INET6: Try(unit, fd, "IPV6_RECVPKTINFO", LibC.IPPROTO_IPV6, LibC.IPV6_RECVPKTINFO, 1); break;
            case LibC.AF_NETLINK: Try(unit, fd, "NETLINK_PKTINFO", LibC.SOL_NETLINK, LibC.NETLINK_PKTINFO, 1); break;
        }
    }

    /// <summary>Past the system's limit if we may.</summary>
    private static void SetBuffer(SocketUnit unit, Fd fd, string name, ulong size, int force, int plain)
    {
        if (size == 0) { return; }
        int bytes = (int)Math.Min(size, int.MaxValue);
        if (!Sys.SetSocketOption(fd, LibC.SOL_SOCKET, force, bytes).Failed) { return; }
        Try(unit, fd, name, LibC.SOL_SOCKET, plain, bytes);
    }

    private static void TrySeconds(SocketUnit unit, Fd fd, string name, int option, Usec span)
    {
        if (span == Usec.Zero) { return; }
        Try(unit, fd, name, LibC.IPPROTO_TCP, option, (int)Math.Min(span.Value / Usec.PerSec, int.MaxValue));
    }

    private static void Try(SocketUnit unit, Fd fd, string name, int level, int option, int value) => Warn(unit, name, Sys.SetSocketOption(fd, level, option, value));

    private static void Warn(SocketUnit unit, string name, Errno error)
    {
        if (error.Failed) { Log.Warning(unit, $"{name} failed: {error.ToString()}"); }
    }
}
