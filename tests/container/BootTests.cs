using SysMaster.TestRigs;

namespace SysMaster.Container.Tests;

/// <summary>A boot of a root file system in namespaces, from exec of PID 1 to power-off.</summary>
public sealed class BootTests(Containers containers) : IClassFixture<Containers>
{
    [Theory, EachProvider]
    public void A_minimal_server_is_running_with_nothing_failed(string provider)
    {
        Machine machine = containers.Get(provider, "minimal");
        machine.Must("systemctl --failed --no-legend --plain").Should().BeEmpty();
        machine.Must("systemctl is-system-running").Should().Be("running");
    }

    [Theory, EachProvider]
    public void The_default_target_is_reached_with_its_wants(string provider)
    {
        Machine machine = containers.Get(provider, "minimal");
        machine.Must("systemctl is-active multi-user.target sysinit.target basic.target sockets.target timers.target paths.target")
            .Split('\n').Should().AllBe("active").And.HaveCount(6);
        machine.Must("systemctl list-jobs --no-legend --plain | grep -v 'No jobs' || true").Should().BeEmpty();
    }

    [Theory, EachProvider]
    public void PID_1_looks_like_systemd_to_those_who_look(string provider)
    {
        Machine machine = containers.Get(provider, "minimal");
        machine.Must("cat /proc/1/comm").Should().Be("systemd");
        machine.Must("test -d /run/systemd/system && echo yes").Should().Be("yes");
        machine.Must("ps -o ppid= -C cron | tr -d ' '").Should().Be("1");
    }

    [Theory, EachProvider]
    public void Every_service_runs_in_a_cgroup_of_its_own(string provider)
    {
        Machine machine = containers.Get(provider, "minimal");
        machine.Must("cat /proc/$(systemctl show -P MainPID cron)/cgroup | sed -n 's/^0:://p'").Should().Be("/system.slice/cron.service");
        machine.Must("cat /sys/fs/cgroup/system.slice/cron.service/cgroup.procs").Should().Be(machine.Must("systemctl show -P MainPID cron"));
    }

    [Theory, EachProvider]
    public void The_journal_has_the_lines_of_a_service(string provider)
    {
        Machine machine = containers.Get(provider, "minimal");
        machine.Must("systemd-run --wait --collect --unit=says-hello -q echo hello from a unit");
        machine.Until("journalctl -u says-hello -o cat | grep -qx 'hello from a unit'", 10);
    }

    [Theory, EachProvider]
    public void The_machines_own_userland_fails_in_nothing_that_systemd_does_not_fail_in(string provider)
    {
        using Machine machine = Containers.Boot(provider, "machine");
        machine.Must("systemctl --failed --no-legend --plain").Should().BeEmpty();
    }

    // The last unit stops after the getty: the hangup of the getty's terminal takes along what is still unread of it.
    [Theory, EachProvider]
    public void Power_off_ends_it_in_order(string provider)
    {
        Machine machine = Containers.Boot(provider, "minimal");
        machine.Must("mkdir -p /run/systemd/system && printf '[Unit]\\nBefore=console-getty.service\\n[Service]\\nType=oneshot\\nRemainAfterExit=yes\\nExecStart=true\\nExecStop=sh -c \"echo STOPPED-IN-ORDER >/dev/console\"\\n' >/run/systemd/system/last.service && systemctl daemon-reload && systemctl start last");
        machine.Exec("systemctl poweroff");
        string console = "";
        for (int i = 0; i < 40 && !console.Contains("STOPPED-IN-ORDER", StringComparison.Ordinal); i++)
            console = machine.Console;
        Outcome ended = machine.PowerOff(20);
        ended.Code.Should().Be(0, "{0}", ended);
        console.Should().Contain("STOPPED-IN-ORDER");
    }
}
