using SysMaster.TestRigs;

namespace SysMaster.Vm.Tests;

/// <summary>A Debian server on a real kernel: every component that issue 2 names, in one boot.</summary>
public sealed class ServerTests(VirtualMachines machines) : IClassFixture<VirtualMachines>
{
    [Theory, EachProvider]
    public void It_is_running_with_nothing_failed(string provider)
    {
        Machine machine = machines.Get(provider, "server");
        machine.Must("systemctl --failed --no-legend --plain").Should().BeEmpty();
        machine.Must("systemctl is-system-running").Should().Be("running");
        machine.Must("busctl introspect org.freedesktop.PolicyKit1 /org/freedesktop/PolicyKit1/Authority >/dev/null", 120);   // started by the bus
        machine.Must("systemctl is-active systemd-udevd systemd-logind systemd-journald dbus polkit ssh cron rsyslog nginx postgresql@15-main redis-server haproxy chrony containerd")
            .Split('\n').Should().AllBe("active");
    }

    [Theory, EachProvider]
    public void Each_service_answers_on_its_port_after_restart_and_stop(string provider)
    {
        Machine machine = machines.Get(provider, "server");
        foreach ((string unit, string probe) in ServerProbes.All)
        {
            machine.Until(probe, 60);
            machine.Must($"systemctl restart {unit}", 120);
            machine.Until(probe, 60);
            machine.Must($"systemctl stop {unit}", 120);
            machine.Exec(probe).Code.Should().NotBe(0, "{0} was stopped", unit);
            machine.Must($"systemctl start {unit}", 120);
            machine.Until(probe, 60);
        }
    }

    [Theory, EachProvider]
    public void The_journal_shows_the_lines_of_nginx(string provider)
    {
        Machine machine = machines.Get(provider, "server");
        machine.Must("systemctl restart nginx", 120);
        machine.Until("journalctl -u nginx --no-pager | grep -q 'Started nginx.service'", 30);
    }

    [Theory, EachProvider]
    public void A_login_over_loopback_has_a_session(string provider)
    {
        Machine machine = machines.Get(provider, "server");
        string session = machine.Must("ssh root@127.0.0.1 'echo $XDG_SESSION_ID; sed -n s/^0:://p /proc/self/cgroup; loginctl --no-legend list-sessions'", 120);
        string[] lines = session.Split('\n');
        lines[0].Should().MatchRegex("^c?[0-9]+$");
        lines[1].Should().Be($"/user.slice/user-0.slice/session-{lines[0]}.scope");
        lines[2..].Should().Contain(line => line.Contains("root", StringComparison.Ordinal));
        machine.Must("ssh -i /root/.ssh/id_ed25519 user@127.0.0.1 'systemctl --user is-system-running --wait || true; id -un; test -d $XDG_RUNTIME_DIR && echo has-a-runtime-dir'", 120)
            .Should().Contain("user\nhas-a-runtime-dir");
    }

    [Theory, EachProvider]
    public void Polkit_refuses_a_user_and_nothing_happens(string provider)
    {
        Machine machine = machines.Get(provider, "server");
        string before = machine.Must("systemctl show -P MainPID cron");
        Outcome refused = machine.Exec("su user -c 'systemctl --no-ask-password restart cron'", 120);
        refused.Code.Should().NotBe(0);
        refused.Errors.Should().Contain("authentication required");
        machine.Must("systemctl show -P MainPID cron").Should().Be(before);
    }

