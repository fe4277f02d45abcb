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

    [Theory, EachProvider]
    public void Reboot_ends_in_a_restart_of_the_machine(string provider)
    {
        using Machine machine = VirtualMachines.Boot(provider, "minimal");
        machine.Exec("systemctl reboot --no-block");
        for (int i = 0; i < 120 && !machine.Console.Contains("reboot: Restarting system", StringComparison.Ordinal); i++) { Thread.Sleep(500); }
        machine.Console.Should().Contain("reboot: Restarting system");
    }
}
