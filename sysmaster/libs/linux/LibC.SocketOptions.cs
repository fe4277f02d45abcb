using System.Runtime.InteropServices;

namespace SysMaster.Linux;

/// <summary>Options of sockets beyond the everyday ones, pipes and message queues. socket(7), ip(7), ipv6(7), tcp(7), mq_overview(7).</summary>
public static unsafe partial class LibC
{
    public const int SO_BROADCAST = 6;
    public const int SO_PRIORITY = 12;
    public const int SO_REUSEPORT = 15;
    public const int SO_BINDTODEVICE = 25;
    public const int SO_TIMESTAMP = 29;
    public const int SO_TIMESTAMPNS = 35;
    public const int SO_MARK = 36;
    public const int SO_DOMAIN = 39;
    public const int IPPROTO_IP = 0;
    public const int IPPROTO_TCP = 6;
    public const int IPPROTO_IPV6 = 41;
    public const int IP_TOS = 1;
    public const int IP_TTL = 2;
    public const int IP_PKTINFO = 8;
    public const int IP_FREEBIND = 15;
    public const int IP_TRANSPARENT = 19;
    public const int IPV6_UNICAST_HOPS = 16;
    public const int IPV6_V6ONLY = 26;
    public const int IPV6_RECVPKTINFO = 49;
    public const int IPV6_TRANSPARENT = 75;
    public const int TCP_NODELAY = 1;
    public const int TCP_KEEPIDLE = 4;
    public const int TCP_KEEPINTVL = 5;
    public const int TCP_KEEPCNT = 6;
    public const int TCP_DEFER_ACCEPT = 9;
    public const int TCP_CONGESTION = 13;
    public const int SOL_NETLINK = 270;
    public const int NETLINK_PKTINFO = 3;
    public const int F_SETPIPE_SZ = 1031;

    /// <summary>struct mq_attr, mq_getattr(3).</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct mq_attr
    {
        public long mq_flags;
        public long mq_maxmsg;
        public long mq_msgsize;
        public long mq_curmsgs;
        private long _reserved0, _reserved1, _reserved2, _reserved3;
    }

    [LibraryImport("libc")]
    public static partial uint umask(uint mask);

    [LibraryImport("libc", SetLastError = true)]
    public static partial uint if_nametoindex(byte* name);
}
