using SysMaster.TestRigs;

namespace SysMaster.Container.Tests;

/// <summary>How a manager comes to be PID 1 other than by a plain boot: from an initrd, and by a soft-reboot.</summary>
public sealed class EarlyBootTests
{
    private static readonly string s_ours = Path.Combine(Shell.Root, "out", "root");
    private static readonly string s_initrd = Path.Combine(Shell.Root, "tests", "container", "initrd");

    /// <summary>Debian's own initrd units take the machine from initrd.target to the switch of roots, whoever is PID 1 on either side.</summary>
    [Theory]
    [InlineData("systemd", "systemd")]
    [InlineData("systemd", "sysmaster")]
    [InlineData("sysmaster", "sysmaster")]
    [InlineData("sysmaster", "systemd")]
    public void An_initrd_hands_the_machine_over(string from, string to)
    {
        string choice = Directory.CreateTempSubdirectory("initrd-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(choice, "etc"));
            File.WriteAllText(Path.Combine(choice, "etc", "next-init"), to);
            // Both at hand beside what the initrd runs: our tree takes systemd's own path.
            string real = Path.Combine(Shell.Run(Path.Combine(Shell.Root, "tests", "rootfs", "rootfs"), ["tree", "minimal"], 300).Text, "usr", "lib", "systemd", "systemd");
            Shell.Run("cp", ["-a", real, Path.Combine(choice, "etc", "real-systemd")], 30).Code.Should().Be(0);
            Shell.Run("cp", ["-a", Path.Combine(s_ours, "usr", "lib", "sysmaster"), Path.Combine(choice, "etc", "real-sysmaster")], 30).Code.Should().Be(0);
            using Machine machine = Containers.Boot(from, "minimal", "--no-wait", "--overlay", s_initrd, "--overlay", choice);
            machine.UntilAnew("test ! -e /etc/initrd-release && systemctl is-system-running | grep -qx running", 60);
            machine.Must("systemctl --failed --no-legend --plain").Should().BeEmpty();
            machine.Must("readlink /proc/1/exe").Should().Be(to == "systemd" ? "/usr/lib/systemd/systemd" : "/usr/lib/sysmaster/init");
            machine.Must("tr '\\0' ' ' </proc/1/cmdline").Should().Contain("--switched-root --system");
            machine.Must("findmnt -n -o FSTYPE / && for d in proc dev sys run; do mountpoint -q /$d || exit 1; done").Should().Be("overlay");
            if (from == "sysmaster" && to == "systemd") { return; }   // it cannot read our state: it starts what it wants
            string kept = machine.Must("pgrep -fx '@storage 100000'");
            kept.Should().NotContain("\n", "what lives on is not started again");
            machine.Must("systemctl show -P MainPID -P ActiveState storage").Should().Be($"{kept}\nactive");
        }
        finally { Directory.Delete(choice, recursive: true); }
    }

    [Theory, EachProvider]
    public void An_initrd_with_nothing_behind_it_stays(string provider)
    {
        using Machine machine = Containers.Boot(provider, "minimal", "--no-wait", "--overlay", s_initrd, "--arg", "rd.systemd.unit=rescue.target", "--arg", "systemd.unit=graphical.target");
        machine.Until("systemctl is-active rescue.target", 40);
        Outcome refused = machine.Exec("systemctl switch-root /sysroot /sbin/init");
        refused.Code.Should().NotBe(0);
        machine.Must("test -e /etc/initrd-release && systemctl is-active rescue.target");
    }

    /// <summary>systemd 252 cannot do it, so there is no reference; the rules are those of systemd-soft-reboot.service(8).</summary>
    [Fact]
    public void A_soft_reboot_starts_userspace_anew_and_spares_who_may_survive()
    {
        using Machine machine = Containers.Boot("sysmaster", "minimal");
        machine.Must("cat >/etc/systemd/system/survivor.service <<'EOF'\n[Unit]\nDefaultDependencies=no\nSurviveFinalKillSignal=yes\nIgnoreOnIsolate=yes\n[Service]\nExecStart=sleep 10000\nEOF\nsystemctl daemon-reload && systemctl start survivor && touch /run/before");
        string survivor = machine.Must("systemctl show -P MainPID survivor"), cron = machine.Must("systemctl show -P MainPID cron"), boot = machine.Must("cat /proc/sys/kernel/random/boot_id");

        // The client is one of the processes that are ended: it may not live to print the answer.
        machine.Exec("busctl call org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager SoftReboot s ''");

        machine.UntilAnew($"test ! -d /proc/{cron} && systemctl is-system-running | grep -qx running && systemctl is-active cron", 60);
        machine.Must("readlink /proc/1/exe").Should().Be("/usr/lib/sysmaster/init");
        machine.Must("cat /proc/sys/kernel/random/boot_id && ls /run/before").Should().Be($"{boot}\n/run/before");
        machine.Must("systemctl show -P MainPID -P ActiveState survivor").Should().Be($"{survivor}\nactive");
        machine.Must("systemctl show -P MainPID cron").Should().NotBe(cron);
        machine.Must("systemctl --failed --no-legend --plain").Should().BeEmpty();
        machine.Must("systemctl stop survivor");
    }

    [Fact]
    public void A_soft_reboot_goes_into_the_root_that_was_prepared()
    {
        using Machine machine = Containers.Boot("sysmaster", "minimal");
        machine.Must("mkdir -p /run/nextroot /run/layers && mount -t tmpfs layers /run/layers && mkdir /run/layers/u /run/layers/w && mount -t overlay -o lowerdir=/,upperdir=/run/layers/u,workdir=/run/layers/w next /run/nextroot && touch /run/nextroot/etc/second-root");
        machine.Exec("busctl call org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager SoftReboot s /nowhere").Code.Should().NotBe(0, "there is no system");

        // The client is one of the processes that are ended: it may not live to print the answer.
        machine.Exec("busctl call org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager SoftReboot s ''");

        machine.UntilAnew("test -e /etc/second-root && systemctl is-system-running | grep -qx running", 60);
        machine.Must("findmnt -n -o SOURCE /").Should().Be("next");
        machine.Must("systemctl --failed --no-legend --plain").Should().BeEmpty();
    }
}
