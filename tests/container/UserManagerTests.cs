using SysMaster.TestRigs;

namespace SysMaster.Container.Tests;

/// <summary>user@.service, as it stands in the distribution, and `systemctl --user` against what it starts.</summary>
public sealed class UserManagerTests(Containers containers) : IClassFixture<Containers>
{
    private const string User = "XDG_RUNTIME_DIR=/run/user/1000 runuser -u user -- ";

    [Theory, EachProvider]
    public void The_manager_of_a_user_is_ready_and_in_its_scope(string provider)
    {
        Machine machine = Started(provider);
        machine.Must("systemctl show -p ActiveState -p SubState -p StatusText user@1000").Split('\n')
            .Should().BeEquivalentTo("ActiveState=active", "SubState=running", "StatusText=Ready.");
        machine.Must("cat /proc/$(systemctl show -P MainPID user@1000)/comm").Should().Be("systemd");
        machine.Must("grep ^0:: /proc/$(systemctl show -P MainPID user@1000)/cgroup")
            .Should().Be("0::/user.slice/user-1000.slice/user@1000.service/init.scope");
        machine.Must("cat /sys/fs/cgroup/user.slice/user-1000.slice/user@1000.service/cgroup.procs").Should().BeEmpty();
        machine.Must(User + "systemctl --user is-system-running").Should().Be("running");
        machine.Must(User + "systemctl --user is-active basic.target default.target dbus.socket app.slice init.scope").Should().NotContain("inactive");
        machine.Must(User + "systemctl --user --failed --no-legend --plain").Should().BeEmpty();
    }

    [Theory, EachProvider]
    public void Units_are_searched_where_the_user_and_the_distribution_have_them(string provider)
    {
        Machine machine = Started(provider);
        machine.Must(User + "systemctl --user show -P UnitPath").Split(' ').Should().Equal(
            "/home/user/.config/systemd/user.control", "/run/user/1000/systemd/user.control", "/run/user/1000/systemd/transient",
            "/run/user/1000/systemd/generator.early", "/home/user/.config/systemd/user", "/etc/xdg/systemd/user", "/etc/systemd/user",
            "/run/user/1000/systemd/user", "/run/systemd/user", "/run/user/1000/systemd/generator", "/home/user/.local/share/systemd/user",
            "/usr/local/share/systemd/user", "/usr/share/systemd/user", "/usr/local/lib/systemd/user", "/usr/lib/systemd/user",
            "/run/user/1000/systemd/generator.late");
    }

    [Theory, EachProvider]
    public void A_unit_of_the_user_runs_as_the_user(string provider)
    {
        Machine machine = WithUnit(provider, "facts.service",
            "[Service]\nType=oneshot\nRemainAfterExit=yes\n" +
            "ExecStart=/bin/sh -c 'echo \"%h %t %C %E %U %u %g\"; id -u; pwd; cut -d: -f3 /proc/self/cgroup | tail -n 1; cat /proc/self/oom_score_adj' \n" +
            "StandardOutput=file:/run/user/1000/facts\n");
        machine.Must(User + "systemctl --user start facts");
        machine.Must("cat /run/user/1000/facts").Should().Be(
            "/home/user /run/user/1000 /home/user/.cache /home/user/.config 1000 user user\n1000\n/home/user\n" +
            "/user.slice/user-1000.slice/user@1000.service/app.slice/facts.service\n200");
        machine.Must(User + "systemctl --user stop facts");
    }

    [Theory, EachProvider]
    public void The_environment_is_the_sessions_and_can_be_set(string provider)
    {
        Machine machine = Started(provider);
        machine.Must(User + "systemctl --user show-environment").Split('\n').Should()
            .Contain(["HOME=/home/user", "USER=user", "SHELL=/bin/bash", "XDG_RUNTIME_DIR=/run/user/1000", "DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/1000/bus"])
            .And.NotContain(static line => line.StartsWith("NOTIFY_SOCKET=", StringComparison.Ordinal) || line.StartsWith("INVOCATION_ID=", StringComparison.Ordinal));
        machine.Must(User + "systemctl --user set-environment COLOUR=green");
        machine.Must(User + "systemd-run --user --wait --pipe -q sh -c 'echo $COLOUR $USER'").Should().Be("green user");
        machine.Must(User + "systemctl --user unset-environment COLOUR");
        machine.Must(User + "systemd-run --user --wait --pipe -q sh -c 'echo $COLOUR $USER'").Should().Be("user");
    }

    [Theory, EachProvider]
    public void The_first_client_of_the_users_bus_starts_it_and_finds_the_manager(string provider)
    {
        Machine machine = Started(provider);
        machine.Until(User + "busctl --user get-property org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager SystemState", 10);
        machine.Must(User + "systemctl --user is-active dbus.service").Should().Be("active");
        machine.Must(User + "systemctl --user show -P ControlGroup dbus.service")
            .Should().Be("/user.slice/user-1000.slice/user@1000.service/session.slice/dbus.service");
    }

