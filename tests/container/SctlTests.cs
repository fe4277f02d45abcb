using SysMaster.TestRigs;

namespace SysMaster.Container.Tests;

/// <summary>sctl's answers about units, from a manager that is asked and from files.</summary>
public sealed class SctlTests(Containers containers) : IClassFixture<Containers>
{
    [Fact]
    public void Why_goes_from_a_running_service_up_to_the_goal_of_the_boot()
    {
        Machine machine = containers.Get("sysmaster", "minimal");
        string[] lines = machine.Must("sctl why cron").Split('\n');
        lines[0].Should().StartWith("cron.service is active (running)");
        lines[1].Should().Be("  - multi-user.target wants it  [/etc/systemd/system/multi-user.target.wants/cron.service]");
        lines[2..].Should().Contain(line => line.Contains("default.target, the goal of the boot", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a.service", "[Service]\nExecStart=/bin/sh -c 'exit 3'\n", "a.service is failed (failed): exit-code (process * ended with status 3)")]
    [InlineData("b.service", "[Unit]\nConditionPathExists=/none\n[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n", "b.service ConditionPathExists=/none was not so when it was last to be started  [/etc/systemd/system/why-b.service]")]
    [InlineData("c.service", "[Unit]\nDescription=c\nRequires=why-gone.service\n[Service]\nExecStart=/bin/true\n", "gone.service is needed (Requires=) and is inactive (dead)  [/etc/systemd/system/why-c.service:3]*no unit file of that name is there")]
    [InlineData("d.service", "[Service]\nType=oneshot\nExecStart=sleep 100\n", "d.service a start job is running*process * is at work")]
    [InlineData("e.service", "[Service]\nExecStart=/bin/true\nRestart=always\nRestartSec=100\n", "e.service is activating (auto-restart)*Restart=always, tried again 100 s after each end")]
    public void Why_names_what_keeps_a_unit_as_it_is(string name, string text, string expected)
    {
        Machine machine = containers.Get("sysmaster", "minimal");
        machine.Must($"cat >/etc/systemd/system/why-{name} <<'EOF'\n{text}\nEOF\nsystemctl enable -q why-{name}; systemctl daemon-reload; systemctl start --no-block why-{name}; true");
        machine.Until($"sctl why why-{name} | grep -Eq 'failed|not so|needed|at work|auto-restart'", 10);
        string said = machine.Must($"sctl why why-{name}");
        said.Should().Match("*why-" + expected + "*");
        machine.Must($"sctl why --json why-{name}").Should().StartWith($$"""{"unit":"why-{{name}}","text":""");
        machine.Must($"systemctl stop why-{name}; systemctl disable -q why-{name}; rm /etc/systemd/system/why-{name}; systemctl daemon-reload; systemctl reset-failed 'why-*'; true");
    }

    [Fact]
    public void Why_tells_what_a_waiting_job_waits_for()
    {
        Machine machine = containers.Get("sysmaster", "minimal");
        machine.Must("""
            cd /etc/systemd/system
            printf '[Service]\nType=oneshot\nExecStart=sleep 100\n' >why-first.service
            printf '[Unit]\nWants=why-first.service\nAfter=why-first.service\n[Service]\nExecStart=/bin/true\n' >why-second.service
            systemctl daemon-reload; systemctl start --no-block why-second
            """);
        string said = machine.Must("sctl why why-second");
        said.Should().Contain("why-second.service a start job is waiting").And.Contain("why-first.service comes first (After=)  [/etc/systemd/system/why-second.service:3]").And.Contain("is at work");
        machine.Must("systemctl stop why-first why-second; rm /etc/systemd/system/why-*; systemctl daemon-reload");
    }

    [Fact]
    public void Lint_finds_no_fault_in_what_it_says_of_the_units_of_the_distribution()
    {
        Machine machine = containers.Get("sysmaster", "minimal");
        machine.Exec("sctl lint").Output.Should().NotContain("SM003").And.NotContain("SM004").And.NotContain("SM104");
        machine.Exec("sctl slots check manager").Output.Should().MatchRegex("lines would lose their effect|Nothing is known");
        machine.Must("sctl slots --json").Should().Contain("\"slot\":\"manager\"");
    }
}
