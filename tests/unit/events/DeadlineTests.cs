using SysMaster.Linux;

namespace SysMaster.Events.Tests;

/// <summary>Deadlines that leave themselves time run with whatever wakes the loop from then on.</summary>
public sealed class DeadlineTests : IDeadlineObserver
{
    private readonly List<int> _ran = [];

    void IDeadlineObserver.OnElapsed(Deadline timer) => _ran.Add(timer.Tag);

    [Fact]
    public void One_with_time_to_spare_shares_the_wake_up_of_another()
    {
        var loop = new EventLoop();
        DeadlineQueue queue = DeadlineQueue.Create(loop, LibC.CLOCK_MONOTONIC);
        Usec now = queue.Now();
        new Deadline(queue, this) { Tag = 1 }.ArmWithin(now, now + Usec.FromSec(3600));
        new Deadline(queue, this) { Tag = 2 }.ArmWithin(now + Usec.FromSec(60), now + Usec.FromSec(3600));
        new Deadline(queue, this) { Tag = 3 }.ArmAt(now + new Usec(1000));
        queue.Program();

        loop.Turn(5000);

        _ran.Should().Equal(3, 1);
    }

    [Fact]
    public void One_that_is_disarmed_or_exact_again_is_forgotten_as_an_early_one()
    {
        var loop = new EventLoop();
        DeadlineQueue queue = DeadlineQueue.Create(loop, LibC.CLOCK_MONOTONIC);
        Usec now = queue.Now();
        var gone = new Deadline(queue, this) { Tag = 1 };
        var exact = new Deadline(queue, this) { Tag = 2 };
        gone.ArmWithin(now, now + Usec.FromSec(3600));
        exact.ArmWithin(now, now + Usec.FromSec(3600));
        gone.Disarm();
        exact.ArmAt(now + Usec.FromSec(3600));
        new Deadline(queue, this) { Tag = 3 }.ArmAt(now + new Usec(1000));
        queue.Program();

        loop.Turn(5000);

        _ran.Should().Equal(3);
        queue.Count.Should().Be(1);
    }
}
