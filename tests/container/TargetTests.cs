using SysMaster.TestRigs;

namespace SysMaster.Container.Tests;

/// <summary>Where the machine goes as a whole: other targets, other ends, asked for by systemctl, by signals to PID 1, by the kernel's words.</summary>
public sealed class TargetTests
{
    [Theory, EachProvider]
    public void Rescue_emergency_and_back(string provider)
    {
        using Machine machine = Containers.Boot(provider, "minimal");
        machine.Must("systemctl --no-block rescue");
        machine.Until("systemctl is-active rescue.service && ! systemctl is-active cron multi-user.target && test \"$(systemctl is-system-running)\" = maintenance", 20);
        machine.Must("systemctl --no-block default");
        machine.Until("systemctl is-active multi-user.target cron && test \"$(systemctl is-system-running)\" = running", 20);
        machine.Must("systemctl --no-block emergency");
        machine.Until("systemctl is-active emergency.service && ! systemctl is-active sysinit.target", 20);
        machine.Must("systemctl is-active systemd-journald", 10);
        machine.Must("systemctl --no-block isolate multi-user.target");
        machine.Until("systemctl is-active multi-user.target cron && ! systemctl is-active graphical.target emergency.service", 20);
        machine.Exec("systemctl isolate cron.service").Code.Should().NotBe(0, "a unit says itself whether it may be isolated");
    }

    [Theory, EachProvider]
    public void Signals_to_PID_1_are_understood(string provider)
    {
        using Machine machine = Containers.Boot(provider, "minimal");
        machine.Must("kill -s RTMIN+1 1");
        machine.Until("systemctl is-active rescue.service", 20);
        machine.Must("kill -s RTMIN+2 1");
        machine.Until("systemctl is-active emergency.service", 20);
        machine.Must("systemctl --no-block default");
        machine.Until("systemctl is-active multi-user.target && test \"$(systemctl is-system-running)\" = running", 20);
        machine.Must("kill -s RTMIN+22 1");
        machine.Until("test \"$(systemctl show -P LogLevel)\" = debug", 5);
        machine.Must("kill -s RTMIN+23 1");
        machine.Until("test \"$(systemctl show -P LogLevel)\" = info", 5);
        string target = machine.Must("systemctl show -P LogTarget");
        machine.Must("kill -s RTMIN+28 1");
        machine.Until("test \"$(systemctl show -P LogTarget)\" = kmsg", 5);
        machine.Must("kill -s RTMIN+26 1");
        machine.Until($"test \"$(systemctl show -P LogTarget)\" = {target}", 5);
        machine.Must("printf '[Service]\\nExecStart=sleep 1000\\n' >/run/systemd/system/late.service; kill -s HUP 1");
        machine.Until("test \"$(systemctl show -P NeedDaemonReload late)\" = no && systemctl start late", 10);
        machine.Must("printf '[Unit]\\nDefaultDependencies=no\\n[Service]\\nType=oneshot\\nExecStart=touch /run/pressed\\n' >/run/systemd/system/kbrequest.target.service");
        machine.Must("mkdir -p /run/systemd/system/kbrequest.target.wants && printf '[Unit]\\n' >/run/systemd/system/kbrequest.target && ln -s ../kbrequest.target.service /run/systemd/system/kbrequest.target.wants/ && systemctl daemon-reload && kill -s WINCH 1");
        machine.Until("test -e /run/pressed", 10);
        string late = machine.Must("systemctl show -P MainPID late");
        machine.Must("kill -s TERM 1");
        machine.Until($"test {late} = \"$(systemctl show -P MainPID late)\"", 20);
    }

    [Theory, EachProvider]
    public void The_kernels_words_count(string provider)
    {
        using Machine machine = Containers.Boot(provider, "minimal",
            "--arg", "single", "--arg", "systemd.setenv=FOO=bar", "--arg", "locale.LANG=de_DE.UTF-8", "--arg", "systemd.mask=cron.service",
            "--arg", "systemd.hostname=by-word", "--arg", "systemd.log_level=debug", "--arg", "systemd.default_timeout_start_sec=33s",
            "--arg", "systemd.service_watchdogs=no", "--arg", "systemd.show_status=nonsense");
        machine.Must("systemctl is-active rescue.target");
        machine.Must("systemctl show-environment").Should().Contain("FOO=bar").And.Contain("LANG=de_DE.UTF-8");
        machine.Exec("systemctl is-enabled cron").Text.Should().Be("masked-runtime");
        machine.Must("uname -n").Should().Be("by-word");
        machine.Must("systemctl show -P LogLevel -P DefaultTimeoutStartUSec -P ServiceWatchdogs").Split('\n').Should().BeEquivalentTo("debug", "33s", "no");
    }

    [Theory, EachProvider]
    public void What_system_conf_says_is_in_force(string provider)
    {
        using Machine machine = Containers.Boot(provider, "minimal");
        machine.Must("mkdir -p /etc/systemd/system.conf.d && printf '[Manager]\\nDefaultEnvironment=FROM_CONF=1\\nDefaultTimeoutStopSec=7s\\nDefaultOOMScoreAdjust=50\\nDefaultLimitNOFILE=2000:3000\\nDefaultOOMPolicy=kill\\nDefaultTimeoutAbortSec=5s\\nLogLevel=notice\\n' >/etc/systemd/system.conf.d/test.conf");
        machine.Must("printf '[Service]\\nExecStart=sh -c \"env >/run/env; ulimit -n >>/run/env; cat /proc/self/oom_score_adj >>/run/env; sleep 1000\"\\n' >/run/systemd/system/seen.service && systemctl daemon-reexec");
        machine.Until("systemctl start seen && test -s /run/env", 10);
        machine.Must("cat /run/env").Split('\n').Should().Contain(["FROM_CONF=1", "2000", "50"]);
        machine.Must("systemctl show -P TimeoutStopUSec -P OOMPolicy -P TimeoutAbortUSec seen").Split('\n').Should().BeEquivalentTo("7s", "kill", "5s");
    }

    [Theory, EachProvider]
    public void Each_way_to_end_is_the_one_asked_for(string provider)
    {
        foreach ((string command, string end) in new (string, string)[]
        {
            ("systemctl reboot", "reboot"), ("systemctl halt", "poweroff"), ("systemctl poweroff --force", "poweroff"), ("systemctl exit 7", "exit 7"),
            ("kill -s RTMIN+5 1", "reboot"), ("kill -s RTMIN+14 1", "poweroff"), ("kill -s INT 1", "reboot"), ("systemctl reboot --force --force", "reboot"),
        })
        {
            using Machine machine = Containers.Boot(provider, "minimal");
            machine.Exec(command);
            machine.End(30).Should().Be(end, "`{0}` was given; console: {1}", command, machine.Console);
        }
    }

    [Theory, EachProvider]
    public void Without_kexec_tools_it_says_so_and_runs_on(string provider)
    {
        using Machine machine = Containers.Boot(provider, "minimal");
        Outcome refused = machine.Exec("systemctl kexec");
        refused.Code.Should().NotBe(0);
        machine.Must("systemctl is-system-running").Should().Be("running");
    }
}
