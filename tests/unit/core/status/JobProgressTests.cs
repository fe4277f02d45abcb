using SysMaster.Core.Status;
using SysMaster.Linux;

namespace SysMaster.Core.Tests.Status;

public sealed class JobProgressTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly Jobs _jobs = new();

    [Fact]
    public void Without_jobs_there_is_no_wake_up()
    {
        JobProgress progress = Make(ShowStatus.Yes);

        progress.OnJobsChanged(Usec.FromSec(1));

        progress.NextDue.Should().Be(Usec.Infinity);
        progress.Tick(Usec.FromSec(100)).Should().Be(Usec.Infinity);
    }

    [Fact]
    public void The_line_appears_after_two_seconds_and_moves()
    {
        _jobs.List.Add(Job("foo.service", "Foo", 10, 100));
        JobProgress progress = Make(ShowStatus.Yes);
        progress.OnJobsChanged(Usec.FromSec(10));
        progress.NextDue.Should().Be(Usec.FromSec(12));

        Usec next = progress.Tick(Usec.FromSec(12));
        progress.Tick(next);

        System.IO.File.ReadAllText(_file).Should().Be(
            "[*     ] A start job is running for foo.service - Foo (2s / 1min 30s)\n"
            + "\eM\r\e[K[**    ] A start job is running for foo.service - Foo (2s / 1min 30s)\n");
    }

    [Fact]
    public void Several_jobs_take_turns_each_second()
    {
        _jobs.List.Add(Job("a.service", "a.service", 0, 90));
        _jobs.List.Add(Job("b.service", "b.service", 0, ulong.MaxValue));
        JobProgress progress = Make(ShowStatus.Yes);
        progress.OnJobsChanged(Usec.Zero);

        for (int i = 0; i < 4; i++) { progress.Tick(progress.NextDue); }

        string text = System.IO.File.ReadAllText(_file);
        text.Should().Contain("(1 of 2) A start job is running for a.service (2s / 1min 30s)")
            .And.Contain("(2 of 2) A start job is running for b.service (2s / no limit)");
    }

    [Fact]
    public void An_automatic_status_waits_longer_and_comes_on()
    {
        _jobs.List.Add(Job("a.service", "", 0, 90));
        JobProgress progress = Make(ShowStatus.Auto);
        progress.OnJobsChanged(Usec.Zero);
        progress.NextDue.Should().Be(Usec.FromSec(25));

        progress.Tick(Usec.FromSec(25));

        System.IO.File.ReadAllText(_file).Should().Contain("A start job is running for a.service (25s / 1min 30s)");
    }

    [Fact]
    public void When_the_jobs_end_so_does_the_timer()
    {
        _jobs.List.Add(Job("a.service", "", 0, 90));
        JobProgress progress = Make(ShowStatus.Yes);
        progress.OnJobsChanged(Usec.Zero);
        progress.Tick(Usec.FromSec(3));

        _jobs.List.Clear();
        progress.OnJobsChanged(Usec.FromSec(4));

        progress.NextDue.Should().Be(Usec.Infinity);
    }

    public void Dispose() => System.IO.File.Delete(_file);

    private static RunningJob Job(string name, string description, ulong began, ulong deadline) => new()
    {
        JobType = "start", UnitName = name, Description = description, Began = Usec.FromSec(began), Deadline = Usec.FromSec(deadline),
    };

    private JobProgress Make(ShowStatus mode)
        => new(new StatusOutput(new StatusOptions { Console = new ByteText(_file), Marker = default, Show = mode, Colors = false }), _jobs);

    private sealed class Jobs : IRunningJobs
    {
        public List<RunningJob> List { get; } = [];

        public int Count => List.Count;

        public RunningJob At(int index) => List[index];
    }
}
