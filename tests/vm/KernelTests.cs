using SysMaster.TestRigs;

namespace SysMaster.Vm.Tests;

/// <summary>Other kernels and cgroup trees than Debian 12's own: what openEuler boots by default, and the oldest kernel that is targeted.</summary>
public sealed class KernelTests
{
    private const string Split = "systemd.unified_cgroup_hierarchy=0";

    [Theory, EachProvider]
    public void A_pure_v1_cgroup_tree_boots_and_tracks_services(string provider)
    {
        using Machine machine = VirtualMachines.Boot(provider, "minimal", "--append", $"{Split} systemd.legacy_systemd_cgroup_controller=1");
        machine.Must("stat -f -c %T /sys/fs/cgroup").Should().Be("tmpfs");
        machine.Exec("mountpoint -q /sys/fs/cgroup/unified").Code.Should().NotBe(0);
        Tracks(machine);
        Limits(machine);
    }

    [Theory, EachProvider]
    public void A_hybrid_cgroup_tree_boots_and_tracks_services(string provider)
    {
        using Machine machine = VirtualMachines.Boot(provider, "minimal", "--append", $"{Split} systemd.legacy_systemd_cgroup_controller=0");
        machine.Must("stat -f -c %T /sys/fs/cgroup/unified").Should().Be("cgroup2fs");
        machine.Must("sed -n 's/^0:://p' /proc/$(systemctl show -P MainPID cron)/cgroup").Should().Be("/system.slice/cron.service");
        Tracks(machine);
        Limits(machine);
    }

    [Theory, EachProvider]
    public void A_5_10_kernel_boots_with_nothing_failed(string provider)
    {
        using Machine machine = VirtualMachines.Boot(provider, "minimal", "--kernel", "bullseye");
        machine.Must("uname -r").Should().StartWith("5.10.");
        machine.Must("systemctl --failed --no-legend --plain").Should().BeEmpty();
        machine.Must("awk '/^Max open files/ { print $4, $5 }' /proc/$(systemctl show -P MainPID cron)/limits").Should().Be("1024 524288");
        machine.Must("systemctl is-active cron ssh dbus rsyslog systemd-logind systemd-udevd").Split('\n').Should().AllBe("active");
        Kills(machine);
    }

    /// <summary>A boot without failures, in which every process is found through the group of its unit, and every end of a group is noticed.</summary>
    private static void Tracks(Machine machine)
    {
        machine.Must("systemctl --failed --no-legend --plain").Should().BeEmpty();
        machine.Must("sed -n 's/.*name=systemd://p' /proc/$(systemctl show -P MainPID cron)/cgroup").Should().Be("/system.slice/cron.service");
        Kills(machine);
        machine.Must("systemd-run -q --unit=ends-empty sh -c 'setsid sleep 1 &' ");
        machine.Until("! systemctl is-active ends-empty", 20);
        // Nobody is the parent of what is left in this scope: only the kernel tells that it is empty.
        machine.Must("systemd-run -q --scope --unit=leaves sh -c 'setsid sleep 3 & exit 0'");
        machine.Must("systemctl is-active leaves.scope").Should().Be("active");
        machine.Until("! systemctl is-active leaves.scope", 30);
    }

    private static void Kills(Machine machine)
    {
        machine.Must("systemd-run -q --unit=leaves-one sh -c 'setsid sleep 999 & exec sleep 998'");
        machine.Until("test $(pgrep -xc sleep) = 2", 10);
        machine.Must("systemctl stop leaves-one");
        machine.Exec("pgrep -x sleep").Code.Should().Be(1, "what a service leaves behind is found through its group");
        // The rest of the group holds on after the main process has gone, until SIGKILL.
        machine.Must("systemd-run -q --unit=stays -p TimeoutStopSec=2 sh -c \"(trap '' TERM; exec sleep 997) & exec sleep 996\"");
        machine.Until("test $(pgrep -xc sleep) = 2", 10);
        machine.Must("systemctl stop stays", 120);
        machine.Exec("pgrep -x sleep").Code.Should().Be(1, "what ignores SIGTERM is killed");
    }

    private static void Limits(Machine machine)
    {
        machine.Must("systemd-run -q --unit=limited -p MemoryMax=64M -p TasksMax=12 -p CPUWeight=200 sleep 1000");
        machine.Must("cat /sys/fs/cgroup/memory/system.slice/limited.service/memory.limit_in_bytes /sys/fs/cgroup/pids/system.slice/limited.service/pids.max /sys/fs/cgroup/cpu/system.slice/limited.service/cpu.shares")
            .Should().Be("67108864\n12\n2048");
        machine.Must("cat /sys/fs/cgroup/memory/system.slice/limited.service/cgroup.procs").Should().Be(machine.Must("systemctl show -P MainPID limited"));
        machine.Must("systemctl set-property --runtime limited.service MemoryMax=32M && cat /sys/fs/cgroup/memory/system.slice/limited.service/memory.limit_in_bytes").Should().Be("33554432");
        machine.Must("systemctl stop limited");
        machine.Must("systemd-run -q --unit=earlier -p MemoryLimit=64M -p CPUShares=1500 -p 'BlockIOReadBandwidth=/dev/nvme0n1 5M' sleep 1000");
        machine.Must("cat /sys/fs/cgroup/memory/system.slice/earlier.service/memory.limit_in_bytes /sys/fs/cgroup/cpu/system.slice/earlier.service/cpu.shares /sys/fs/cgroup/blkio/system.slice/earlier.service/blkio.throttle.read_bps_device")
            .Should().Be("67108864\n1500\n259:0 5000000");
        machine.Must("systemctl stop earlier");
        machine.Exec("ls -d /sys/fs/cgroup/*/system.slice/limited.service").Code.Should().NotBe(0, "groups go with their unit, in every tree");
    }

    [Theory, EachProvider]
    public void Settings_of_v1_hold_in_a_v2_tree(string provider)
    {
        using Machine machine = VirtualMachines.Boot(provider, "minimal");
        machine.Must("systemd-run -q --unit=earlier -p MemoryLimit=64M -p CPUShares=1500 -p BlockIOWeight=1000 -p 'BlockIOReadBandwidth=/dev/nvme0n1 5M' sleep 1000");
        const string Look = "cd /sys/fs/cgroup/system.slice/earlier.service && cat memory.max cpu.weight io.weight io.max";
        machine.Must(Look).Should().Be("67108864\n146\ndefault 200\n259:0 rbps=5000000 wbps=max riops=max wiops=max");
        // Their successors take their place, one family at a time.
        machine.Must("systemctl set-property --runtime earlier.service MemoryHigh=32M CPUWeight=50");
        machine.Must(Look).Should().StartWith("max\n50\ndefault 200\n");
        machine.Must("systemctl set-property --runtime earlier.service MemoryHigh= CPUWeight=");
        machine.Must(Look).Should().StartWith("67108864\n146\n");
    }
}
