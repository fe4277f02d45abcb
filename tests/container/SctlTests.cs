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

    [Fact]
    public void A_plan_tells_each_job_with_its_reason_and_changes_nothing()
    {
        Machine machine = containers.Get("sysmaster", "minimal");
        machine.Must("""
            cd /etc/systemd/system
            printf '[Unit]\nRequires=plan-b.service\nAfter=plan-b.service\nWants=plan-none.service\nConflicts=cron.service\n[Service]\nExecStart=sleep 1000\n' >plan-a.service
            printf '[Service]\nExecStart=sleep 1000\n' >plan-b.service
            systemctl daemon-reload
            """);
        string before = machine.Must("systemctl list-units --all --no-legend --plain | grep -v plan-; systemctl list-jobs; ls /run/systemd/units");

        string said = machine.Must("sctl plan start plan-a");

        said.Should().MatchRegex(@"1  start  plan-b\.service +plan-a\.service Requires  \[/etc/systemd/system/plan-a\.service:2\]");
        said.Should().MatchRegex(@"2  start  plan-a\.service +asked for").And.MatchRegex(@"1  stop   cron\.service +plan-a\.service Conflicts  \[/etc/systemd/system/plan-a\.service:5\]");
        said.Should().Contain("left out: plan-none.service: Unit plan-none.service not found.").And.Contain("3 jobs").And.EndWith("Nothing was done.");
        machine.Must("systemctl list-units --all --no-legend --plain | grep -v plan-; systemctl list-jobs; ls /run/systemd/units").Should().Be(before);
        machine.Must("systemctl is-active plan-a plan-b cron || true").Should().Be("inactive\ninactive\nactive");
        machine.Must("sctl plan --json stop cron | tr -d ' \n'").Should().StartWith("""[{"unit":"cron.service","jobs":[{"step":1,"type":"stop","unit":"cron.service","needed":true,"because":[],"after":[]}]""");
        machine.Must("sctl plan poweroff").Should().Contain("stop").And.Contain("cron.service");
        machine.Exec("sctl plan start nosuch").Output.Should().Contain("start nosuch.service is refused: Unit nosuch.service not found.");
        machine.Exec("sctl plan enable cron").Code.Should().Be(2);
        machine.Must("rm /etc/systemd/system/plan-?.service; systemctl daemon-reload");
    }

    [Fact]
    public void What_was_planned_is_what_is_done()
    {
        Machine machine = containers.Get("sysmaster", "minimal");
        string planned = machine.Must("""sctl plan --json restart dbus.socket | sed -n '/"jobs"/,/"cancelled"/p' | grep -E '^ {8}"(type|unit)"' | sed 's/.*: "//; s/".*//' | paste - - | sort""");

        string done = machine.Must("""busctl call org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager EnqueueUnitJob sss dbus.socket restart replace | grep -oE '"[a-z0-9@.-]+\.(service|socket|target)" "/org/freedesktop/systemd1/unit/[^"]*" "[a-z-]+"' | sed -E 's/"([^"]*)" "[^"]*" "([^"]*)"/\2\t\1/' | sort""");

        done.Should().Be(planned);
    }

    [Fact]
    public void A_cycle_is_told_in_a_plan_and_in_the_journal_with_the_lines_that_make_it()
    {
        Machine machine = containers.Get("sysmaster", "minimal");
        machine.Must("""
            cd /etc/systemd/system
            printf '[Unit]\nWants=cy-b.service cy-c.service\nAfter=cy-b.service\n[Service]\nType=oneshot\nExecStart=true\n' >cy-a.service
            printf '[Unit]\nAfter=cy-c.service\n[Service]\nType=oneshot\nExecStart=true\n' >cy-b.service
            printf '[Unit]\nAfter=cy-a.service\n[Service]\nType=oneshot\nExecStart=true\n' >cy-c.service
            systemctl daemon-reload
            """);

        machine.Must("sctl plan start cy-a").Should().MatchRegex(@"left out: start of cy-[bc]\.service: ordering cycle: ").And.Contain("cy-c.service/start before cy-b.service/start");
        machine.Must("systemctl start cy-a");

        machine.Until("journalctl -b --no-pager -o cat | grep -q 'Ordering cycle: .*cy-c.service/start before cy-b.service/start (After= at /etc/systemd/system/cy-b.service:2).*is left out'", 10);
        machine.Must("rm /etc/systemd/system/cy-?.service; systemctl daemon-reload");
    }

    [Fact]
    public void Top_shows_what_units_use()
    {
        Machine machine = containers.Get("sysmaster", "minimal");
        machine.Must("systemctl reset-failed burn 2>/dev/null; systemd-run -q --unit=burn -p CPUAccounting=yes sh -c 'while :; do :; done'");

        string[] lines = machine.Must("sctl top -n 1 -d 1 burn cron").Split('\n');

        lines[0].Should().MatchRegex("UNIT +CPU% +MEMORY +IO/S +TASKS +RESTARTS");
        lines[1].Should().MatchRegex(@"^burn\.service +[1-9][0-9.]* ");
        lines[2].Should().StartWith("cron.service");
        machine.Must("sctl top --json -d 1 burn").Should().MatchRegex("""^\[\{"unit":"burn.service","cpu_percent":[1-9]""");
        machine.Exec("sctl top --sort=nonsense").Code.Should().Be(2);
        machine.Must("systemctl stop burn");
    }

    [Fact]
    public void A_boot_is_drawn_kept_and_compared()
    {
        Machine machine = containers.Get("sysmaster", "minimal");
        machine.Must("sctl boot-chart -o /root/boot.svg");
        System.Xml.Linq.XDocument svg = System.Xml.Linq.XDocument.Parse(machine.Must("cat /root/boot.svg"));
        svg.Descendants().Count(static e => e.Name.LocalName == "rect").Should().BeGreaterThan(20);
        svg.ToString().Should().Contain("cron.service").And.Contain("waited for");
        machine.Must("sctl boot-chart --chain").Should().StartWith("graphical.target @").And.Contain("after multi-user.target  [/lib/systemd/system/graphical.target:");
        machine.Must("sctl boot-chart --json >/root/boot.json; sctl boot-chart --save; sctl boot-chart --list | wc -l").Should().Be("1");
        machine.Must("sctl boot-chart --diff /root/boot.json").Should().Contain("(+0 ms)");
        machine.Exec("sctl boot-chart -1").Errors.Should().Contain("were kept");
        machine.Must("sctl boot-chart --keep-each-boot yes; systemctl is-enabled sysmaster-boot-chart; systemctl start sysmaster-boot-chart; sctl boot-chart --keep-each-boot no; systemctl is-enabled sysmaster-boot-chart 2>&1 || true")
            .Should().StartWith("enabled\nFailed to get unit file state");
    }
}
