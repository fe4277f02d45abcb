using FluentAssertions;
using SysMaster.Linux;
using Xunit;

namespace SysMaster.DBus.Wire.Tests;

public sealed class SocketTests
{
    [Fact]
    public void An_abstract_name_is_listened_at_and_connected_to()
    {
        byte[] name = [.. "@wire-test-"u8, .. Guid.NewGuid().ToByteArray().SelectMany(b => b.ToString("x2").Select(c => (byte)c))];
        using OwnedFd listener = Sys.ListenUnix(name, LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK).Value;
        Sys.Accept(listener.Fd).Error.Should().Be(Errno.EAGAIN);

        using OwnedFd client = Sys.ConnectUnix(name, LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK).Value;
        using OwnedFd accepted = Sys.Accept(listener.Fd).Value;

        Sys.PeerCredentials(accepted.Fd).Value.pid.Should().Be(Environment.ProcessId);
        Sys.SendMessage(client.Fd, "hi"u8).Value.Should().Be(2);
        Sys.ReceiveMessage(accepted.Fd, new byte[8]).Value.Length.Should().Be(2);
    }

    [Fact]
    public void A_name_that_does_not_fit_is_refused()
    {
        byte[] address = new byte[Sys.SockaddrUnSize];

        Sys.UnixAddress(new byte[107].Select(_ => (byte)'a').ToArray(), address).Value.Should().Be(110);
        Sys.UnixAddress(new byte[108].Select(_ => (byte)'a').ToArray(), address).Error.Should().Be(Errno.ENAMETOOLONG);
        Sys.UnixAddress("a\0b"u8, address).Error.Should().Be(Errno.EINVAL);
        Sys.ConnectUnix("/nonexistent/socket"u8, LibC.SOCK_STREAM).Error.Should().Be(Errno.ENOENT);
    }

    [Fact]
    public void Datagrams_carry_credentials_when_asked_for()
    {
        (OwnedFd a, OwnedFd b) = Sys.SocketPair(LibC.SOCK_DGRAM | LibC.SOCK_NONBLOCK).Value;
        Sys.SetSocketOption(b.Fd, LibC.SOL_SOCKET, LibC.SO_PASSCRED, 1).Failed.Should().BeFalse();

        Sys.SendMessage(a.Fd, "READY=1"u8, [a.Value, b.Value]);
        ReceivedMessage got = Sys.ReceiveMessage(b.Fd, new byte[4]).Value;

        got.Credentials!.Value.pid.Should().Be(Environment.ProcessId);
        got.Fds.Should().HaveCount(2);
        (got.Flags & LibC.MSG_TRUNC).Should().NotBe(0);
        got.CloseFds();
        a.Dispose();
        b.Dispose();
    }
}
