using SysMaster.Core.Directives;

namespace SysMaster.Units.Socket;

/// <summary>The kinds of values that only [Socket] has.</summary>
internal static class SocketKinds
{
    public static readonly Kind<SocketBindIPv6Only> BindIPv6Onlys = new EnumKind<SocketBindIPv6Only>("Failed to parse bind IPv6 only value, ignoring: ", ["default", "both", "ipv6-only"], yes: 2, no: 1);
    public static readonly Kind<SocketTimestamping> Timestampings = new EnumKind<SocketTimestamping>("Failed to parse timestamping precision, ignoring: ", ["off", "us", "ns"], yes: 1, no: 0);
    public static readonly Kind<int> Protocol = new SocketProtocolKind();
    public static readonly Kind<int> Tos = new IpTosKind();
    public static readonly Kind<ListenSpec[]> Listens = new ListenKind();
    public static readonly Kind<ListenSpec[]> OfStream = new ListenOfKind(SocketListenType.Stream);
    public static readonly Kind<ListenSpec[]> OfDatagram = new ListenOfKind(SocketListenType.Datagram);
    public static readonly Kind<ListenSpec[]> OfSequentialPacket = new ListenOfKind(SocketListenType.SequentialPacket);
    public static readonly Kind<ListenSpec[]> OfNetlink = new ListenOfKind(SocketListenType.Netlink);
    public static readonly Kind<ListenSpec[]> OfFIFO = new ListenOfKind(SocketListenType.FIFO);
    public static readonly Kind<ListenSpec[]> OfSpecial = new ListenOfKind(SocketListenType.Special);
    public static readonly Kind<ListenSpec[]> OfMessageQueue = new ListenOfKind(SocketListenType.MessageQueue);
    public static readonly Kind<ListenSpec[]> OfUSBFunction = new ListenOfKind(SocketListenType.USBFunction);

    // With its own type: the listen kinds ask it for words.
    public static readonly EnumKind<SocketListenType> ListenTypes = new("", ["Stream", "Datagram", "SequentialPacket", "Netlink", "FIFO", "Special", "MessageQueue", "USBFunction"]);
}
