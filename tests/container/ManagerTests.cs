using SysMaster.TestRigs;

namespace SysMaster.Container.Tests;

/// <summary>The real systemctl against a running manager.</summary>
public sealed class ManagerTests(Containers containers) : IClassFixture<Containers>
{
    [Theory, EachProvider]
    public void A_service_is_started_stopped_and_restarted(string provider)
    {
        Machine machine = WithUnit(provider, "sleeper.service", "[Service]\nExecStart=sleep 1000\n");
        machine.Must("systemctl start sleeper");
        string first = machine.Must("systemctl show -P MainPID sleeper");
        machine.Must($"test -d /proc/{first}");
        machine.Must("systemctl restart sleeper");
        machine.Must("systemctl show -P MainPID sleeper").Should().NotBe(first);
        machine.Must("systemctl stop sleeper");
        Outcome active = machine.Exec("systemctl is-active sleeper");
        active.Text.Should().Be("inactive");
        active.Code.Should().Be(3);
    }

    [Theory, EachProvider]
    public void A_failing_service_is_failed_and_can_be_reset(string provider)
    {
        Machine machine = WithUnit(provider, "fails.service", "[Service]\nType=oneshot\nExecStart=sh -c 'exit 7'\n");
        machine.Exec("systemctl start fails").Code.Should().Be(1);
        machine.Must("systemctl show -P Result -P ExecMainStatus fails").Should().Be("exit-code\n7");
        machine.Exec("systemctl is-failed fails").Text.Should().Be("failed");
        machine.Must("systemctl reset-failed fails");
        machine.Exec("systemctl is-failed fails").Text.Should().Be("inactive");
    }

    [Theory, EachProvider]
    public void Each_start_is_announced_once_also_when_it_is_a_restart(string provider)
    {
        Machine machine = WithUnit(provider, "tries.service",
            "[Unit]\nStartLimitBurst=3\nStartLimitIntervalSec=60\n[Service]\nType=notify\nRestart=on-failure\nRestartSec=50ms\nExecStart=false\n");
        machine.Exec("systemctl start tries").Code.Should().Be(1);
        machine.Until("journalctl -u tries --no-pager | grep -q 'Start request repeated too quickly'", 20);
        machine.Must("journalctl -u tries --no-pager | grep -c 'Starting tries.service'").Should().Be("3");
    }

    [Theory, EachProvider]
    public void Restart_always_brings_a_killed_service_back(string provider)
    {
        Machine machine = WithUnit(provider, "returns.service", "[Service]\nRestart=always\nRestartSec=50ms\nExecStart=sleep 1000\n");
        machine.Must("systemctl start returns");
        string first = machine.Must("systemctl show -P MainPID returns");
        machine.Must($"kill -9 {first}");
        machine.Until($"p=$(systemctl show -P MainPID returns); [ $p != 0 ] && [ $p != {first} ]", 10);
        machine.Must("systemctl show -P NRestarts returns").Should().Be("1");
        machine.Must("systemctl stop returns");
    }

    [Theory, EachProvider]
    public void Daemon_reload_keeps_what_runs_and_sees_new_text(string provider)
    {
        Machine machine = WithUnit(provider, "kept.service", "[Unit]\nDescription=before\n[Service]\nExecStart=sleep 1000\n");
        machine.Must("systemctl start kept");
        string pid = machine.Must("systemctl show -P MainPID kept");
        string cron = machine.Must("systemctl show -P MainPID cron");
        machine.Must("sed -i s/before/after/ /run/systemd/system/kept.service && systemctl daemon-reload");
        machine.Must("systemctl show -P Description kept").Should().Be("after");
        machine.Must("systemctl show -P MainPID kept").Should().Be(pid);
        machine.Must("systemctl show -P MainPID cron").Should().Be(cron);
        machine.Must("systemctl is-active kept cron").Should().Be("active\nactive");
        machine.Must("systemctl stop kept");
    }

    [Theory, EachProvider]
    public void Daemon_reexec_keeps_what_runs(string provider)
    {
        Machine machine = WithUnit(provider, "reexec.service", "[Service]\nExecStart=sleep 1000\n");
        machine.Must("systemctl start reexec");
        string pid = machine.Must("systemctl show -P MainPID reexec");
        string invocation = machine.Must("systemctl show -P InvocationID reexec");
        machine.Must("systemctl daemon-reexec");
        machine.Until("systemctl is-active reexec", 10);
        machine.Must("systemctl show -P MainPID reexec").Should().Be(pid);
        machine.Must("systemctl show -P InvocationID reexec").Should().Be(invocation);
        machine.Must("systemctl --failed --no-legend --plain").Should().BeEmpty();
        machine.Must("systemctl stop reexec");
        machine.Must($"! test -d /proc/{pid}");
    }

    [Theory, EachProvider]
    public void A_socket_starts_its_service_with_the_first_client(string provider)
    {
        Machine machine = WithUnit(provider, "echo.socket", "[Socket]\nListenStream=/run/echo.sock\nAccept=yes\n");
        Write(machine, "echo@.service", "[Service]\nStandardInput=socket\nStandardOutput=socket\nExecStart=cat\n");
        machine.Must("systemctl start echo.socket && systemctl is-active echo.socket").Should().Be("active");
        machine.Must("command -v python3 >/dev/null || test -x /usr/bin/perl");
        machine.Must("perl -MIO::Socket::UNIX -e '$s=IO::Socket::UNIX->new(Peer=>\"/run/echo.sock\") or die $!; print $s \"ping\\n\"; $s->flush; shutdown($s,1); print <$s>'")
            .Should().Be("ping");
        machine.Must("systemctl stop echo.socket");
    }

