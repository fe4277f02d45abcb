using System.Globalization;
using SysMaster.Linux;

namespace SysMaster.UnitFiles.Tests;

[Collection("time zone")]
public sealed class TimestampTextTests
{
    private static readonly Usec s_now = new(1705314030UL * Usec.PerSec);

    public static TheoryData<string, int, string, string> Rows()
    {
        var data = new TheoryData<string, int, string, string>();
        foreach (string[] row in Vectors.Rows("timestamp.tsv")) { data.Add(row[0], int.Parse(row[1], CultureInfo.InvariantCulture), row[2], row[3]); }
        return data;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Reads_and_prints_as_systemd_does(string input, int rc, string normalized, string unix)
    {
        bool parsed = TimestampText.TryParse(Vectors.Utf8(input), s_now, out Usec value);

        parsed.Should().Be(rc == 0);
        if (!parsed) { return; }
        TimestampText.Format(value, utc: true).Should().Be(normalized == "-" ? "" : normalized);
        value.Value.Should().Be((ulong)(decimal.Parse(unix[1..], CultureInfo.InvariantCulture) * 1000000));
    }

    [Theory]
    [InlineData("now", 0)]
    [InlineData("+5min", 300)]
    [InlineData("-5days", -432000)]
    [InlineData("2min left", 120)]
    [InlineData("2min ago", -120)]
    public void Counts_from_now(string input, long seconds)
    {
        TimestampText.TryParse(Vectors.Utf8(input), s_now, out Usec value).Should().BeTrue();

        ((long)value.Value - (long)s_now.Value).Should().Be(seconds * 1000000);
    }

    [Theory]
    [InlineData(0, "now")]
    [InlineData(61, "1min 1s ago")]
    [InlineData(7 * 3600, "7h ago")]
    [InlineData(26 * 3600, "1 day 2h ago")]
    [InlineData(8 * 86400, "1 week 1 day ago")]
    public void Tells_how_long_ago(int seconds, string expected)
        => TimestampText.FormatRelative(new Usec(s_now.Value - ((ulong)seconds * Usec.PerSec)), s_now).Should().Be(expected);
}
