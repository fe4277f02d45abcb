using SysMaster.Core.Boot;
using SysMaster.Core.Logging;
using SysMaster.Core.Status;

namespace SysMaster.Core.Tests.Boot;

public sealed class BootOptionsTests
{
    [Theory]
    [InlineData("quiet splash 3", "multi-user.target")]
    [InlineData("single", "rescue.target")]
    [InlineData("S", "rescue.target")]
    [InlineData("1", "rescue.target")]
    [InlineData("-b", "emergency.target")]
    [InlineData("emergency", "emergency.target")]
    [InlineData("systemd.unit=foo.target", "foo.target")]
    [InlineData("rescue systemd.unit=foo.target", "foo.target")]
    [InlineData("systemd.unit=foo.target rescue", "rescue.target")]
    [InlineData("rd.systemd.unit=foo.target", null)]
    [InlineData("rescue=1", null)]
    [InlineData("init=/sbin/init root=/dev/vda", null)]
    public void The_unit_to_start(string line, string? unit) => Parse(line).Unit.Should().Be(unit);

    [Theory]
    [InlineData("rd.emergency", "emergency.target")]
    [InlineData("emergency", null)]
    [InlineData("rd.systemd.unit=foo.target", "foo.target")]
    [InlineData("systemd.unit=foo.target", null)]
    public void In_the_initrd_the_prefix_counts(string line, string? unit)
        => BootOptions.Parse(KernelCommandLine.Parse(System.Text.Encoding.UTF8.GetBytes(line)), inInitrd: true).Unit.Should().Be(unit);

    [Fact]
    public void Quiet_means_auto_and_yields_to_what_was_said()
    {
        Parse("quiet").ShowStatus.Should().Be(ShowStatus.Auto);
        Parse("systemd.show_status=no quiet").ShowStatus.Should().Be(ShowStatus.No);
        Parse("quiet systemd.show_status").ShowStatus.Should().Be(ShowStatus.Yes);
    }

    [Fact]
    public void Switches_take_dashes_for_underscores_and_quotes_group()
    {
        BootOptions options = Parse("systemd.log-level=debug systemd.log_target=kmsg \"systemd.setenv=A=b c\" systemd.setenv=X=1 systemd.status-unit-format=name");

        options.LogLevel.Should().Be(LogLevel.Debug);
        options.LogTarget.Should().Be(LogTarget.Kmsg);
        options.Environment.Should().Equal("A=b c", "X=1");
        options.StatusUnitFormat.Should().Be(StatusUnitFormat.Name);
        options.Refused.Should().BeEmpty();
    }

    [Fact]
    public void What_cannot_be_read_is_told_and_changes_nothing()
    {
        BootOptions options = Parse("systemd.log_level=loud systemd.machine_id=xyz systemd.unit systemd.show_status=perhaps systemd.crash_shell=maybe unknown.word=1");

        options.Refused.Should().Equal(
            "systemd.log_level=loud", "systemd.machine_id=xyz", "systemd.unit", "systemd.show_status=perhaps", "systemd.crash_shell=maybe");
        options.Unit.Should().BeNull();
        options.LogLevel.Should().BeNull();
    }

    [Fact]
    public void Everything_else_lands_in_its_place()
    {
        BootOptions options = Parse(
            "debug systemd.mask=a.service systemd.mask=b.service systemd.wants=c.service systemd.crash_chvt=2 systemd.crash_reboot "
            + "systemd.default_timeout_start_sec=30s systemd.machine_id=0123456789ABCDEF0123456789abcdef systemd.hostname=box locale.LANG=de_DE.UTF-8 "
            + "systemd.condition-first-boot=yes systemd.clock_usec=17 systemd.set_credential=a:b systemd.unified_cgroup_hierarchy=0");

        options.Debug.Should().BeTrue();
        options.Mask.Should().Equal("a.service", "b.service");
        options.Wants.Should().Equal("c.service");
        options.CrashChangeVt.Should().Be(2);
        options.CrashAction.Should().Be("reboot");
        options.DefaultTimeoutStart.Should().Be("30s");
        options.MachineId.Should().Be("0123456789abcdef0123456789abcdef");
        options.Hostname.Should().Be("box");
        options.Locale.Should().Equal("LANG=de_DE.UTF-8");
        options.FirstBoot.Should().BeTrue();
        options.ClockUsec.Should().Be(17);
        options.Credentials.Should().Equal("a:b");
        options.UnifiedCgroups.Should().BeFalse();
        options.Refused.Should().BeEmpty();
    }

    [Fact]
    public void A_container_hands_its_words_over_as_arguments()
    {
        KernelCommandLine line = KernelCommandLine.FromArguments("/sbin/init\0systemd.unit=a b.target\0quiet\0"u8);

        line.Words.ToArray().Should().Equal("systemd.unit=a b.target", "quiet");
        line.Contains("quiet").Should().BeTrue();
        line.Contains("systemd.unit").Should().BeTrue();
        line.Contains("systemd").Should().BeFalse();
    }

    [Fact]
    public void Flags_of_the_line_are_booleans()
    {
        KernelCommandLine line = KernelCommandLine.Parse("a b=yes c=off d=perhaps a=no"u8);

        line.FlagOrNull("b").Should().BeTrue();
        line.FlagOrNull("c").Should().BeFalse();
        line.FlagOrNull("d").Should().BeNull();
        line.FlagOrNull("e").Should().BeNull();
        line.FlagOrNull("a").Should().BeFalse("the last one counts");
    }

    private static BootOptions Parse(string line) => BootOptions.Parse(KernelCommandLine.Parse(System.Text.Encoding.UTF8.GetBytes(line)), inInitrd: false);
}
