using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using SysMaster.Linux;

namespace SysMaster.UnitFiles.Tests;

public sealed class TimeSpanTextTests
{
    public static TheoryData<string, int, string, string, string> Rows()
    {
        var data = new TheoryData<string, int, string, string, string>();
        foreach (string[] row in Vectors.Rows("timespan.tsv")) { data.Add(row[0], int.Parse(row[1], CultureInfo.InvariantCulture), row[2], row[3], row[4]); }
        return data;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Reads_and_prints_as_systemd_does(string input, int rc, string usec, string human, string stderr)
    {
        Errno e = TimeSpanText.Parse(Vectors.Utf8(input), out Usec value);

        e.Failed.Should().Be(rc != 0);
        if (e.Failed)
        {
            stderr.Should().EndWith(e.ToString());
            return;
        }
        value.Value.ToString(CultureInfo.InvariantCulture).Should().Be(usec);
        TimeSpanText.Format(value).Should().Be(human);
    }

    [Fact]
    public void What_is_printed_is_read_back()
        => Prop.ForAll(Gen.Choose(0, int.MaxValue).Zip(Gen.Choose(0, 40000)).Select(p => (ulong)p.Item1 * (ulong)p.Item2).ToArbitrary(), usec =>
            TimeSpanText.TryParse(Vectors.Utf8(TimeSpanText.Format(new Usec(usec))), out Usec back) && back.Value == usec).Holds();

    [Fact]
    public void No_input_throws()
        => Prop.ForAll(Noise.Bytes("0123456789. +-smhdwyMinfity").ToArbitrary(), bytes =>
        {
            _ = TimeSpanText.TryParse(bytes, out _);
            _ = TimeSpanText.ParseNsec(bytes, out _);
        }).Holds();

    [Theory]
    [InlineData("50", 50)]
    [InlineData("1us", 1000)]
    [InlineData("2ms 5ns", 2000005)]
    public void Nanoseconds_have_a_reading_of_their_own(string input, ulong expected)
    {
        TimeSpanText.ParseNsec(Vectors.Utf8(input), out ulong nsec).Failed.Should().BeFalse();

        nsec.Should().Be(expected);
    }

    [Fact]
    public void A_bare_number_counts_the_unit_it_is_told_to()
    {
        TimeSpanText.TryParse("7"u8, out Usec value, Usec.PerMsec).Should().BeTrue();

        value.Value.Should().Be(7000);
    }
}
