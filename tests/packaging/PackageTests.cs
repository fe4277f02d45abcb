using SysMaster.TestRigs;

namespace SysMaster.Packaging.Tests;

/// <summary>From the packages to a machine that runs on them, and back. Real rpm, in a Debian root whose systemd is not a package of rpm's: hence --nodeps.</summary>
public sealed class PackageTests(Packages packages) : IClassFixture<Packages>
{
    private const string Pids = "for u in cron ssh dbus rsyslog systemd-logind systemd-journald; do systemctl show -P MainPID $u; done";

    [Fact]
    public void Rpmlint_has_nothing_to_say()
    {
        string rpm = Path.Combine(Shell.Root, "packaging/rpm");
        Outcome lint = Shell.Run("rpmlint", ["-r", rpm + "/sysmaster.rpmlintrc", rpm + "/sysmaster.spec", .. Directory.GetFiles(Path.Combine(Shell.Root, "out/rpm"), "*-1.*.rpm")], 120);
        lint.Output.Should().Contain(" 0 errors, 0 warnings", "{0}", lint);
        packages.Should().NotBeNull();
    }

    [Fact]
    public void Install_switch_upgrade_downgrade_and_remove()
    {
        using var at = new Installation(1);
        at.Must("rpm -i --nodeps /packages/*.rpm", 120);
        at.Must($"rpm -V --nodeps {Packages.Parts}").Should().BeEmpty();
        at.Must($"rpm -ql {Packages.Parts} | grep -v '^(' | while read -r f; do [ -d \"$f\" ] || ! dpkg -S \"$f\" 2>/dev/null; done").Should().BeEmpty("no file is another package's");
        at.Must($"rpm -qlv {Packages.Parts} | grep -v '^(' | awk '$1 !~ /^l/ && (substr($1, 6, 1) == \"w\" || substr($1, 9, 1) == \"w\" || $3 != \"root\" || $1 ~ /s/)'").Should().BeEmpty("nobody but root writes, nothing is setuid");
        at.Running.Should().Be("systemd", "installing switches nothing");

        foreach (string slot in (string[])["systemctl", "random-seed", "manager"]) { at.Must($"sctl slots use {slot} sysmaster"); }
        at.Must("sctl slots").Should().Contain("the next boot is a trial of sysmaster");
        at.Restart();
        at.Running.Should().Be("sysmaster");
        at.Machine.Until("! test -e /etc/sysmaster/trial", 30);
        at.Must("systemctl is-system-running").Should().Be("running");
        at.Must("sctl slots --json").Should().Contain("""{"slot":"manager","active":"sysmaster",""").And.Contain("""{"slot":"systemctl","active":"sysmaster",""").And.Contain("""{"slot":"random-seed","active":"sysmaster",""");
        at.Must("systemctl show -P Result systemd-random-seed").Should().Be("success");

        at.Restart("--payload", Packages.Folder(2));
        string before = at.Must(Pids);
        at.Must("rpm -U --nodeps /packages/*-2.*.rpm", 120);
        at.Must(Pids).Should().Be(before, "an upgrade is no reason to restart a service");
        at.Must("rpm -q sysmaster").Should().Contain("-2");
        at.Must("readlink /proc/$(pgrep -fx '/usr/lib/sysmaster/sysmaster --system')/exe").Should().Be("/usr/lib/sysmaster/sysmaster", "the core is the new build");
        at.Must("rpm -U --nodeps --oldpackage /packages/*-1.*.rpm", 120);
        at.Must(Pids).Should().Be(before);
        at.Must("systemctl is-system-running").Should().Be("running");

        at.Must($"rpm -e {Packages.Parts}", 120);
        at.Must("test -f /usr/bin/systemctl && ! test -L /usr/bin/systemctl && readlink -f /sbin/init").Should().Be("/usr/lib/systemd/systemd");
        at.Must(Pids).Should().Be(before, "removing the packages stops nothing");
        at.Must("test ! -e /usr/lib/sysmaster && pkill -9 -f '^[^ ]*/sysmaster --system' && systemctl restart cron && systemctl is-active cron").Should().Be("active", "what runs finds its programs still");
        at.Restart();
        at.Running.Should().Be("systemd");
        at.Must("systemctl is-system-running").Should().Be("running");
        at.Must("ls /etc/systemd/system/systemd-random-seed.service.d 2>/dev/null | wc -l").Should().Be("0");
    }

    [Fact]
    public void A_boot_on_trial_that_does_not_come_up_is_the_last_of_its_kind()
    {
        using var at = new Installation(1);
        at.Must("rpm -i --nodeps /packages/*.rpm && sctl slots use manager sysmaster && printf '#!/bin/sh\\nexit 1\\n' >/usr/lib/sysmaster/sysmaster", 120);
        at.RestartInto(machine =>
        {
            for (int i = 0; i < 100 && machine.Exec("test -e /etc/sysmaster/trial.begun", 10).Code != 0; i++) { Thread.Sleep(100); }
            machine.Exec("readlink /proc/1/exe", 10).Text.Should().Be("/usr/lib/sysmaster/init");
        });
        at.Reset();
        at.Running.Should().Be("systemd");
        at.Machine.Until("! test -e /etc/sysmaster/trial", 30);
        at.Must("sctl slots").Should().Contain("The trial of sysmaster is lost");
        at.Must("readlink /sbin/init").Should().Be("../lib/systemd/systemd");
    }

    [Fact]
    public void A_boot_on_trial_that_is_too_slow_restarts_the_machine_when_asked_to()
    {
        using var at = new Installation(1);
        at.Must("rpm -i --nodeps /packages/*.rpm && sctl slots use manager sysmaster --within 3 --reboot", 120);
        at.Must("""
            cat >/etc/systemd/system/slow.service <<'EOF'
            [Unit]
            Before=multi-user.target
            [Service]
            Type=oneshot
            ExecStart=sh -c 'case $(readlink /proc/1/exe) in */sysmaster/init) sleep 600 ;; esac'
            [Install]
            WantedBy=multi-user.target
            EOF
            systemctl enable slow
            """);
        at.RestartInto(machine => machine.End(60).Should().Be("reboot"));
        at.Reset();
        at.Running.Should().Be("systemd");
        at.Must("sctl slots").Should().Contain("The trial of sysmaster is lost");
    }
}
