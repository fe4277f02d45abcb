using SysMaster.TestRigs;

namespace SysMaster.Container.Tests;

/// <summary>The programs are taken away under the machine that runs on them. It goes on, in what faults come, to its orderly end.</summary>
public sealed class RemovalTests
{
    private const string Core = "[s]ysmaster --system";

    /// <summary>As the package's scriptlet does it (packaging/rpm/sysmaster.spec); the packages themselves are tests/packaging's.</summary>
    [Theory]
    [InlineData("reboot")]
    [InlineData("poweroff")]
    public void By_their_package_every_program_is_found_again(string end)
    {
        using Machine machine = Machine.Boot(isVirtual: false, "sysmaster", "minimal");
        string pids = machine.Must("systemctl show -P MainPID cron ssh dbus");
        machine.Must("mkdir -p /run/sysmaster && cp -a /usr/lib/sysmaster /run/sysmaster/removed && rm -rf /usr/lib/sysmaster");

        machine.Must($"core=$(pgrep -f '{Core}'); kill -9 $core; for i in $(seq 50); do new=$(pgrep -f '{Core}') && [ $new != $core ] && break; sleep 0.1; done; systemctl is-active cron").Should().Be("active");
        machine.Must("pkill -9 -f '^[^ ]*/sysmaster-executor' && systemd-run --wait -q true", 30);
        machine.Must("kill -SEGV 1; sleep 0.5; kill -SEGV 1; systemd-run --wait -q true", 30);
        machine.Must("readlink /proc/1/exe").Should().Be("/usr/lib/sysmaster/init (deleted)", "not what /sbin/init has become");
        machine.Must("systemctl daemon-reexec && systemctl is-active cron").Should().Be("active");
        machine.Must("systemctl show -P MainPID cron ssh dbus").Should().Be(pids);

        machine.Exec($"systemctl {end} --no-block");
        machine.End(60).Should().Be(end);
    }

    /// <summary>Nothing but what runs is left: the last step is systemd's.</summary>
    [Fact]
    public void By_hand_the_machine_still_powers_off()
    {
        using Machine machine = Machine.Boot(isVirtual: false, "sysmaster", "minimal");
        machine.Must("rm -rf /usr/lib/sysmaster && kill -SEGV 1; sleep 0.5; systemd-run --wait -q true");

        machine.Exec("systemctl poweroff --no-block");
        machine.End(60).Should().Be("poweroff");
    }
}
