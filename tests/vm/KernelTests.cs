using SysMaster.TestRigs;

namespace SysMaster.Vm.Tests;

/// <summary>Other kernels and cgroup trees than Debian 12's own: what openEuler boots by default, and the oldest kernel that is targeted.</summary>
public sealed class KernelTests
{
    [Theory, EachProvider]
    public void A_pure_v1_cgroup_tree_boots_and_tracks_services(string provider)
    {
        using Machine machine = VirtualMachines.Boot(provider, "minimal",
            "--append", "systemd.unified_cgroup_hierarchy=0 systemd.legacy_systemd_cgroup_controller=1");
        machine.Must("systemctl --failed --no-legend --plain").Should().BeEmpty();
        machine.Must("stat -f -c %T /sys/fs/cgroup").Should().Be("tmpfs");
        machine.Must("sed -n 's/.*name=systemd://p' /proc/$(systemctl show -P MainPID cron)/cgroup").Should().Be("/system.slice/cron.service");
        machine.Must("systemd-run -q --unit=leaves-one -p KillMode=control-group sh -c 'setsid sleep 999 & sleep 998'");
        machine.Until("pgrep -x sleep", 10);
        machine.Must("systemctl stop leaves-one");
        machine.Exec("pgrep -x sleep").Code.Should().Be(1, "what a service leaves behind is found through its group");
        machine.Must("systemd-run -q --unit=ends-empty sh -c 'setsid sleep 1 &' ");
        machine.Until("! systemctl is-active ends-empty", 20);
    }

    [Theory, EachProvider]
    public void A_5_10_kernel_boots_with_nothing_failed(string provider)
    {
        using Machine machine = VirtualMachines.Boot(provider, "minimal", "--kernel", "bullseye");
        machine.Must("uname -r").Should().StartWith("5.10.");
        machine.Must("systemctl --failed --no-legend --plain").Should().BeEmpty();
        machine.Must("systemctl is-active cron ssh dbus rsyslog systemd-logind systemd-udevd").Split('\n').Should().AllBe("active");
    }
}
