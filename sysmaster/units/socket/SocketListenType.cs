namespace SysMaster.Units.Socket;

/// <summary>What kind of end a Listen…= opens.</summary>
public enum SocketListenType
{
    Stream,
    Datagram,
    SequentialPacket,
    Netlink,
    FIFO,
    Special,
    MessageQueue,
    USBFunction,
}
