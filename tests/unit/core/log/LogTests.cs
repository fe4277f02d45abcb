using System.Text;
using SysMaster.Core.Logging;
using SysMaster.Linux;

namespace SysMaster.Core.Tests.Logging;

/// <summary>There is one log: nobody else may write to it meanwhile.</summary>
[CollectionDefinition("log", DisableParallelization = true)]
public static class LogAlone;

[Collection("log")]
public sealed class LogTests : IDisposable
{
    private readonly string _dir = Directory.CreateTempSubdirectory("log").FullName;
    private readonly JournalReceiver _journal;

    public LogTests()
    {
        _journal = new JournalReceiver(_dir + "/socket");
        System.IO.File.WriteAllText(_dir + "/kmsg", "");
        System.IO.File.WriteAllText(_dir + "/console", "");
        Open(LogTarget.JournalOrKmsg);
    }

    [Fact]
    public void A_record_about_a_unit_has_the_fields_of_pid_1()
    {
        Log.JournalIsRunning(true);
        var unit = new FakeSubject("nginx.service", "0123456789abcdef0123456789abcdef");

        Log.Write(
            LogLevel.Info,
            new LogContext(unit) { NoPrefix = true, MessageId = MessageIds.UnitStarted, JobId = 7, JobType = "start", JobResult = "done" },
            $"Started {"nginx.service"} - {"A server".ToUpperInvariant()}.");

        string[] fields = _journal.Next()!.Split('\n');
        fields.Should().Contain([
            "PRIORITY=6", "SYSLOG_FACILITY=3", "SYSLOG_IDENTIFIER=systemd", "TID=1", "UNIT=nginx.service",
            "INVOCATION_ID=0123456789abcdef0123456789abcdef", "MESSAGE_ID=39f53479d3a045ac8e11786248231fbf", "JOB_ID=7", "JOB_TYPE=start",
            "JOB_RESULT=done", "MESSAGE=Started nginx.service - A SERVER.",
        ]);
        fields.Should().Contain(f => f.StartsWith("CODE_FILE=", StringComparison.Ordinal) && f.EndsWith("LogTests.cs", StringComparison.Ordinal));
        fields.Should().Contain("CODE_FUNC=" + nameof(A_record_about_a_unit_has_the_fields_of_pid_1));
    }

    [Fact]
    public void The_sender_is_pid_1_where_the_kernel_allows_it_and_ourselves_else()
    {
        Log.JournalIsRunning(true);

        Log.Info($"hello");

        _journal.Next().Should().Contain("MESSAGE=hello");
        _journal.SenderPid.Should().BeOneOf(1, Environment.ProcessId);
    }

    [Fact]
    public void A_unit_name_comes_first_in_its_messages()
    {
        Log.JournalIsRunning(true);

        Log.Warning(new FakeSubject("a.service"), $"Failed with result '{"exit-code"}': {Errno.ENOENT}, {42}, {new ByteText("x/y"u8)}");

        _journal.Next().Should().Contain("MESSAGE=a.service: Failed with result 'exit-code': No such file or directory, 42, x/y\n");
    }

    [Fact]
    public void A_complaint_about_a_file_names_file_and_line()
    {
        Log.JournalIsRunning(true);
        var context = new LogContext(new FakeSubject("a.service"))
        {
            ConfigFile = "/etc/a.service", ConfigLine = 12, MessageId = MessageIds.InvalidConfiguration,
        };

        Log.Write(LogLevel.Warning, context, $"Unknown key name '{"X"}' in section 'Service', ignoring.");

        string got = _journal.Next()!;
        got.Should().Contain("MESSAGE=/etc/a.service:12: Unknown key name 'X' in section 'Service', ignoring.\n");
        got.Should().Contain("CONFIG_FILE=/etc/a.service\nCONFIG_LINE=12\n").And.Contain("UNIT=a.service\n");
    }

    [Fact]
    public void A_field_of_several_lines_goes_in_binary_form()
    {
        Log.JournalIsRunning(true);

        Log.Write(LogLevel.Info, new LogContext(null) { Fields = [new LogField("COMMAND", "a\nb"), new LogField("N_RESTARTS", 3)] }, $"x");

        _journal.Next().Should().Contain("COMMAND\n\x03\0\0\0\0\0\0\0a\nb\nN_RESTARTS=3\n");
    }