    [Theory, EachProvider]
    public void A_scope_takes_a_process_of_the_users(string provider)
    {
        Machine machine = Started(provider);
        machine.Must("systemctl start user@1000; systemd-run --uid=user --wait --pipe -q -p PAMName=login -p Environment=XDG_RUNTIME_DIR=/run/user/1000 " +
            "systemd-run --user --scope --unit=held -q sh -c 'cut -d: -f3 /proc/self/cgroup | tail -n 1'")
            .Should().Be("/user.slice/user-1000.slice/user@1000.service/app.slice/held.scope");
    }

    [Theory, EachProvider]
    public void Another_user_is_not_let_in(string provider)
    {
        Machine machine = Started(provider);
        machine.Must("cp -p /run/user/1000/systemd/private /tmp 2>/dev/null; chmod o+x /run/user/1000; chmod 666 /run/user/1000/systemd/private");
        machine.Exec("runuser -u nobody -- busctl --address=unix:path=/run/user/1000/systemd/private call org.freedesktop.systemd1 " +
            "/org/freedesktop/systemd1 org.freedesktop.systemd1.Manager Reload").Code.Should().NotBe(0);
        machine.Must("chmod o-x /run/user/1000; chmod 600 /run/user/1000/systemd/private");
    }

    [Theory, EachProvider]
    public void A_stop_stops_all_of_it_and_is_clean(string provider)
    {
        Machine machine = WithUnit(provider, "sleeper.service", "[Service]\nExecStart=sleep 1000\nExecStopPost=/bin/sh -c 'echo stopped > /tmp/sleeper-stopped'\n");
        machine.Must(User + "systemctl --user start sleeper; rm -f /tmp/sleeper-stopped");
        machine.Must("systemctl stop user@1000");
        machine.Must("systemctl show -p ActiveState -p Result user@1000").Split('\n').Should().BeEquivalentTo("ActiveState=inactive", "Result=success");
        machine.Must("cat /tmp/sleeper-stopped").Should().Be("stopped");
        machine.Exec("pgrep -u user").Text.Should().BeEmpty();
        machine.Must("systemctl --failed --no-legend --plain").Should().BeEmpty();
    }

    [Theory, EachProvider]
    public void Exit_ends_it_with_the_status_asked_for(string provider)
    {
        Machine machine = Started(provider);
        machine.Must(User + "systemctl --user exit 7");
        machine.Until("systemctl show -P ActiveState user@1000 | grep -qx failed", 10);
        machine.Must("systemctl show -P ExecMainStatus user@1000").Should().Be("7");
        machine.Must("systemctl reset-failed user@1000");
    }

    [Theory, EachProvider]
    public void A_lingering_user_has_a_manager_and_root_has_one_too(string provider)
    {
        Machine machine = containers.Get(provider, "server");
        machine.Must("loginctl disable-linger user; systemctl stop user@1000");
        machine.Until("! loginctl show-user user", 30);   // logind keeps a user for ten seconds after the last session
        machine.Must("loginctl enable-linger user");
        machine.Until("systemctl is-active user@1000", 20);
        machine.Must("loginctl disable-linger user");
        machine.Until("! systemctl is-active user@1000", 20);
        machine.Must("systemctl start user@0");
        machine.Must("XDG_RUNTIME_DIR=/run/user/0 systemctl --user is-system-running").Should().Be("running");
        machine.Must("systemctl stop user@0");
    }

    [Theory, EachProvider]
    public void A_login_through_pam_has_a_session_and_a_manager(string provider)
    {
        Machine machine = containers.Get(provider, "server");
        machine.Must("loginctl disable-linger user; systemctl stop user@1000");
        machine.Must("su -l user -c 'echo $XDG_RUNTIME_DIR; systemctl --user is-system-running --wait; loginctl show-user user -P State'")
            .Should().Be("/run/user/1000\nrunning\nactive");
        machine.Must("systemctl --failed --no-legend --plain").Should().BeEmpty();
    }

    /// <summary>Of our own making (docs/decisions/0008): systemd's user manager takes its services with it.</summary>
    [Fact]
    public void A_killed_core_leaves_services_and_comes_back()
    {
        Machine machine = WithUnit("sysmaster", "survives.service", "[Service]\nExecStart=sleep 1000\n");
        machine.Must(User + "systemctl --user start survives; " + User + "systemctl --user set-environment KEPT=yes");
        string pid = machine.Must(User + "systemctl --user show -P MainPID survives");
        string main = machine.Must("systemctl show -P MainPID user@1000");
        string core = machine.Must($"pgrep -P {main} -x sysmaster");

        machine.Must($"kill -9 {core}");

        machine.Until(User + "systemctl --user is-active survives", 10);
        machine.Must(User + "systemctl --user show -P MainPID survives").Should().Be(pid);
        machine.Must($"pgrep -P {main} -x sysmaster").Should().NotBe(core);
        machine.Must("systemctl show -P MainPID user@1000").Should().Be(main);
        machine.Must(User + "systemctl --user show-environment").Should().Contain("KEPT=yes").And.Contain("HOME=/home/user");
        machine.Must(User + "systemctl --user stop survives");
        machine.Must($"! test -d /proc/{pid}");
        machine.Must(User + "systemctl --user unset-environment KEPT");
    }

