using SysMaster.TestRigs;

namespace SysMaster.Kills.Tests;

/// <summary>
/// `tests/kills/kills` as cases: the manager ended at system call after system call of a busy scenario. A run takes as much of them as fits
/// its time, another part each day (it prints the points covered of those there are); with SYSMASTER_FULL=1 each commit of records, and an hour of each other part.
/// </summary>
public sealed class KillTests
{
    private static bool IsFull => Environment.GetEnvironmentVariable("SYSMASTER_FULL") == "1";

    /// <summary>One container for all parts of a daily run: a boot and the runs to compare with cost as much as ten instants.</summary>
    [Fact]
    public void Ended_stopped_or_failed_at_any_system_call_nobody_sees_a_difference() => Run(IsFull
        ? ["--parts", "kill=3600,again=3600,stop=3600,loop=3600,fail=3600"]
        : ["--parts", "kill=40,again=20,records=20,stop=10,loop=10"], IsFull ? 24000 : 900);

    [Fact]
    public void Killed_on_the_way_down_the_machine_still_goes_down_in_order() => Run(["--down", IsFull ? "3600" : "30"], IsFull ? 5000 : 400);

    /// <summary>Every boundary of a batch of records: hours.</summary>
    [Fact]
    public void Killed_before_and_after_every_commit_nobody_sees_a_difference()
    {
        if (IsFull) { Run(["--all", "records"], 60000); }
    }

    private static void Run(string[] options, int seconds)
    {
        Outcome outcome = Shell.Run(Path.Combine(Shell.Root, "tests", "kills", "kills"), options, seconds);

        foreach (string line in outcome.Text.Split('\n').Where(l => l.StartsWith("part ", StringComparison.Ordinal))) { Console.WriteLine(line); }
        outcome.Code.Should().Be(0, "{0}", outcome);
    }
}
