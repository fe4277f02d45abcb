using SysMaster.UnitConverter.Formats.Cron;
using SysMaster.UnitFiles;

namespace SysMaster.UnitConverter.Tests;

public sealed class CronTests
{
    [Theory]
    [InlineData("* * * * *", "*-*-* *:*:00")]
    [InlineData("*/15 * * * *", "*-*-* *:00/15:00")]
    [InlineData("5-59/10 * * * *", "*-*-* *:05/10:00")]
    [InlineData("0 0-6,22 * * *", "*-*-* 00..06,22:00:00")]
    [InlineData("30 4 1,15 * *", "*-*-01,15 04:30:00")]
    [InlineData("0 5 * * mon-fri", "Mon..Fri *-*-* 05:00:00")]
    [InlineData("0 5 * * 7", "Sun *-*-* 05:00:00")]
    [InlineData("0 5 * * 0", "Sun *-*-* 05:00:00")]
    [InlineData("0 5 * jan,Jul *", "*-01,07-* 05:00:00")]
    [InlineData("0 5 */2 * 1", "Mon *-*-01/2 05:00:00")]
    [InlineData("0 0 13 * 5", "*-*-13 00:00:00|Fri *-*-* 00:00:00")]
    [InlineData("0 0 * * 5-7", "Fri..Sun *-*-* 00:00:00")]
    public void A_time_means_the_same(string cron, string expected)
    {
        CronSchedule? schedule = CronSchedule.Parse(cron.Split(' '), out string bad);

        bad.Should().BeEmpty();
        string.Join('|', schedule!.Calendars).Should().Be(expected);
        foreach (string calendar in schedule.Calendars) { CalendarSpec.TryParse(System.Text.Encoding.ASCII.GetBytes(calendar), out _).Should().BeTrue(calendar); }
    }

    [Theory]
    [InlineData("60 * * * *", "minute")]
    [InlineData("* 24 * * *", "hour")]
    [InlineData("* * 0 * *", "day of month")]
    [InlineData("* * * 13 *", "month")]
    [InlineData("* * * * 8", "day of week")]
    [InlineData("5-1 * * * *", "minute")]
    [InlineData("*/0 * * * *", "minute")]
    public void A_wrong_time_says_which_field(string cron, string field)
    {
        CronSchedule.Parse(cron.Split(' '), out string bad).Should().BeNull();

        bad.Should().StartWith(field);
    }

    [Fact]
    public void A_system_crontab_has_users_variables_and_input()
    {
        Conversion c = Source.Convert("/etc/cron.d/x", """
            MAILTO=root
            FOO="a b"
            # comment
            17 * * * * daemon /usr/bin/job --done=50\% "$HOME"%line one%line two
            @reboot root /usr/sbin/once
            @daily nobody@bad /bin/x
            not a line
            """);

        c.Lines("cron-x-job.service", "User").Should().Equal("daemon");
        c.Lines("cron-x-job.service", "ExecStart").Should().Equal("/bin/sh -c \"/usr/bin/job --done=50%% \\\"$$HOME\\\"\"");
        c.Lines("cron-x-job.service", "StandardInputText").Should().Equal("line one\\nline two");
        c.Lines("cron-x-job.service", "Environment").Should().Equal("\"FOO=a b\"", "PATH=/usr/bin:/bin");
        c.Lines("cron-x-job.timer", "OnCalendar").Should().Equal("*-*-* *:17:00");
        c.Lines("cron-x-once.service", "WantedBy").Should().Equal("multi-user.target");
        c.Notes.Where(n => n.Kind == NoteKind.Error).Select(n => n.Line).Should().Equal(6, 7);
    }
}
