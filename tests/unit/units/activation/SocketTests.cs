using System.Net;
using System.Net.Sockets;
using SysMaster.Core;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.Units.Service;
using SysMaster.Units.Socket;

namespace SysMaster.Units.Tests.Activation;

public sealed class SocketTests
{
    private const string Service = "[Service]\nExecStart=/bin/true\n";

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    [Fact]
    public void Every_kind_of_listener_is_open_while_the_unit_listens()
    {
        int port = FreePort();
        using TestManager t = new TestManager().With("a.service", Service).With("a.socket", $$"""
            [Socket]
            ListenStream={dir}/deep/stream
            ListenDatagram={dir}/datagram
            ListenSequentialPacket=@sysmaster-test-{{port}}
            ListenFIFO={dir}/fifo
            ListenStream=127.0.0.1:{{port}}
            ListenDatagram=127.0.0.1:{{port}}
            ListenNetlink=kobject-uevent 0
            ListenSpecial=/dev/null
            SocketMode=0600
            FileDescriptorName=one
            """).Up();

        SocketUnit socket = t.Start<SocketUnit>("a.socket");

        socket.State.Should().Be(SocketState.Listening);
        socket.Ports.Should().HaveCount(8).And.OnlyContain(static p => p.IsOpen);
        List<int> fds = [];
        List<string> names = [];
        socket.CollectActivationFds(fds, names);
        fds.Should().Equal(socket.Ports.Select(static p => p.Fd!.Value));
        names.Should().OnlyContain(static n => n == "one");
        (Sys.Stat(t.Path("deep/stream")).Value.Mode & 0x1FF).Should().Be(0x180u);
        (Sys.Stat(t.Path("fifo")).Value.Mode & LibC.S_IFMT).Should().Be(LibC.S_IFIFO);
    }

    [Fact]
    public void Options_reach_the_kernel()
    {
        using TestManager t = new TestManager().With("a.service", Service).With("a.socket", $$"""
            [Socket]
            ListenStream=127.0.0.1:{{FreePort()}}
            KeepAlive=yes
            KeepAliveTimeSec=77
            KeepAliveProbes=3
            NoDelay=yes
            Priority=5
            IPTTL=42
            IPTOS=low-delay
            ReusePort=yes
            FreeBind=yes
            PassCredentials=yes
            """).Up();

        Fd fd = t.Start<SocketUnit>("a.socket").Ports[0].Fd!.Fd;

        Sys.SocketOption(fd, LibC.SOL_SOCKET, LibC.SO_KEEPALIVE).Value.Should().Be(1);
        Sys.SocketOption(fd, LibC.IPPROTO_TCP, LibC.TCP_KEEPIDLE).Value.Should().Be(77);
        Sys.SocketOption(fd, LibC.IPPROTO_TCP, LibC.TCP_KEEPCNT).Value.Should().Be(3);
        Sys.SocketOption(fd, LibC.IPPROTO_TCP, LibC.TCP_NODELAY).Value.Should().Be(1);
        Sys.SocketOption(fd, LibC.IPPROTO_IP, LibC.IP_TTL).Value.Should().Be(42);
        Sys.SocketOption(fd, LibC.IPPROTO_IP, LibC.IP_TOS).Value.Should().Be(0x10);
        Sys.SocketOption(fd, LibC.SOL_SOCKET, LibC.SO_REUSEPORT).Value.Should().Be(1);
        Sys.SocketOption(fd, LibC.IPPROTO_IP, LibC.IP_FREEBIND).Value.Should().Be(1);
    }

    [Fact]
    public void Traffic_starts_the_service_and_its_end_makes_the_socket_listen_again()
    {
        using TestManager t = new TestManager().With("a.service", Service).With("a.socket", "[Socket]\nListenDatagram={dir}/s\nFlushPending=yes\n").Up();
        SocketUnit socket = t.Start<SocketUnit>("a.socket");

        using OwnedFd client = Sys.ConnectUnix(t.Path("s").Span, LibC.SOCK_DGRAM).Value;
        Sys.Write(client.Fd, "x"u8).Failed.Should().BeFalse();
        // There is no executor: the service fails at once, and nothing it should have read is left.
        t.Until(() => socket.Service!.ActiveState == UnitActiveState.Failed && socket.State == SocketState.Listening);

        t.Manager.JobsInstalled.Should().BeGreaterThan(1);
        socket.Result.Should().Be(SocketResult.Success);
    }

    [Fact]
    public void A_service_that_never_reads_hits_the_trigger_limit()
    {
        using TestManager t = new TestManager().With("a.service", "StartLimitBurst=0\n" + Service)
            .With("a.socket", "[Socket]\nListenDatagram={dir}/s\nTriggerLimitBurst=3\n").Up();
        SocketUnit socket = t.Start<SocketUnit>("a.socket");

        using OwnedFd client = Sys.ConnectUnix(t.Path("s").Span, LibC.SOCK_DGRAM).Value;
        Sys.Write(client.Fd, "x"u8).Failed.Should().BeFalse();
        t.Until(() => socket.State == SocketState.Failed);

        socket.Result.Should().Be(SocketResult.TriggerLimitHit);
        socket.Ports.Should().OnlyContain(static p => !p.IsOpen);
    }

    [Fact]
    public void Stopping_closes_and_removes_what_RemoveOnStop_says()
    {
        using TestManager t = new TestManager().With("a.service", Service)
            .With("a.socket", "[Socket]\nListenStream={dir}/s\nSymlinks={dir}/link\nRemoveOnStop=yes\n").Up();
        SocketUnit socket = t.Start<SocketUnit>("a.socket");
        Sys.ReadLink(t.Path("link")).Value.Should().Be(t.Path("s"));

        t.Do(JobType.Stop, socket).Should().BeNull();

        socket.State.Should().Be(SocketState.Dead);
        Sys.Exists(t.Path("s")).Should().BeFalse();
        Sys.Stat(t.Path("link"), followLinks: false).Failed.Should().BeTrue();
    }

