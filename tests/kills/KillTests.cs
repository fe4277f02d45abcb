using SysMaster.TestRigs;

namespace SysMaster.Kills.Tests;

/// <summary>
/// `tests/kills/kills` as cases: the manager ended at system call after system call of a busy scenario. A run takes as much of them as fits
/// its time, another part each day; with SYSMASTER_FULL=1 every boundary of a batch of records too, before and after its commit.
/// </summary>
public sealed class KillTests
{
    private const int SecondsOfPart = 180;

    private static bool IsFull => Environment.GetEnvironmentVariable("SYSMASTER_FULL") == "1";

    [Fact]
    public void Killed_at_any_system_call_nobody_sees_a_difference() =>
        Run(["--seconds", IsFull ? "3600" : $"{SecondsOfPart}"], IsFull ? 5000 : 900);

    [Fact]
    public void Killed_before_and_after_each_commit_nobody_sees_a_difference() =>
        Run(["--records", .. IsFull ? Array.Empty<string>() : ["--seconds", "45"]], IsFull ? 40000 : 600);

    [Fact]
    public void Stopped_at_any_system_call_nobody_sees_a_difference() =>
        Run(["--how", "stop", "--seconds", IsFull ? "3600" : "45"], IsFull ? 5000 : 600);

    [Fact]
    public void Looping_after_any_system_call_of_its_work_nobody_sees_a_difference() =>
        Run(["--how", "loop", "--seconds", IsFull ? "3600" : "45"], IsFull ? 5000 : 600);

    private static void Run(string[] options, int seconds)
    {
        Outcome outcome = Shell.Run(Path.Combine(Shell.Root, "tests", "kills", "kills"), options, seconds);

        outcome.Code.Should().Be(0, "{0}", outcome);
    }
}
