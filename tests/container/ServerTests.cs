using SysMaster.TestRigs;

namespace SysMaster.Container.Tests;

/// <summary>The full server's real components, each started by its own unit file from the archive.</summary>
public sealed class ServerTests(Containers containers) : IClassFixture<Containers>
{
    [Theory, EachProvider]
    public void A_full_server_is_running_with_nothing_failed(string provider)
    {
        Machine machine = containers.Get(provider, "server");
        machine.Must("systemctl --failed --no-legend --plain").Should().BeEmpty();
        machine.Must("systemctl is-active nginx postgresql@15-main redis-server haproxy ssh cron rsyslog dbus systemd-logind systemd-journald")
            .Split('\n').Should().AllBe("active");
    }

    [Theory, EachProvider]
    public void Each_service_answers_after_start_stop_and_restart(string provider)
    {
        Machine machine = containers.Get(provider, "server");
        foreach ((string unit, string probe) in ServerProbes.All)
        {
            machine.Until(probe, 20);
            machine.Must($"systemctl restart {unit}", 90);
            machine.Until(probe, 20);
            machine.Must($"systemctl stop {unit}", 90);
            machine.Exec(probe).Code.Should().NotBe(0, "{0} was stopped", unit);
            machine.Must($"systemctl start {unit}", 90);
            machine.Until(probe, 20);
        }
    }

    [Theory, EachProvider]
    public void The_journal_shows_what_the_manager_said_of_nginx(string provider)
    {
        Machine machine = containers.Get(provider, "server");
        machine.Must("systemctl restart nginx");
        machine.Until("journalctl -u nginx --no-pager | grep -q 'Started nginx.service'", 10);
    }
}