    [Fact]
    public void A_second_start_takes_over_the_node_of_the_first()
    {
        using TestManager t = new TestManager().With("a.service", Service).With("a.socket", "[Socket]\nListenStream={dir}/s\n").Up();
        SocketUnit socket = t.Start<SocketUnit>("a.socket");
        t.Do(JobType.Stop, socket);
        Sys.Exists(t.Path("s")).Should().BeTrue();

        t.Do(JobType.Start, socket).Should().BeNull();

        socket.State.Should().Be(SocketState.Listening);
        Sys.ConnectUnix(t.Path("s").Span, LibC.SOCK_STREAM).Failed.Should().BeFalse();
    }

    [Fact]
    public void An_address_in_use_fails_the_unit()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        using TestManager t = new TestManager().With("a.service", Service)
            .With("a.socket", $"[Socket]\nListenStream=127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}\n").Up();

        SocketUnit socket = t.Load<SocketUnit>("a.socket");
        t.Do(JobType.Start, socket);

        socket.State.Should().Be(SocketState.Failed);
        socket.Result.Should().Be(SocketResult.Resources);
    }

    [Fact]
    public void Accept_makes_an_instance_for_each_connection()
    {
        int port = FreePort();
        using TestManager t = new TestManager().With("a@.service", Service).With("a.socket", $"[Socket]\nListenStream=127.0.0.1:{port}\nAccept=yes\n").Up();
        SocketUnit socket = t.Start<SocketUnit>("a.socket");

        using var client = new TcpClient("127.0.0.1", port);
        t.Until(() => socket.AcceptedCount == 1);

        int from = ((IPEndPoint)client.Client.LocalEndPoint!).Port;
        UnitName name = UnitName.Parse($"a@0-127.0.0.1:{port}-127.0.0.1:{from}.service");
        name.IsValid.Should().BeTrue();
        socket.State.Should().Be(SocketState.Listening);
        // The instance could not be executed, is down, and counts no longer.
        t.Until(() => socket.ConnectionCount == 0);
    }

    [Fact]
    public void A_unix_peer_names_the_instance_by_PID_and_UID()
    {
        using OwnedFd listener = Sys.ListenUnix("@sysmaster-test-peer"u8, LibC.SOCK_STREAM).Value;
        using OwnedFd client = Sys.ConnectUnix("@sysmaster-test-peer"u8, LibC.SOCK_STREAM).Value;
        using OwnedFd connection = Sys.Accept(listener.Fd).Value;

        SocketPeer peer = SocketPeer.Of(7, connection.Fd).Value;

        peer.Instance.Should().Be($"7-{LibC.getpid()}-{LibC.getuid()}");
        peer.Text.Should().Be($"PID {LibC.getpid()}/UID {LibC.getuid()}");
        peer.Source.Should().BeNull();
    }

    [Fact]
    public void A_queued_stop_refuses_connections()
    {
        using TestManager t = new TestManager().With("a@.service", Service).With("a.socket", "[Socket]\nListenStream={dir}/s\nAccept=yes\n").Up();
        SocketUnit socket = t.Start<SocketUnit>("a.socket");
        t.Manager.AddJob(JobType.Stop, socket, Core.Directives.JobMode.Replace, out _).Should().BeNull();

        using OwnedFd client = Sys.ConnectUnix(t.Path("s").Span, LibC.SOCK_STREAM).Value;
        t.Manager.Loop.Turn(1000);

        (socket.AcceptedCount, socket.RefusedCount).Should().Be((0u, 1u));
    }

    [Fact]
    public void A_limit_of_no_connections_is_a_bad_setting()
    {
        using TestManager t = new TestManager().With("a@.service", Service)
            .With("a.socket", "[Socket]\nListenStream={dir}/s\nAccept=yes\nMaxConnections=0\n").Up();

        t.Load<SocketUnit>("a.socket").LoadState.Should().Be(UnitLoadState.BadSetting);
    }

    [Theory]
    [InlineData("[Socket]\n")]
    [InlineData("[Socket]\nListenDatagram={dir}/d\nAccept=yes\n")]
    [InlineData("[Socket]\nListenStream={dir}/d\nAccept=yes\nService=b.service\n")]
    public void Contradictions_make_it_a_bad_setting(string content)
    {
        using TestManager t = new TestManager().With("a.service", Service).With("b.service", Service).With("a.socket", content).Up();

        t.Load<SocketUnit>("a.socket").LoadState.Should().Be(UnitLoadState.BadSetting);
    }

    [Fact]
    public void Descriptors_of_the_former_manager_are_taken_back_only_if_they_are_what_the_file_lists()
    {
        using TestManager t = new TestManager().With("a.service", Service).With("a.socket", "[Socket]\nListenStream={dir}/s\nListenStream={dir}/t\n").Up();
        SocketUnit socket = t.Load<SocketUnit>("a.socket");
        OwnedFd second = Sys.ListenUnix(t.Path("t").Span, LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK).Value;
        OwnedFd stranger = Sys.ListenUnix(t.Path("u").Span, LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK).Value;

        socket.OnKeptFd("0", second);
        socket.OnKeptFd("1", stranger);

        socket.Ports[0].IsOpen.Should().BeFalse();
        socket.Ports[1].Fd.Should().BeSameAs(second);
        stranger.IsValid.Should().BeFalse();
    }
}
