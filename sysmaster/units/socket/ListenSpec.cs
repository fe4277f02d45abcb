using SysMaster.Linux;

namespace SysMaster.Units.Socket;

/// <summary>One Listen…= line.</summary>
/// <param name="Type">Which of them.</param>
/// <param name="Address">Path, "@abstract", "host:port", "port", "vsock:…" or netlink family and group, specifiers expanded.</param>
public readonly record struct ListenSpec(SocketListenType Type, ByteText Address);
