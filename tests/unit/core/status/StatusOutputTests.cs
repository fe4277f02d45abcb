using System.Text;
using SysMaster.Core.Logging;
using SysMaster.Core.Status;
using SysMaster.Linux;

namespace SysMaster.Core.Tests.Status;

public sealed class StatusOutputTests : IDisposable
{
    private readonly string _dir = Directory.CreateTempSubdirectory("status").FullName;

    public StatusOutputTests() => System.IO.File.WriteAllText(_dir + "/console", "");

    [Fact]
    public void A_started_unit_looks_as_on_a_real_console()
    {
        StatusOutput output = Make();

        output.Unit(StatusMark.Ok, StatusKind.Normal, "Created slice %s.", "user.slice", "User and Session Slice");
        output.Unit(StatusMark.Indent, StatusKind.Normal, "Starting %s...", "systemd-journald.service", "Journal Service");

        Console().Should().Be(
            "[\e[0;32m  OK  \e[0m] Created slice \e[0;1;39muser.slice\e[0m - User and Session Slice.\n"
            + "         Starting \e[0;1;39msystemd-journald.service\e[0m - Journal Service...\n");
    }

    [Fact]
    public void A_failure_is_red_and_says_where_to_look()
    {
        StatusOutput output = Make(colors: false);

        output.Unit(StatusMark.Failed, StatusKind.Notice, "Failed to start %s.", "a.service", "a.service");
        output.SeeStatus("a.service");

        Console().Should().Be("[FAILED] Failed to start a.service.\nSee 'systemctl status a.service' for details.\n");
    }

    [Fact]
    public void The_greeting_has_the_colour_of_the_distribution()
    {
        Make().Welcome("Debian GNU/Linux 12 (bookworm)", "");

        Console().Should().Be("\nWelcome to \e[1mDebian GNU/Linux 12 (bookworm)\e[0m!\n\n");
    }

    [Fact]
    public void A_colour_that_is_no_colour_is_not_sent_to_the_terminal()
    {
        Make().Welcome("X", "1m\e]0;evil");

        Console().Should().Be("\nWelcome to X!\n\n");
    }

    [Theory]
    [InlineData(ShowStatus.Yes, StatusKind.Normal, true)]
    [InlineData(ShowStatus.Auto, StatusKind.Normal, false)]
    [InlineData(ShowStatus.Auto, StatusKind.Notice, true)]
    [InlineData(ShowStatus.Error, StatusKind.Notice, true)]
    [InlineData(ShowStatus.No, StatusKind.Notice, false)]
    [InlineData(ShowStatus.No, StatusKind.Emergency, true)]
    public void The_mode_decides_who_is_heard(ShowStatus mode, StatusKind kind, bool heard) => Make(mode).Shows(kind).Should().Be(heard);

    [Fact]
    public void An_automatic_status_comes_on_with_trouble_and_goes_with_it_and_the_marker_follows()
    {
        StatusOutput output = Make(ShowStatus.Auto);

        output.Flip(true);
        output.Mode.Should().Be(ShowStatus.Temporary);
        System.IO.File.Exists(_dir + "/marker").Should().BeTrue();

        output.Flip(false);
        output.Mode.Should().Be(ShowStatus.Auto);
        System.IO.File.Exists(_dir + "/marker").Should().BeFalse();
    }

    [Fact]
    public void A_long_line_loses_its_middle_and_keeps_its_colours()
    {
        var to = new LogBuffer();

        Ellipsis.Fit(to, "Started \e[0;1;39msystemd-ask-password-wall.path\e[0m - Forward Requests."u8, 21);

        string text = Encoding.UTF8.GetString(to.Span);
        text.Should().Be("Started \e[0;1;39msy…\e[0m Requests.");
        Ellipsis.Width(to.Span).Should().Be(21);
    }

    [Fact]
    public void A_missing_console_is_no_trouble()
    {
        var output = new StatusOutput(new StatusOptions { Console = "/nonexistent/console"u8, Marker = default });

        output.Line(StatusMark.Ok, StatusKind.Normal, "fine");
    }

    [Fact]
    public void A_console_that_takes_nothing_costs_a_moment_and_never_hangs()
    {
        string fifo = _dir + "/fifo";
        MakeFullFifo(fifo, out OwnedFd reader);
        var device = new ConsoleDevice(new ByteText(fifo));
        byte[] much = new byte[1 << 20];

        var clock = System.Diagnostics.Stopwatch.StartNew();
        device.Write(much).Should().Be(Errno.EAGAIN);
        for (int i = 0; i < 100; i++) { device.Write("x"u8).Should().Be(Errno.EAGAIN); }

        clock.ElapsedMilliseconds.Should().BeLessThan(2000);
        reader.Dispose();
    }

    [Fact]
    public void Show_status_words_read_back()
    {
        foreach (ShowStatus mode in Enum.GetValues<ShowStatus>())
        {
            ShowStatusNames.TryParse(ShowStatusNames.Of(mode), out ShowStatus back).Should().BeTrue();
            back.Should().Be(mode);
        }
        ShowStatusNames.TryParse("perhaps", out _).Should().BeFalse();
    }

    public void Dispose() => Directory.Delete(_dir, true);

    private static unsafe void MakeFullFifo(string path, out OwnedFd reader)
    {
        fixed (byte* p = new ByteText(path).CString) { LibC.syscall(LibC.IsArm64 ? 33 : 259, LibC.AT_FDCWD, (nint)p, 0x1180, 0).Should().Be(0); }
        reader = Sys.Open(new ByteText(path), LibC.O_RDONLY | LibC.O_NONBLOCK).Value;
    }

    private StatusOutput Make(ShowStatus mode = ShowStatus.Yes, bool colors = true) => new(new StatusOptions
    {
        Console = new ByteText(_dir + "/console"), Marker = new ByteText(_dir + "/marker"), Show = mode, Colors = colors,
    });

    private string Console() => System.IO.File.ReadAllText(_dir + "/console");
}
