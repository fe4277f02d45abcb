using SysMaster.UnitFiles;

namespace SysMaster.Systemctl.Tests;

public sealed class ShutdownTimeTests
{
    // Sun 2026-11-22 14:00:00 UTC
    private const ulong Now = 1_795_356_000_000_000;

    [Theory]
    [InlineData("now", 0UL)]
    [InlineData("+0", Now)]
    [InlineData("+5", Now + 300_000_000)]
    [InlineData("5", Now + 300_000_000)]
    public void Minutes_count_from_now(string text, ulong when)
    {
        ShutdownTime.TryParse(text, Now, out ulong parsed).Should().BeTrue();
        parsed.Should().Be(when);
    }

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("tomorrow")]
    [InlineData("25:00")]
    [InlineData("12:60")]
    [InlineData("12:")]
    [InlineData("-5")]
    public void Nonsense_is_refused(string text) => ShutdownTime.TryParse(text, Now, out _).Should().BeFalse();

    [Fact]
    public void A_time_that_is_over_is_tomorrows()
    {
        ShutdownTime.TryParse("00:01", Now, out ulong when).Should().BeTrue();
        when.Should().BeGreaterThan(Now).And.BeLessThanOrEqualTo(Now + (26UL * 3600 * 1_000_000));
    }
}