    [Theory, EachProvider]
    public void Controllers_limit_a_service(string provider)
    {
        Machine machine = machines.Get(provider, "server");
        machine.Must("systemd-run -q --unit=limited -p MemoryMax=64M -p TasksMax=12 -p CPUWeight=50 -p CPUQuota=20% -p IOWeight=200 -p 'IOReadBandwidthMax=/dev/nvme0n1 4M' sleep 1000");
        machine.Must("cd /sys/fs/cgroup/system.slice/limited.service && cat memory.max pids.max cpu.weight cpu.max").Should().Be("67108864\n12\n50\n20000 100000");
        machine.Must("cat /sys/fs/cgroup/system.slice/limited.service/io.max").Should().MatchRegex("^[0-9]+:[0-9]+ rbps=4000000 ");
        machine.Must("cat /sys/fs/cgroup/system.slice/limited.service/io.weight").Should().Be("default 200");
        machine.Must("for p in MemoryMax TasksMax CPUWeight; do systemctl show -P $p limited; done").Should().Be("67108864\n12\n50");
        machine.Must("systemctl show -P MemoryCurrent limited").Should().MatchRegex("^[0-9]+$");
        machine.Must("systemctl set-property --runtime limited.service MemoryMax=32M && cat /sys/fs/cgroup/system.slice/limited.service/memory.max").Should().Be("33554432");
        machine.Must("systemctl stop limited");
    }

    [Theory, EachProvider]
    public void A_process_that_the_kernel_kills_for_want_of_memory_ends_its_service_as_OOMPolicy_says(string provider)
    {
        Machine machine = machines.Get(provider, "server");
        foreach (string policy in (string[])["stop", "kill", "continue"])
        {
            machine.Must($"systemd-run -q --unit=short-{policy} -p OOMPolicy={policy} -p MemoryMax=8M -p MemorySwapMax=0 sh -c 'tail /dev/zero; touch /run/short-{policy}; sleep 1000'");
        }
        machine.Until("[ -e /run/short-continue ] && systemctl is-failed short-stop short-kill", 60);
        machine.Must("for u in stop kill continue; do systemctl show -P Result short-$u; systemctl show -P ActiveState short-$u; done")
            .Should().Be("oom-kill\nfailed\noom-kill\nfailed\nsuccess\nactive");
        machine.Must("systemctl stop short-continue; systemctl reset-failed");
    }

    [Theory, EachProvider]
    public void Devices_have_units(string provider)
    {
        Machine machine = machines.Get(provider, "server");
        machine.Must("systemctl is-active dev-nvme0n1.device").Should().Be("active");
        machine.Must("systemctl show -P What -- -.mount").Should().Be("/dev/nvme0n1");
    }

    [Theory, EachProvider]
    public void Reload_and_reexec_keep_everything_running(string provider)
    {
        Machine machine = machines.Get(provider, "server");
        const string pids = "for u in nginx redis-server postgresql@15-main haproxy cron ssh dbus; do systemctl show -P MainPID $u; done";
        string before = machine.Must(pids);
        machine.Must("systemctl daemon-reload", 120);
        machine.Must(pids).Should().Be(before);
        machine.Must("systemctl daemon-reexec", 120);
        machine.Until("systemctl is-active nginx", 60);
        machine.Must(pids).Should().Be(before);
        machine.Must("systemctl --failed --no-legend --plain").Should().BeEmpty();
    }

    [Theory, EachProvider]
    public void A_killed_core_is_back_and_no_service_notices(string provider)
    {
        if (provider != "sysmaster") { return; }   // systemd has no core that could be killed alone
        Machine machine = machines.Get(provider, "server");
        const string pids = "for u in nginx redis-server postgresql@15-main haproxy cron ssh dbus systemd-logind systemd-udevd; do systemctl show -P MainPID $u; done";
        string before = machine.Must(pids);
        string core = machine.Must("pgrep -f '[s]ysmaster --system'");
        machine.Must("kill -9 " + core);
        machine.Until("systemctl is-active nginx", 60);
        machine.Must("pgrep -f '[s]ysmaster --system'").Should().NotBe(core);
        machine.Must(pids).Should().Be(before);
        machine.Must("systemctl is-system-running").Should().Be("running");
        machine.Must("systemctl restart nginx && systemctl is-active nginx", 120).Should().Be("active");
    }
}
