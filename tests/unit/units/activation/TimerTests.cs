using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using SysMaster.Core;
using SysMaster.Events;
using SysMaster.Linux;
using SysMaster.Units.Timer;

namespace SysMaster.Units.Tests.Activation;

public sealed class TimerTests
{
    private const string Service = "[Service]\nExecStart=/bin/true\n";

    private static Usec Wall(string utc) =>
        new((ulong)(DateTimeOffset.Parse(utc + "Z", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds() * 1000));

    [Fact]
    public void A_calendar_elapses_at_its_next_point_after_now()
    {
        using TestManager t = new TestManager().With("a.service", Service).With("a.timer", "[Timer]\nOnCalendar=*-*-* 03:00:00 UTC\n").Up();

        TimerUnit timer = t.Start<TimerUnit>("a.timer");

        timer.State.Should().Be(TimerState.Waiting);
        DateTime now = DateTime.UtcNow, next = now.Date.AddHours(now.Hour >= 3 ? 27 : 3);
        timer.NextElapseRealtime.Should().Be(Wall(next.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)));
        timer.NextElapseMonotonic.IsInfinity.Should().BeTrue();
    }

    [Fact]
    public void The_earliest_of_several_lines_counts()
    {
        using TestManager t = new TestManager().With("a.service", Service)
            .With("a.timer", "[Timer]\nOnActiveSec=1h\nOnActiveSec=10min\nOnUnitActiveSec=1s\n").Up();

        TimerUnit timer = t.Start<TimerUnit>("a.timer");

        Usec since = timer.Timestamps.InactiveExit.Monotonic;
        timer.NextElapseMonotonic.Value.Should().BeCloseTo((since + Usec.FromSec(600)).Value, Usec.PerSec);
        timer.Values[2].Next.Should().Be(Usec.Zero, "its unit was never active");
    }

    [Fact]
    public void An_elapsed_timer_starts_its_unit_and_waits_for_its_end()
    {
        using TestManager t = new TestManager().With("a.service", Service).With("a.timer", "[Timer]\nOnActiveSec=50ms\nAccuracySec=1us\n").Up();
        TimerUnit timer = t.Start<TimerUnit>("a.timer");

        t.Until(() => timer.LastTrigger.IsSet);

        // No executor: the unit failed at once; a span from the activation elapses once only.
        t.Until(() => timer.State == TimerState.Elapsed);
        timer.Triggered!.ActiveState.Should().Be(UnitActiveState.Failed);
        timer.Values[0].IsDisabled.Should().BeTrue();
    }

    [Fact]
    public void Without_RemainAfterElapse_an_elapsed_timer_goes_down()
    {
        using TestManager t = new TestManager().With("a.service", Service)
            .With("a.timer", "[Timer]\nOnActiveSec=50ms\nAccuracySec=1us\nRemainAfterElapse=no\n").Up();
        TimerUnit timer = t.Start<TimerUnit>("a.timer");

        t.Until(() => timer.State == TimerState.Dead);

        timer.Result.Should().Be(TimerResult.Success);
    }

    [Fact]
    public void A_persistent_timer_counts_from_its_stamp_file()
    {
        using TestManager t = new TestManager().With("a.service", Service).With("a.timer", "[Timer]\nOnCalendar=*-*-* 03:00:00 UTC\nPersistent=yes\n").Up();
        TimerUnit timer = t.Load<TimerUnit>("a.timer");
        timer.StampDirectory = t.Directory + "/stamps";
        Sys.MkdirAll(t.Path("stamps"), 0x1ED);
        Sys.Touch(timer.StampPath, Wall("2020-02-02T02:02:02")).Failed.Should().BeFalse();

        t.Do(JobType.Start, timer).Should().BeNull();
        // Missed long ago: due at once.
        timer.NextElapseRealtime.Should().BeLessThanOrEqualTo(Clock.Realtime());
        timer.LastTrigger.Realtime.Should().Be(Wall("2020-02-02T02:02:02"));
    }

    [Fact]
    public void A_persistent_timer_that_never_ran_makes_its_stamp()
    {
        using TestManager t = new TestManager().With("a.service", Service).With("a.timer", "[Timer]\nOnCalendar=daily\nPersistent=yes\n").Up();
        TimerUnit timer = t.Load<TimerUnit>("a.timer");
        timer.StampDirectory = t.Directory + "/stamps";

        t.Do(JobType.Start, timer).Should().BeNull();

        Sys.Exists(timer.StampPath).Should().BeTrue();
    }

    [Fact]
    public void A_fixed_random_delay_is_the_same_each_time()
    {
        using TestManager t = new TestManager().With("a.service", Service)
            .With("a.timer", "[Timer]\nOnCalendar=2100-01-01 00:00:00 UTC\nRandomizedDelaySec=10h\nFixedRandomDelay=yes\n").Up();
        TimerUnit timer = t.Start<TimerUnit>("a.timer");
        Usec first = timer.NextElapseRealtime;

        t.Do(JobType.Stop, timer);
        t.Do(JobType.Start, timer);

        timer.NextElapseRealtime.Should().Be(first);
        first.Should().BeGreaterThanOrEqualTo(Wall("2100-01-01T00:00:00")).And.BeLessThan(Wall("2100-01-01T10:00:00"));
    }

    [Fact]
    public void A_timer_without_a_line_is_a_bad_setting()
    {
        using TestManager t = new TestManager().With("a.service", Service).With("a.timer", "[Timer]\nAccuracySec=1s\n").Up();

        t.Load<TimerUnit>("a.timer").LoadState.Should().Be(UnitLoadState.BadSetting);
    }

    [Fact]
    public void A_wake_up_lies_within_the_accuracy()
    {
        Prop.ForAll<uint, uint, uint>((due, accuracy, offset) =>
        {
            ulong at = WakeUp.Pick(new Usec(due * 1000UL), new Usec(accuracy), offset % Usec.PerMinute).Value;
            return at >= due * 1000UL && at <= (due * 1000UL) + accuracy;
        }).Holds();
    }

    [Fact]
    public void With_a_minute_of_accuracy_all_timers_of_a_machine_share_a_wake_up()
    {
        ulong first = WakeUp.Pick(new Usec(600_000_000), new Usec(Usec.PerMinute), 17_000_000).Value;
        ulong second = WakeUp.Pick(new Usec(601_234_567), new Usec(Usec.PerMinute), 17_000_000).Value;

        first.Should().Be(second).And.Be(617_000_000);
    }
}
