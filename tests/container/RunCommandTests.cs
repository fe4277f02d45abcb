using SysMaster.TestRigs;

namespace SysMaster.Container.Tests;

/// <summary>`./run`, as a person uses it.</summary>
public sealed class RunCommandTests
{
    [Theory, EachProvider]
    public void It_prints_the_commands_output_alone_and_exits_with_its_code(string provider)
    {
        Outcome outcome = Shell.Run(Path.Combine(Shell.Root, "run"), ["--init", provider, "--", "sh", "-c", "echo out; echo err >&2; exit 7"], 300);
        outcome.Code.Should().Be(7, "{0}", outcome);
        outcome.Output.Should().Be("out\n");
        outcome.Errors.Should().Be("err\n");
    }

    [Theory, EachProvider]
    public void The_machine_itself_is_untouched(string provider)
    {
        string marker = $"/etc/rig-{Guid.NewGuid():N}";
        Outcome outcome = Shell.Run(Path.Combine(Shell.Root, "run"), ["--init", provider, "--", "sh", "-c", $"touch {marker} && test -e {marker} && systemctl is-system-running"], 300);
        outcome.Code.Should().Be(0, "{0}", outcome);
        outcome.Text.Should().Be("running");
        File.Exists(marker).Should().BeFalse();
    }
}
