using SysMaster.TestRigs;

namespace SysMaster.Vm.Tests;

/// <summary>
/// A kernel with SELinux and Debian's policy, the disk labelled: our manager loads the policy before anything else, and every process runs in the
/// context that it has under systemd; permissive, and enforced. What is denied is what is denied under systemd.
/// </summary>
public sealed class SelinuxTests
{
    /// <summary>The rig's own commands run as the kernel, to which the policy gives no rights on the manager: a unit is what asks it.</summary>
    private const string Look = """
        cat >/etc/systemd/system/look.service <<'EOF'
        [Service]
        ExecStart=sh -c 'systemctl is-system-running --wait >/run/look; systemctl --failed --no-legend --plain >>/run/look; id -Z >>/run/look; touch /run/look.done'
        EOF
        mkdir -p /etc/systemd/system/multi-user.target.wants; ln -sf ../look.service /etc/systemd/system/multi-user.target.wants/
        """;

    private const string Looked = """
        for i in $(seq 600); do test -e /run/look.done && break; sleep 0.2; done; cat /run/look; getenforce
        for p in /proc/[0-9]*; do c=$(tr -d '\0' <$p/attr/current) && case $c in *kernel_t*) ;; *) echo $(cat $p/comm) $c ;; esac; done 2>/dev/null | grep -E '^(agetty|cron|dbus-daemon|rsyslogd|sshd|systemd-[a-z]*) ' | sort -u
        stat -c '%C %n' /proc/1/attr/current /run/systemd /run/systemd/notify /run/systemd/private /run/dbus/system_bus_socket /dev/log /run/udev /run/udev/control /run/systemd/journal /run/systemd/journal/socket /sys/fs/cgroup/system.slice
        """;

    private const string Denied = "dmesg | grep -o 'avc:  denied.*' | sed -E 's/ (pid|ino|auid)=[0-9]*//g; s/ (comm|name)=\"[^\"]*\"//g; s/ permissive=.//; /function=/d' | sort -u";

    [FullTheory]
    [InlineData("permissive")]
    [InlineData("enforcing")]
    public void Everything_runs_in_the_context_that_it_has_under_systemd(string mode)
    {
        using var at = new KeptMachine("boot", words: "security=selinux");
        at.Must(Look);
        at.Must($"sed -i 's/^SELINUX=.*/SELINUX={mode}/' /etc/selinux/config && semodule -i /usr/share/selinux/packages/sysmaster.cil", 600);
        at.Must("install -d -m 700 /root/.ssh");   // systemd-tmpfiles makes it in the first boot, and labels what it finds from the second on
        at.Must("setfiles -F -e /proc -e /sys -e /dev -e /run /etc/selinux/default/contexts/files/file_contexts / 2>&1 | tail -n 3; ls -Z /usr/lib/sysmaster/init", 600).Should().Contain("init_exec_t");
        at.Off();

        at.On("--no-wait");
        at.Machine.UntilAnew("test -e /run/look.done", 300);
        string[] reference = [at.Must(Looked), at.Must(Denied)];
        reference[0].Should().StartWith("running\n").And.ContainEquivalentOf($"\n{mode}\n");
        at.Must("sctl slots use --no-trial manager sysmaster");
        at.Cut();   // the policy does not let the kernel's processes ask systemd for a power-off

        at.On("--no-wait");
        at.Machine.UntilAnew("test -e /run/look.done", 300);
        at.Running.Should().Be("sysmaster");
        at.Must(Looked).Should().Be(reference[0]);
        at.Must("for p in $(pgrep -f '[s]ysmaster'); do echo $(tr -d '\\0' </proc/$p/attr/current); done | sort -u").Should().Be("system_u:system_r:init_t:s0");
        at.Must(Denied).Split('\n').Should().BeSubsetOf(reference[1].Split('\n'));
        at.Must("kill -SEGV 1; sleep 1; dmesg | grep -c 'init: had a fault'").Should().Be("1", "what a fault executes may be executed");
        at.Machine.Exec("kill -s RTMIN+4 1");   // power-off, without a bus that the policy closes to the kernel's processes
        at.Machine.WaitForEnd(120).Should().BeTrue();
        at.Machine.Console.Should().Contain("reboot: Power down");
    }
}
