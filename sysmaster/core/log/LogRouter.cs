using SysMaster.Linux;

namespace SysMaster.Core.Logging;

/// <summary>
/// Picks the place for each record: the journal when the target asks for it and journald runs, else the kernel's log, else the console.
/// A text of several lines becomes several records, since a reader of the console or of kmsg sees lines.
/// </summary>
internal sealed class LogRouter(JournalFields fields, ILogSink? journal, ILogSink? kmsg, ILogSink? console) : IDisposable
{
    private readonly LogBuffer _fields = new();

    public LogTarget Target { get; set; } = LogTarget.JournalOrKmsg;

    public bool JournalIsRunning { get; set; }

    public ulong Lost { get; private set; }

    public bool OnConsole => Target is LogTarget.Console or LogTarget.ConsolePrefixed
        || (Target != LogTarget.Null && !UseJournal && !UseKmsg);

    private bool UseJournal => JournalIsRunning && journal is not null
        && Target is LogTarget.Journal or LogTarget.JournalOrKmsg or LogTarget.Auto or LogTarget.Syslog or LogTarget.SyslogOrKmsg;

    private bool UseKmsg => kmsg is not null
        && Target is LogTarget.Kmsg or LogTarget.JournalOrKmsg or LogTarget.SyslogOrKmsg or LogTarget.Auto;

    public static LogRouter Open(LogOptions options)
    {
        var journal = new JournalSink(options.JournalSocket, options.IsUserManager ? 0 : options.Pid, options.Relay);
        KmsgSink? kmsg = options.UseKmsg ? KmsgSink.OpenOrNull(options.KmsgDevice, options.Identifier, options.Pid) : null;
        if (kmsg is not null) { kmsg.RateLimited = options.RateLimitKmsg; }
        var console = new ConsoleSink(options.ConsoleDevice, options.Identifier, options.Pid, options.ConsoleColors)
        {
            Prefixed = options.Target == LogTarget.ConsolePrefixed,
        };
        return new LogRouter(new JournalFields(options.Identifier, options.IsUserManager, options.Pid), journal, kmsg, console)
        {
            Target = options.Target,
        };
    }

    public void Write(LogLevel level, scoped in LogContext context, ReadOnlySpan<byte> text, in CodeLocation where)
    {
        if (Target == LogTarget.Null) { return; }
        _fields.Clear();
        if (UseJournal)
        {
            fields.Write(_fields, level, context, where);
        }
        while (true)
        {
            int end = text.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? text : text[..end];
            if (!line.IsEmpty)
            {
                Route(new LogRecord { Level = level, Text = line, Fields = _fields.Span });
            }
            if (end < 0) { return; }
            text = text[(end + 1)..];
        }
    }

    public void Dispose()
    {
        (journal as IDisposable)?.Dispose();
        (kmsg as IDisposable)?.Dispose();
    }

    private void Route(in LogRecord record)
    {
        if (Target is not (LogTarget.ConsolePrefixed or LogTarget.Console))
        {
            if (UseJournal && !journal!.Write(record).Failed) { return; }
            // journald reads the kernel's log: what falls through here is not lost to it.
            if ((UseKmsg || UseJournal) && kmsg is not null && !kmsg.Write(record).Failed) { return; }
        }
        Count(console is null ? Errno.ENODEV : console.Write(record));
    }

    private void Count(Errno result)
    {
        if (result.Failed) { Lost++; }
    }
}
