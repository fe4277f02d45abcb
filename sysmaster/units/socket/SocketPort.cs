using SysMaster.Core;
using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.Units.Socket;

/// <summary>One open (or not yet open) end of a socket unit: its Listen…= line, its descriptor, its place in the loop.</summary>
public sealed class SocketPort(ListenSpec spec)
{
    public ListenSpec Spec { get; } = spec;

    /// <summary>Null while closed.</summary>
    public OwnedFd? Fd { get; internal set; }

    internal FdSource? Source { get; set; }

    /// <summary>PollLimitBurst=: how often it was ready, since it is watched.</summary>
    internal RateLimit Polls;

    /// <summary>Not watched before then, since it was ready too often; zero: it may be.</summary>
    internal Usec PausedUntil;

    /// <summary>Under which number init keeps it; -1: it does not. It stays the same while the port is open, wherever in the list it moves.</summary>
    internal int Key { get; set; } = -1;

    public bool IsOpen => Fd is { IsValid: true };

    /// <summary>It is a socket (not a FIFO, a file or a queue).</summary>
    public bool IsSocket => Spec.Type is SocketListenType.Stream or SocketListenType.Datagram or SocketListenType.SequentialPacket or SocketListenType.Netlink;

    /// <summary>accept(2) works on it.</summary>
    public bool CanAccept => Spec.Type is SocketListenType.Stream or SocketListenType.SequentialPacket;

    /// <summary>A node in the file system: AF_UNIX by path, a FIFO or a file.</summary>
    public bool HasPath => Spec.Type is SocketListenType.FIFO or SocketListenType.Special || (IsSocket && Spec.Type != SocketListenType.Netlink && Spec.Address.StartsWith("/"u8));

    internal void Close()
    {
        Source?.Dispose();
        Source = null;
        Fd?.Dispose();
        Fd = null;
        Key = -1;
    }
}
