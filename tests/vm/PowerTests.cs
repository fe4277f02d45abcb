using SysMaster.TestRigs;

namespace SysMaster.Vm.Tests;

/// <summary>How a virtual machine ends.</summary>
public sealed class PowerTests
{
    [Theory, EachProvider]
    public void Power_off_switches_the_machine_off_with_its_disk_clean(string provider)
    {
        using Machine machine = VirtualMachines.Boot(provider, "minimal");
        machine.Must("systemctl is-system-running").Should().Be("running");
        Outcome ended = machine.PowerOff(60);
        ended.Code.Should().Be(0, "{0}", ended);
    }
}
