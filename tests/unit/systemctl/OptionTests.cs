namespace SysMaster.Systemctl.Tests;

public sealed class OptionTests
{
    /// <summary>reference: systemctl 252's own table of options and verbs.</summary>
    private static readonly string[] s_verbs =
    [
        "list-units", "list-unit-files", "list-automounts", "list-sockets", "list-timers", "list-jobs", "list-machines", "clear-jobs", "cancel",
            "start", "stop", "condstop",
        "reload", "restart", "try-restart", "reload-or-restart", "reload-or-try-restart", "try-reload-or-restart", "force-reload", "condreload",
            "condrestart", "isolate",
        "kill", "clean", "freeze", "thaw", "is-active", "check", "is-failed", "show", "cat", "status", "help", "daemon-reload", "daemon-reexec",
            "log-level", "log-target",
        "service-log-level", "service-log-target", "service-watchdogs", "show-environment", "set-environment", "unset-environment",
            "import-environment", "halt",
        "poweroff", "reboot", "kexec", "suspend", "hibernate", "hybrid-sleep", "suspend-then-hibernate", "default", "rescue", "emergency", "exit",
            "reset-failed",
        "enable", "disable", "is-enabled", "reenable", "preset", "preset-all", "mask", "unmask", "link", "revert", "switch-root", "list-dependencies",
            "set-default",
        "get-default", "set-property", "is-system-running", "add-wants", "add-requires", "edit", "bind", "mount-image",
        "list-paths", "soft-reboot", "whoami",   // of 254
    ];

    [Fact]
    public void Every_verb_is_there_once() => VerbTable.All.Select(v => v.Name).Should().BeEquivalentTo(s_verbs);

    [Theory]
    [InlineData("--kill-value=5", 5)]
    [InlineData("--kill-value=-3", -3)]
    [InlineData("--kill-value=0x10", 16)]
    [InlineData("--kill-value=010", 8)]
    [InlineData("--kill-value=", null)]
    public void A_signal_goes_with_a_number(string option, int? value)
    {
        var settings = new Settings();

        SystemctlOptions.Parse("systemctl", [option, "kill", "x"], settings, out _).Should().BeNull();

        settings.KillValue.Should().Be(value);
    }

    [Theory]
    [InlineData("99999999999")]
    [InlineData("x")]
    [InlineData("0x")]
    [InlineData("08")]
    [InlineData("- 1")]
    public void What_is_no_number_goes_with_no_signal(string value) =>
        SystemctlOptions.Parse("systemctl", ["--kill-value=" + value, "kill", "x"], new Settings(), out _).Should().Be(1);

    [Fact]
    public void Properties_of_both_spellings_add_up()
    {
        var settings = new Settings();

        int? code = SystemctlOptions.Parse("systemctl", ["show", "-p", "Id,Names", "-P", "MainPID", "x"], settings, out string[] operands);

        code.Should().BeNull();
        operands.Should().Equal("show", "x");
        settings.Properties.Should().Equal("Id", "Names", "MainPID");
        settings.OnlyValues.Should().BeTrue();
        settings.ShowEmpty.Should().BeTrue();
        settings.All.Should().BeFalse();
    }

    [Theory]
    [InlineData("--wait --no-block start x")]
    [InlineData("--marked start x")]
    [InlineData("reload-or-restart")]
    [InlineData("--root=/a --image=/b list-unit-files")]
    [InlineData("-t nonsense")]
    [InlineData("-s NOSUCH kill x")]
    [InlineData("--preset-mode=half preset x")]
    [InlineData("-.mount")]
    public void What_cannot_be_meant_is_refused(string words)
        => SystemctlOptions.Parse("systemctl", words.Split(' '), new Settings(), out _).Should().Be(1);

    [Theory]
    [InlineData("-H host", "host", Transport.Remote)]
    [InlineData("-M me@.host", "me@.host", Transport.Machine)]
    public void Hosts_choose_the_transport(string words, string host, object transport)
    {
        var settings = new Settings();

        SystemctlOptions.Parse("systemctl", words.Split(' '), settings, out _).Should().BeNull();

        settings.Host.Should().Be(host);
        settings.Transport.Should().Be((Transport)transport);
    }
}
