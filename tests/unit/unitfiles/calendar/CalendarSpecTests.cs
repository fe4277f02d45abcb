using System.Diagnostics;
using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SysMaster.Linux;

namespace SysMaster.UnitFiles.Tests;

[Collection("time zone")]
public sealed class CalendarSpecTests
{
    private static readonly Usec s_base = new(1705314030UL * Usec.PerSec);   // 2024-01-15 10:20:30 UTC

    public static TheoryData<string, int, string, string[]> Rows()
    {
        var data = new TheoryData<string, int, string, string[]>();
        foreach (string[] row in Vectors.Rows("calendar.tsv")) { data.Add(row[0], int.Parse(row[1], CultureInfo.InvariantCulture), row[2], row[3..7]); }
        return data;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Reads_prints_and_elapses_as_systemd_does(string input, int rc, string normalized, string[] next)
    {
        bool parsed = CalendarSpec.TryParse(Vectors.Utf8(input), out CalendarSpec? spec);

        parsed.Should().Be(rc == 0);
        if (!parsed) { return; }
        spec!.ToString().Should().Be(normalized);
        Elapses(spec, s_base, 4).Should().Equal(next[0] == "never" ? [] : next.Where(n => n.Length > 0));
    }

    [Fact]
    public void An_hour_that_the_clock_leaves_out_is_not_waited_for_for_ever()
    {
        CalendarSpec.TryParse("*-*-* 02:30:00 Europe/Berlin"u8, out CalendarSpec? spec).Should().BeTrue();
        var before = new Usec(1711756800UL * Usec.PerSec);   // 2024-03-30 00:00:00 UTC

        List<string> next = Elapses(spec!, before, 3);

        next.Should().Equal("Sat 2024-03-30 01:30:00 UTC", "Mon 2024-04-01 00:30:00 UTC", "Tue 2024-04-02 00:30:00 UTC");
    }

    [Fact]
    public void The_normal_form_is_read_back_as_itself()
        => Prop.ForAll(Expressions().ToArbitrary(), text =>
        {
            if (!CalendarSpec.TryParse(Encoding.UTF8.GetBytes(text), out CalendarSpec? spec)) { return true; }
            string printed = spec!.ToString();
            return CalendarSpec.TryParse(Encoding.UTF8.GetBytes(printed), out CalendarSpec? again) && again!.ToString() == printed;
        }).Holds();

    [Fact]
    public void No_input_throws()
        => Prop.ForAll(Noise.Bytes("*-:.,/~0123456789 MonTueUTC@").ToArbitrary(), bytes =>
        {
            if (CalendarSpec.TryParse(bytes, out CalendarSpec? spec)) { _ = spec!.TryNext(s_base, out _); }
        }).Holds();

    /// <summary><c>CALENDAR_SAMPLES=5000</c> looks at more.</summary>
    [Fact]
    public void The_machines_own_systemd_agrees()
    {
        if (!System.IO.File.Exists("/usr/bin/systemd-analyze")) { return; }
        int samples = int.Parse(Environment.GetEnvironmentVariable("CALENDAR_SAMPLES") ?? "40", CultureInfo.InvariantCulture);
        foreach (string text in Gen.Sample(Expressions(), samples).Distinct())
        {
            bool parsed = CalendarSpec.TryParse(Vectors.Utf8(text), out CalendarSpec? spec);
            (int code, string output, string error) = Analyze(text);
            // It looks at a thousand candidates and then gives up (EDEADLK), where a later one exists.
            if (error.Contains("Resource deadlock avoided", StringComparison.Ordinal)) { continue; }
            (code == 0).Should().Be(parsed, "of {0}", text);
            if (!parsed) { continue; }
            Field(output, "Normalized form").Should().Be(spec!.ToString(), "of {0}", text);
            string next = Field(output, "Next elapse");
            string expected = spec.TryNext(s_base, out Usec at) ? TimestampText.Format(at, utc: true) : "never";
            next.Should().Be(expected, "of {0}", text);
        }
    }

    private static List<string> Elapses(CalendarSpec spec, Usec from, int count)
    {
        var result = new List<string>();
        for (int i = 0; i < count && spec.TryNext(from, out Usec next); i++)
        {
            result.Add(TimestampText.Format(next, utc: true));
            from = next;
        }
        return result;
    }

    private static Gen<string> Expressions()
    {
        Gen<string> number = Gen.Choose(0, 31).Select(n => n.ToString(CultureInfo.InvariantCulture));
        Gen<string> part = Gen.OneOf(number, number, Gen.Constant("*"),
            from a in number from b in number select $"{a}..{b}", from a in number from b in number select $"{a}/{b}", from a in number from b in number select $"{a},{b}");
        Gen<string> day = Gen.Elements("", "", "", "Mon ", "Sat,Sun ", "Tue..Fri ", "Mon,Wed..Thu ");
        Gen<string> date = Gen.OneOf(from m in part from d in part select $"{m}-{d} ", from d in part select $"*-*-{d} ", from d in part select $"*-*~{d} ", Gen.Constant(""));
        Gen<string> time = Gen.OneOf(from h in part from m in part select $"{h}:{m}", from h in part from m in part from s in part select $"{h}:{m}:{s}");
        return from w in day from d in date from t in time from z in Gen.Elements("", "", " UTC", " America/New_York") select w + d + t + z;
    }

    private static (int Code, string Output, string Error) Analyze(string text)
    {
        var start = new ProcessStartInfo("/usr/bin/systemd-analyze", ["calendar", "--base-time=2024-01-15 10:20:30 UTC", text]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TZ"] = "UTC";
        start.Environment["LC_ALL"] = "C";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd(), error = process.StandardError.ReadToEnd();   // a line or two each
        process.WaitForExit();
        return (process.ExitCode, output, error);
    }

    private static string Field(string output, string name)
    {
        foreach (string line in output.Split('\n'))
        {
            string trimmed = line.Trim();
            if (trimmed.StartsWith(name + ":", StringComparison.Ordinal)) { return trimmed[(name.Length + 1)..].Trim(); }
        }
        return output.Contains("Original form", StringComparison.Ordinal) || name != "Normalized form" ? Field0(output, name) : "";
    }

    /// <summary>systemd prints no normal form when it is what was asked, but the original.</summary>
    private static string Field0(string output, string name) => name == "Next elapse" ? "never" : output.Split('\n')[0].Trim();
}
