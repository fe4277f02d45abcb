using System.Diagnostics;

namespace SysMaster.Linux.Tests;

public sealed class ProcessFactsTests
{
    /// <summary>The kernel's upper bound of PIDs, which none reaches.</summary>
    private const int Nobody = 4 << 20;

    [Theory]
    [InlineData("exec sleep 60", 'S')]
    [InlineData("while :; do :; done", 'R')]
    [InlineData("kill -STOP $$", 'T')]
    public void The_state_is_the_kernels_letter(string script, char state)
    {
        using Process child = Process.Start("/bin/sh", ["-c", script]);

        SpinWait.SpinUntil(() => ProcessFacts.State(child.Id) == state, 5000).Should().BeTrue($"it is {(char)ProcessFacts.State(child.Id)}");
        child.Kill();
    }

    [Fact]
    public void A_name_with_a_bracket_does_not_hide_the_state()
    {
        string program = Path.Combine(Directory.CreateTempSubdirectory().FullName, "a) Z (b");
        File.Copy("/bin/sleep", program);
        using Process child = Process.Start(program, "60");

        SpinWait.SpinUntil(() => ProcessFacts.State(child.Id) == 'S', 5000).Should().BeTrue($"it is {(char)ProcessFacts.State(child.Id)}");
        child.Kill();
    }

    [Fact]
    public void Cpu_time_grows_with_work_and_not_with_sleep()
    {
        using Process busy = Process.Start("/bin/sh", ["-c", "while :; do :; done"]);
        using Process idle = Process.Start("/bin/sh", ["-c", "exec sleep 60"]);

        SpinWait.SpinUntil(() => ProcessFacts.CpuUsec(busy.Id) > 100_000, 20_000).Should().BeTrue();
        ProcessFacts.CpuUsec(idle.Id).Should().BeInRange(1, 50_000);
        busy.Kill();
        idle.Kill();
    }

    [Fact]
    public void Nobody_has_neither()
    {
        ProcessFacts.State(Nobody).Should().Be(0);
        ProcessFacts.CpuUsec(Nobody).Should().Be(0);
    }
}
