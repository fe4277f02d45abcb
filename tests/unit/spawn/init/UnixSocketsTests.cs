using SysMaster.Linux;
using SysMaster.Spawn.Init;

namespace SysMaster.Spawn.Tests.Init;

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class UnixSocketsTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("sysmaster-test-");

    public void Dispose() => _directory.Delete(recursive: true);

    private ByteText Path => (ByteText)System.IO.Path.Combine(_directory.FullName, "s");

    [Fact]
    public void A_listener_is_there_with_its_mode_and_can_be_connected_to()
    {
        UnixSockets.Listen(Path.Span, LibC.SOCK_STREAM, 0x180, 4, unlinkFirst: true, out int listener).Should().Be(Errno.None);
        UnixSockets.Connect(Path.Span, LibC.SOCK_STREAM, out int client).Should().Be(Errno.None);

        File.GetUnixFileMode(Path.ToString()).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Sys.PeerCredentials(new Fd(client)).Value.pid.Should().Be(Environment.ProcessId);
        _ = LibC.close(listener);
        _ = LibC.close(client);
    }

    [Fact]
    public void A_stale_node_is_in_the_way_unless_it_is_to_be_removed()
    {
        UnixSockets.Listen(Path.Span, LibC.SOCK_DGRAM, 0x1B6, 0, unlinkFirst: false, out int first).Should().Be(Errno.None);

        UnixSockets.Listen(Path.Span, LibC.SOCK_DGRAM, 0x1B6, 0, unlinkFirst: false, out int second).Should().Be(Errno.EADDRINUSE);
        UnixSockets.Listen(Path.Span, LibC.SOCK_DGRAM, 0x1B6, 0, unlinkFirst: true, out int third).Should().Be(Errno.None);

        second.Should().Be(-1);
        UnixSockets.SendTo(Path.Span, "hello"u8).Should().Be(Errno.None);
        _ = LibC.close(first);
        _ = LibC.close(third);
    }

    [Fact]
    public void What_cannot_be_is_an_errno()
    {
        UnixSockets.Connect(Path.Span, LibC.SOCK_STREAM, out _).Should().Be(Errno.ENOENT);
        UnixSockets.Listen(default, LibC.SOCK_STREAM, 0, 1, false, out _).Should().Be(Errno.ENAMETOOLONG);
        UnixSockets.Listen(new byte[108], LibC.SOCK_STREAM, 0, 1, false, out _).Should().Be(Errno.ENAMETOOLONG);
        UnixSockets.SendTo(Path.Span, "x"u8).Should().Be(Errno.ENOENT);
    }
}
