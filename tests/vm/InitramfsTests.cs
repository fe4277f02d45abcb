using SysMaster.TestRigs;

namespace SysMaster.Vm.Tests;

/// <summary>
/// A real initramfs as dracut makes it: its PID 1 finds the disk, mounts it and switches to it. There is no pivot_root from the kernel's first
/// file system, so this is another way than that of the containers' EarlyBootTests.
/// </summary>
public sealed class InitramfsTests
{
    [FullTheory]
    [InlineData("systemd")]
    [InlineData("sysmaster")]
    public void It_hands_the_machine_over_to_sysmaster(string first)
    {
        using Machine machine = VirtualMachines.Boot("sysmaster", "minimal", "--initramfs", first);
        machine.Must("systemctl is-system-running").Should().Be("running");
        machine.Must("systemctl --failed --no-legend --plain").Should().BeEmpty();
        machine.Must("readlink /proc/1/exe").Should().Be("/usr/lib/sysmaster/init");
        machine.Must("tr '\\0' ' ' </proc/1/cmdline").Should().Contain("--switched-root --system");
        machine.Must("findmnt -n -o SOURCE,FSTYPE / && for d in proc dev sys run; do mountpoint -q /$d || exit 1; done").Should().Be("/dev/nvme0n1 ext4");
        machine.Must("test ! -e /etc/initrd-release && journalctl -b --no-pager -o cat | grep -c 'Journal started'").Should().Be("2", "the initramfs has a journal of its own");
        machine.Must("systemctl list-units --all --no-legend --plain 'initrd*' | awk '{ print $3 }' | sort -u").Should().Be("inactive", "what belongs to the initramfs is over");
        Outcome ended = machine.PowerOff(60);
        ended.Code.Should().Be(0, "{0}", ended);
    }
}