    [Theory, EachProvider]
    public void A_timer_starts_its_service(string provider)
    {
        Machine machine = WithUnit(provider, "tick.service", "[Service]\nType=oneshot\nExecStart=touch /run/ticked\n");
        Write(machine, "tick.timer", "[Timer]\nOnActiveSec=200ms\nAccuracySec=10ms\n");
        machine.Must("systemctl start tick.timer");
        machine.Until("test -e /run/ticked", 10);
        machine.Must("systemctl stop tick.timer; rm /run/ticked");
    }

    [Theory, EachProvider]
    public void A_path_starts_its_service(string provider)
    {
        Machine machine = WithUnit(provider, "seen.service", "[Service]\nType=oneshot\nExecStart=sh -c 'rm /run/appears; touch /run/was-seen'\n");
        Write(machine, "seen.path", "[Path]\nPathExists=/run/appears\n");
        machine.Must("systemctl start seen.path && touch /run/appears");
        machine.Until("test -e /run/was-seen", 10);
        machine.Must("systemctl stop seen.path; rm /run/was-seen");
    }

    [Theory, EachProvider]
    public void A_mount_unit_mounts_and_a_foreign_mount_is_seen(string provider)
    {
        Machine machine = WithUnit(provider, "mnt-one.mount", "[Mount]\nWhat=tmpfs\nWhere=/mnt/one\nType=tmpfs\n");
        machine.Must("systemctl start mnt-one.mount && findmnt -n -o FSTYPE /mnt/one").Should().Be("tmpfs");
        machine.Must("systemctl stop mnt-one.mount");
        machine.Exec("findmnt -n /mnt/one").Code.Should().Be(1);
        machine.Must("mkdir -p /mnt/two && mount -t tmpfs tmpfs /mnt/two");
        machine.Until("systemctl is-active mnt-two.mount", 5);
        machine.Must("umount /mnt/two");
        machine.Until("! systemctl is-active mnt-two.mount", 5);
    }

    [Theory, EachProvider]
    public void Ordering_and_requirements_hold_between_units(string provider)
    {
        Machine machine = WithUnit(provider, "order-b.service", "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=sh -c 'sleep 0.3; date +%%s%%N >/run/order-b'\n");
        Write(machine, "order-a.service", "[Unit]\nRequires=order-b.service\nAfter=order-b.service\n[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=sh -c 'date +%%s%%N >/run/order-a'\n");
        machine.Must("systemctl start order-a && test $(cat /run/order-b) -lt $(cat /run/order-a)");
        machine.Must("systemctl stop order-b");
        machine.Exec("systemctl is-active order-a").Text.Should().Be("inactive");
    }

    [Theory, EachProvider]
    public void Unit_files_are_enabled_disabled_and_masked(string provider)
    {
        Machine machine = containers.Get(provider, "minimal");
        machine.Must("printf '[Service]\\nExecStart=true\\n[Install]\\nWantedBy=multi-user.target\\n' >/etc/systemd/system/en.service && systemctl daemon-reload");
        machine.Must("systemctl enable en && systemctl is-enabled en").Should().EndWith("enabled");
        machine.Must("test -L /etc/systemd/system/multi-user.target.wants/en.service");
        machine.Must("systemctl disable en");
        machine.Exec("systemctl is-enabled en").Text.Should().Be("disabled");
        machine.Must("rm /etc/systemd/system/en.service && systemctl mask en");
        machine.Exec("systemctl start en").Code.Should().NotBe(0);
        machine.Must("systemctl unmask en && systemctl daemon-reload");
    }

    [Theory, EachProvider]
    public void Transient_units_run_as_asked(string provider)
    {
        Machine machine = containers.Get(provider, "minimal");
        machine.Must("systemd-run --wait -q -p User=nobody -P id -un").Should().Be("nobody");
        machine.Exec("systemd-run --wait -q --collect sh -c 'exit 5'").Code.Should().Be(5);
        machine.Must("systemd-run --scope -q --unit=transient-scope sh -c 'sed -n s/^0:://p /proc/self/cgroup'").Should().Be("/system.slice/transient-scope.scope");
    }

    [Theory, EachProvider]
    public void Status_and_lists_print(string provider)
    {
        Machine machine = containers.Get(provider, "minimal");
        machine.Must("systemctl status cron --no-pager").Should().Contain("cron.service").And.Contain("Active: active (running)").And.Contain("Main PID:");
        machine.Must("systemctl list-units --no-pager --plain --no-legend").Should().Contain("cron.service").And.Contain("multi-user.target");
        machine.Must("systemctl list-unit-files --no-pager --no-legend").Should().MatchRegex("cron\\.service +enabled");
        machine.Must("systemctl cat cron").Should().Contain("ExecStart=/usr/sbin/cron");
        machine.Must("systemctl list-dependencies --plain multi-user.target").Should().Contain("cron.service");
        machine.Must("systemctl list-sockets --no-legend").Should().Contain("dbus.socket");
        machine.Must("systemctl list-timers --no-legend --all").Should().Contain("systemd-tmpfiles-clean.timer");
        machine.Must("busctl get-property org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager SystemState").Should().Be("s \"running\"");
    }

    private Machine WithUnit(string provider, string name, string text)
    {
        Machine machine = containers.Get(provider, "minimal");
        Write(machine, name, text);
        return machine;
    }

    private static void Write(Machine machine, string name, string text) =>
        machine.Must($"mkdir -p /run/systemd/system && cat >/run/systemd/system/{name} <<'EOF'\n{text}EOF\nsystemctl daemon-reload");
}
