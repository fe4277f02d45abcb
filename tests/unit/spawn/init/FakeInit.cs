using SysMaster.Linux;
using SysMaster.Spawn.Init;

namespace SysMaster.Spawn.Tests.Init;

/// <summary>init's ends of the two sockets, and a link on the others.</summary>
internal sealed unsafe class FakeInit : IDisposable
{
    private readonly OwnedFd _link;
    private readonly OwnedFd _call;

    public FakeInit()
    {
        (_link, OwnedFd coreLink) = Pair();
        (_call, OwnedFd coreCall) = Pair();
        Core = new InitLink(coreLink, coreCall, null);
    }

    public InitLink Core { get; }

    public Fd Link => _link.Fd;

    public Fd Call => _call.Fd;

    public static (OwnedFd, OwnedFd) Pair()
    {
        int* ends = stackalloc int[2];
        LibC.socketpair(LibC.AF_UNIX, LibC.SOCK_SEQPACKET | LibC.SOCK_CLOEXEC, 0, ends).Should().Be(0);
        return (new OwnedFd(ends[0]), new OwnedFd(ends[1]));
    }

    public void Tell(InitHeader header, ReadOnlySpan<byte> payload = default, Fd? fd = null) =>
        PacketSocket.Send(Link, header, payload, fd?.Value ?? -1).Should().Be(Errno.None);

    /// <summary>What the core has sent next on the link.</summary>
    public (InitHeader Header, string Payload, int Fd) Take()
    {
        byte[] buffer = new byte[InitProtocol.MaxPayload];
        PacketSocket.Receive(Link, out InitHeader h, buffer, out int length, out int fd, LibC.MSG_DONTWAIT).Should().Be(Errno.None);
        return (h, System.Text.Encoding.UTF8.GetString(buffer, 0, length), fd);
    }

    /// <summary>Answers stand in the socket before the call is made: nobody has to wait for anybody.</summary>
    public void WillAnswer(uint serial, int errno, Fd? fd = null) =>
        PacketSocket.Send(Call, new InitHeader(InitMessageKind.Reply, errno) { Serial = serial }, default, fd?.Value ?? -1).Should().Be(Errno.None);

    public void Dispose()
    {
        _link.Dispose();
        _call.Dispose();
        Core.Dispose();
    }
}
