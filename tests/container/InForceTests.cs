using SysMaster.TestRigs;

namespace SysMaster.Container.Tests;

/// <summary>Settings that Debian's systemd is built without, or that are newer than it: seen with ours alone, by what a process may do and has.</summary>
public sealed class InForceTests(Containers containers) : IClassFixture<Containers>
{
    private const string Bind = "perl -MSocket -e 'socket(my $s, $ARGV[1] == 6 ? AF_INET6 : AF_INET, $ARGV[2] eq \"udp\" ? SOCK_DGRAM : SOCK_STREAM, 0) or die $!; "
        + "print bind($s, $ARGV[1] == 6 ? sockaddr_in6($ARGV[0], (\"\\0\" x 15) . \"\\1\") : sockaddr_in($ARGV[0], inet_aton(\"127.0.0.1\"))) ? \"done\" : $!' -- ";

    [Theory]
    [InlineData("-p SocketBindDeny=any", "4711 4 tcp", "Operation not permitted")]
    [InlineData("-p SocketBindDeny=any", "4711 6 udp", "Operation not permitted")]
    [InlineData("-p SocketBindDeny=any -p SocketBindAllow=4711", "4711 4 tcp", "done")]
    [InlineData("-p SocketBindDeny=any -p SocketBindAllow=4711", "4712 4 tcp", "Operation not permitted")]
    [InlineData("-p SocketBindDeny=tcp:4700-4711", "4711 4 tcp", "Operation not permitted")]
    [InlineData("-p SocketBindDeny=tcp:4700-4711", "4700 6 tcp", "Operation not permitted")]
    [InlineData("-p SocketBindDeny=tcp:4700-4711", "4711 4 udp", "done")]
    [InlineData("-p SocketBindDeny=tcp:4700-4711", "4712 4 tcp", "done")]
    [InlineData("-p SocketBindDeny=tcp:4700-4711", "4699 4 tcp", "done")]
    [InlineData("-p SocketBindDeny=ipv6", "4711 4 tcp", "done")]
    [InlineData("-p SocketBindDeny=ipv6", "4711 6 tcp", "Operation not permitted")]
    public void A_socket_binds_where_it_may(string settings, string bind, string expected)
        => Ours.Must($"systemd-run -q --wait --pipe {settings} -- {Bind}{bind}").Should().Be(expected);

    [Theory]
    [InlineData("lo", true)]
    [InlineData("~lo", false)]
    [InlineData("nosuchif0", false)]
    [InlineData("~nosuchif0", true)]
    public void Packets_take_the_interfaces_they_may(string list, bool passes)
        => Ours.Exec($"systemd-run -q --wait --pipe -p 'RestrictNetworkInterfaces={list}' -- perl -MSocket -e 'socket(my $s, AF_INET, SOCK_DGRAM, 0); "
            + "exit(send($s, \"x\", 0, sockaddr_in(9, inet_aton(\"127.0.0.1\"))) ? 0 : 1)'").Code.Should().Be(passes ? 0 : 1);

    [Fact]
    public void A_filter_goes_when_it_is_taken_back()
    {
        Machine machine = Ours;
        machine.Must($"systemd-run -q --unit=takes-back -p SocketBindDeny=any -- sh -c 'sleep 2; {Bind.Replace("'", "'\\''", StringComparison.Ordinal)}4711 4 tcp >/run/takes-back; sleep 1000'");
        machine.Must("systemctl set-property --runtime takes-back SocketBindDeny=");
        machine.Until("test -s /run/takes-back", 10);
        machine.Must("cat /run/takes-back; systemctl stop takes-back").Should().Be("done");
    }

    [Fact]
    public void Files_are_opened_for_a_service_that_may_not_open_them()
    {
        Machine machine = Ours;
        machine.Must("install -m 600 /dev/null /run/secret && echo hidden >/run/secret && install -m 600 /dev/null /run/appended && echo first >/run/appended");
        machine.Must("""
            cat >/etc/systemd/system/opens.service <<X
            [Service]
            Type=oneshot
            User=nobody
            OpenFile=/run/secret:the-secret:read-only
            OpenFile=/run/no-such-file::graceful
            OpenFile=/run/appended::append
            ExecStart=bash -c 'echo \$\$LISTEN_FDS \$\$LISTEN_FDNAMES; cat <&3; cat /run/secret; echo second >&4'
            X
            systemctl daemon-reload; systemctl start opens; cat /run/appended
            """).Should().Be("first\nsecond");
        machine.Until("journalctl -u opens -o cat --no-pager | grep -q 'Permission denied'", 10);
        machine.Must("journalctl -u opens -o cat --no-pager").Should().Contain("2 the-secret:appended").And.Contain("hidden").And.Contain("Permission denied");
    }

    [Fact]
    public void A_file_that_is_not_there_ends_the_start()
    {
        Machine machine = Ours;
        machine.Must("printf '[Service]\\nType=oneshot\\nOpenFile=/run/no-such-file\\nExecStart=true\\n' >/etc/systemd/system/opens-none.service; systemctl daemon-reload");
        machine.Exec("systemctl start opens-none").Code.Should().Be(1);
        machine.Must("systemctl show -P ExecMainStatus opens-none").Should().Be("202");
    }

    [Fact]
    public void The_bus_is_told_not_to_ask_us_for_names()
        => Ours.Must("tr '\\0' '\\n' </proc/$(systemctl show -P MainPID dbus)/environ").Should().Contain("SYSTEMD_NSS_DYNAMIC_BYPASS=1");

    private Machine Ours => containers.Get("sysmaster", "minimal");
}