    /// <summary>
    /// Jobs that wait, clients, connections, a timer, a oneshot of two commands, a scope, the user's message bus: as with the system's (RecoveryTests).
    /// </summary>
    [Fact]
    public void A_core_killed_again_and_again_under_work_loses_nothing()
    {
        Machine machine = Started("sysmaster");
        machine.Must($$"""
            cat >/tmp/work <<'END'
            units=$XDG_RUNTIME_DIR/systemd/user; w=$XDG_RUNTIME_DIR/w; mkdir -p $units $w; rm -f $w/*
            K() { kill -9 $(pgrep -u 1000 -x sysmaster) 2>/dev/null; }
            printf '[Socket]\nListenStream=%%t/w/echo\nAccept=yes\nTriggerLimitBurst=0\n' >$units/echo.socket
            printf '[Unit]\nStartLimitIntervalSec=0\n[Service]\nStandardInput=socket\nExecStart=cat\n' >$units/echo@.service
            printf '[Unit]\nStartLimitIntervalSec=0\n[Service]\nType=oneshot\nExecStart=sh -c "echo one >>%%t/w/two"\nExecStart=sh -c "sleep 0.1; echo two >>%%t/w/two"\n' >$units/two.service
            printf '[Unit]\nAfter=two.service\n[Service]\nType=oneshot\nExecStart=true\n' >$units/behind.service
            printf '[Unit]\nStartLimitIntervalSec=0\n[Service]\nType=oneshot\nExecStart=sh -c "echo tick >>%%t/w/ticks"\n' >$units/tick.service
            printf '[Timer]\nOnActiveSec=0\nOnUnitInactiveSec=50ms\nAccuracySec=1us\n' >$units/tick.timer
            systemctl --user daemon-reload
            systemctl --user start echo.socket tick.timer
            systemd-run --user -q --unit stays sleep 1000
            stays=$(systemctl --user show -P MainPID stays); sockets=$(stat -c %i $w/echo $XDG_RUNTIME_DIR/bus)
            for i in $(seq 15); do
                : >$w/two
                (timeout 60 systemctl --user start two || echo "start $i") & a=$!
                (timeout 60 systemctl --user start behind || echo "behind $i") & b=$!
                (timeout 60 systemd-run --user --wait --pipe -q sh -c 'echo piped; sleep 0.1; exit 6' >$w/piped; [ "$? $(cat $w/piped)" = '6 piped' ] || echo "run $i: $(cat $w/piped)") & c=$!
                (o=$(timeout 60 perl -MIO::Socket::UNIX -e '$s=IO::Socket::UNIX->new(Peer=>shift) or die "$!\n"; print $s "ping\n"; $s->flush; shutdown($s,1); print <$s>' $w/echo 2>&1); [ "$o" = ping ] || echo "echo $i: $o") & e=$!
                (o=$(timeout 60 systemd-run --user --scope -q sh -c 'echo ran; exit 4' 2>&1); [ "$? $o" = '4 ran' ] || echo "scope $i: $o") & f=$!
                sleep 0.$(printf %03d $((RANDOM % 300))); K; sleep 0.0$((RANDOM % 60 + 10)); K
                wait $a $b $c $e $f
                [ "$(cat $w/two | tr '\n' ' ')" = 'one two ' ] || echo "two $i: $(cat $w/two)"
                : >$w/ticks; for j in $(seq 100); do [ -s $w/ticks ] && break; sleep 0.05; done; [ -s $w/ticks ] || echo "no tick $i"
                timeout 20 busctl --user -- get-property org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager Version >/dev/null || echo "bus $i"
            done
            [ "$stays" = "$(systemctl --user show -P MainPID stays)" ] || echo "another stays"
            [ "$sockets" = "$(stat -c %i $w/echo $XDG_RUNTIME_DIR/bus)" ] || echo "other sockets"
            systemctl --user stop stays echo.socket tick.timer; systemctl --user reset-failed; rm $units/*
            END
            """);
        machine.Must("timeout 280 runuser -u user -- env XDG_RUNTIME_DIR=/run/user/1000 bash /tmp/work", 300).Should().BeEmpty();
    }

    private Machine Started(string provider)
    {
        Machine machine = containers.Get(provider, "server");
        // A lingering user's is not stopped by logind when some case's session ends.
        machine.Must("loginctl enable-linger user");
        machine.Until("systemctl start user@1000 && " + User + "systemctl --user is-system-running --wait", 20);
        return machine;
    }

    private Machine WithUnit(string provider, string name, string text)
    {
        Machine machine = Started(provider);
        machine.Must($"install -d -o user /home/user/.config /home/user/.config/systemd /home/user/.config/systemd/user && cat >/home/user/.config/systemd/user/{name} <<'END'\n{text}END");
        machine.Must(User + "systemctl --user daemon-reload");
        return machine;
    }
}
