using SysMaster.TestRigs;

namespace SysMaster.Vm.Tests;

/// <summary>`./run --vm`, as a person types it.</summary>
public sealed class RunVmTests
{
    private static readonly string s_run = Path.Combine(Shell.Root, "run");

    [Fact]
    public void A_command_is_run_in_it_with_its_output_alone_and_its_code()
    {
        Outcome outcome = Shell.Run(s_run, ["--vm", "--", "sh", "-c", "systemctl is-system-running; echo err >&2; exit 7"], 600);
        outcome.Code.Should().Be(7, "{0}", outcome);
        outcome.Output.Should().Be("running\n");
        outcome.Errors.Should().Be("err\n");
    }

    /// <summary>script(1) is the terminal; what it shows is in a file, what is typed goes through a pipe.</summary>
    [Fact]
    public void On_a_terminal_it_shows_the_boot_and_a_root_shell_until_power_off()
    {
        Outcome outcome = Shell.Run("bash", ["-c", $$"""
            cd "$(mktemp -d)" && mkfifo typed
            script -qefc '{{s_run}} --vm' shown <typed >/dev/null & terminal=$!
            exec 3>typed
            trap 'kill $terminal' EXIT
            shows() { for i in $(seq 1500); do grep -aq "$1" shown && return; kill -0 $terminal || break; sleep 0.2; done; echo "never shown: $1"; cat shown; exit 1; }
            shows 'OK.*Multi-User System'
            shows 'root@sysmaster'
            printf 'echo on $(tty), $(id -un), $((6*7))\r' >&3
            shows '^.*on /dev/ttyS0, root, 42'
            printf 'systemctl poweroff\r' >&3
            shows 'reboot: Power down'
            trap - EXIT; wait $terminal
            """], 700);
        outcome.Code.Should().Be(0, "{0}", outcome);
    }
}