    [Fact]
    public void Until_journald_runs_records_go_to_the_kernel()
    {
        Log.Info($"early");

        Kmsg().Should().Be("<30>systemd[1]: early\n");
        _journal.Next().Should().BeNull();
    }

    [Fact]
    public void A_vanished_journald_does_not_lose_records()
    {
        Log.JournalIsRunning(true);
        _journal.Dispose();

        Log.Notice($"to the kernel then");

        Kmsg().Should().Be("<29>systemd[1]: to the kernel then\n");
        Log.Lost.Should().Be(0);
    }

    [Fact]
    public void A_full_journal_queue_never_blocks()
    {
        Log.JournalIsRunning(true);
        int sent = 0;

        for (; sent < 200_000 && Kmsg().Length == 0; sent++) { Log.Info($"message number {sent} that fills the queue of the receiver"); }

        Kmsg().Should().Contain("message number");
    }

    [Fact]
    public void Several_lines_are_several_records()
    {
        Log.Info($"one\ntwo\n\nthree");

        Kmsg().Should().Be("<30>systemd[1]: one\n<30>systemd[1]: two\n<30>systemd[1]: three\n");
    }

    [Fact]
    public void A_level_above_the_maximum_evaluates_nothing()
    {
        int evaluated = 0;

        Log.Debug($"never {evaluated++}");
        Log.Info(new FakeSubject("quiet.service", max: LogLevel.Notice), $"never {evaluated++}");

        evaluated.Should().Be(0);
        Kmsg().Should().BeEmpty();
    }

    [Fact]
    public void A_filtered_or_kernel_bound_record_allocates_nothing()
    {
        var unit = new FakeSubject("a.service");
        for (int i = 0; i < 300; i++) { Speak(unit, i); }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) { Speak(unit, i); }
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        allocated.Should().Be(0);
    }

    [Fact]
    public void The_console_gets_what_nothing_else_takes_and_log_says_so()
    {
        Log.Open(new LogOptions
        {
            UseKmsg = false, JournalSocket = _dir + "/none", ConsoleDevice = _dir + "/console", Target = LogTarget.Journal, ConsoleColors = false,
        });

        Log.OnConsole.Should().BeTrue();
        Log.Error($"broken");

        System.IO.File.ReadAllText(_dir + "/console").Should().Be("broken\n");
    }

    [Fact]
    public void Target_null_drops_everything()
    {
        Log.Target = LogTarget.Null;

        Log.Error($"nobody hears");

        Kmsg().Should().BeEmpty();
    }

    [Fact]
    public void A_text_beyond_the_bound_is_cut_and_still_sent()
    {
        Log.JournalIsRunning(true);

        Log.Info($"{new string('ä', 100_000)}");

        string got = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(_journal.Next()!));
        got.Should().EndWith("ä…\n");
    }

    [Theory]
    [InlineData("debug", LogLevel.Debug)]
    [InlineData("3", LogLevel.Error)]
    [InlineData("emerg", LogLevel.Emergency)]
    public void Levels_have_the_words_of_systemd(string text, LogLevel level)
    {
        LogLevelNames.TryParse(text, out LogLevel got).Should().BeTrue();
        got.Should().Be(level);
    }

    [Fact]
    public void Every_target_has_a_word_that_reads_back()
    {
        foreach (LogTarget target in Enum.GetValues<LogTarget>())
        {
            LogTargetNames.TryParse(LogTargetNames.Of(target), out LogTarget back).Should().BeTrue();
            back.Should().Be(target);
        }
    }

    public void Dispose()
    {
        Log.Close();
        _journal.Dispose();
        Directory.Delete(_dir, true);
    }

    private static void Speak(FakeSubject unit, int i)
    {
        Log.Debug(unit, $"filtered {i}");
        Log.Info(unit, $"said {i} {unit.UnitName}");
    }

    private string Kmsg() => System.IO.File.ReadAllText(_dir + "/kmsg");

    private void Open(LogTarget target) => Log.Open(new LogOptions
    {
        Target = target, JournalSocket = _journal.Path, KmsgDevice = _dir + "/kmsg", ConsoleDevice = _dir + "/console",
    });
}
