using SysMaster.Linux;

namespace SysMaster.Events.Tests;

public sealed class HangGuardTests
{
    [Fact]
    public void It_fires_when_the_work_does_not_end()
    {
        using OwnedFd timer = Timer();
        new HangGuard(timer.Fd).Arm(new Usec(1000));

        Sys.WaitReadable(timer.Fd, 5000).Should().BeTrue();
    }

    [Fact]
    public void It_fires_again_for_as_long_as_the_work_goes_on()
    {
        using OwnedFd timer = Timer();
        new HangGuard(timer.Fd).Arm(new Usec(1000));

        for (int i = 0; i < 3; i++)
        {
            Sys.WaitReadable(timer.Fd, 5000).Should().BeTrue();
            Sys.Read(timer.Fd, new byte[8]).Value.Should().Be(8);
        }
    }

    [Fact]
    public void It_does_not_fire_once_it_is_disarmed()
    {
        using OwnedFd timer = Timer();
        var guard = new HangGuard(timer.Fd);
        guard.Arm(new Usec(20_000));
        guard.Disarm();

        Sys.WaitReadable(timer.Fd, 60).Should().BeFalse();
    }

    [Fact]
    public void It_is_armed_after_a_turn_has_woken_and_not_while_it_sleeps()
    {
        using OwnedFd timer = Timer();
        using var loop = new EventLoop { Guard = new HangGuard(timer.Fd) };
        loop.Guard.Arm(new Usec(20_000));

        loop.Turn(100);
        Sys.WaitReadable(timer.Fd, 0).Should().BeFalse("it slept for longer than the guard allows to work");
        IsArmed(timer).Should().BeTrue();
    }

    private static OwnedFd Timer() => new(LibC.timerfd_create(LibC.CLOCK_MONOTONIC, LibC.O_CLOEXEC | LibC.O_NONBLOCK));

    /// <summary>What timerfd_settime says of the setting before.</summary>
    private static unsafe bool IsArmed(OwnedFd timer)
    {
        itimerspec none = default, before = default;
        LibC.timerfd_settime(timer.Value, 0, &none, &before).Should().Be(0);
        return before.it_value_sec != 0 || before.it_value_nsec != 0;
    }
}
