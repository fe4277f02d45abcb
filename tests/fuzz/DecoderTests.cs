using System.Text;
using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;
using SysMaster.DBus.Wire.Tests;
using SysMaster.Linux;
using SysMaster.Savepoint;
using SysMaster.UnitFiles;
using SysMaster.Units;
using SysMaster.Units.Tests.Directives;

namespace SysMaster.Fuzz.Tests;

/// <summary>Every decoder of bytes from outside: refuses or takes, never throws anything else, and what it took it prints and reads as the same.</summary>
public sealed class DecoderTests
{
    [Fact]
    public void Unit_files()
    {
        Dictionary<string, DirectiveSection> sections = AllDirectives.Sections().DistinctBy(s => s.Name).ToDictionary(s => s.Name);

        Campaign.Run("unit", Corpus.Units(), Corpus.Words("[ ] = \\n \\\\n % %% %i %% \" ' \\ ; - : ~ + ! !! @ | \\0 \\x $ ${ /../ // infinity -1 18446744073709551615 0 100% [Service]\\n [Unit]\\n [Install]\\n = .include"), file =>
        {
            foreach ((DirectiveSection section, SettingsBag bag) in Read(file, sections))
            {
                string once = Told(bag);
                var again = new SettingsBag();
                foreach (string line in once.Split('\n', StringSplitOptions.RemoveEmptyEntries)) { Assign([section, sections["Unit"]], again, line); }
                Told(again).Should().Be(once);
            }
        });
    }

    /// <summary>A specifier may have come to nothing, and nothing is what an empty line says as well.</summary>
    private static string Told(SettingsBag bag) => string.Join('\n', Fixture.Text(bag).Split('\n').Where(line => !line.EndsWith('=')));

    /// <summary>A bag for each section: a name may mean different things in two of them.</summary>
    private static Dictionary<DirectiveSection, SettingsBag> Read(byte[] file, Dictionary<string, DirectiveSection> sections)
    {
        var bags = new Dictionary<DirectiveSection, SettingsBag>();
        ParseContext ctx = new Fixture().Context();
        using var reader = new UnitFileReader(file);
        while (reader.MoveNext())
        {
            if (reader.Item != UnitFileItem.Assignment || !sections.TryGetValue(Encoding.UTF8.GetString(reader.Section), out DirectiveSection? section)) { continue; }
            if (section.Find(reader.Key) is not { } row) { continue; }
            ctx.Name = row.Name ?? "";
            if (!bags.TryGetValue(section, out SettingsBag? bag)) { bags[section] = bag = new SettingsBag(); }
            row.Parse(bag, reader.Value, ctx);
        }
        return bags;
    }

    private static void Assign(DirectiveSection[] sections, SettingsBag bag, string line)
    {
        int equals = line.IndexOf('=', StringComparison.Ordinal);
        ParseContext ctx = new Fixture().Context();
        // Some of [Service] have become settings of [Unit], and are printed as those.
        Directive row = sections.Select(s => s.Find(Encoding.UTF8.GetBytes(line[..equals]))).First(r => r is not null)!;
        ctx.Name = row.Name ?? "";
        row.Parse(bag, Encoding.UTF8.GetBytes(line[(equals + 1)..]), ctx);
    }

    [Fact]
    public void Calendar_expressions()
    {
        var from = new Usec(1_700_000_000UL * Usec.PerSec);

        Campaign.Run("calendar", Corpus.Texts("Mon..Fri *-*-* 03:00:00", "*-02-29 12:00", "*:0/15", "2027-01..03-~1/2 1,2..5:00:00.5 UTC", "weekly Europe/Berlin", "@1700000000", "Sat *-1-1..7 18:00", "*-*~03 0:0:0/0.25"),
            Corpus.Words("* - : / . .. ~ , Mon Sun UTC 0 00 1 31 60 99 1969 2199 9999 99999999999999999999 .000001 @ daily \\s \\x"), text =>
            {
                if (!CalendarSpec.TryParse(text, out CalendarSpec? spec)) { return; }
                CalendarSpec.TryParse(Encoding.UTF8.GetBytes(spec!.ToString()), out CalendarSpec? again).Should().BeTrue("{0} was printed", spec);
                again!.ToString().Should().Be(spec.ToString());
                if (spec.TryNext(from, out Usec next)) { (next > from).Should().BeTrue(); }
            });
    }

    [Fact]
    public void Messages_of_the_bus()
    {
        Campaign.Run("message", Messages(), Corpus.Words("l B \\0 \\0\\0\\0\\0 \\x \\x\\x\\x\\x a( a{sv} v ay h vvvvvvvvvvvvvvvvvv aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa ((( / /a/ org.x s g"), wire =>
        {
            if (wire.Length < Message.FixedHeader) { return; }
            try
            {
                int length = Message.LengthOf(wire);
                if (length > wire.Length) { return; }
                var message = new Message();
                message.Parse(wire, 0, length);
                message.ValidateBody();
                MessageReader reader = message.Reader;
                WireValue.ReadAll(ref reader, Encoding.ASCII.GetString(message.BodySignature));
            }
            catch (ProtocolException)
            {
                // Refused: what a decoder may do.
            }
        });
    }

    private static List<byte[]> Messages()
    {
        var list = new List<byte[]>();
        for (int seed = 0; seed < 60; seed++)
        {
            WireValue value = WireValue.Random(new Random(seed), 4);
            var writer = new MessageWriter();
            writer.BeginCall("org.freedesktop.systemd1", "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager", "StartTransientUnit", value.Type);
            value.Write(writer);
            byte[] bytes = new byte[writer.WireLengthMax(0)];
            list.Add(bytes[..writer.CopyTo(bytes, 1, default)]);
        }
        return list;
    }

    [Fact]
    public void Match_rules()
        => Campaign.Run("match", Corpus.Texts("type='signal',interface='org.freedesktop.systemd1.Manager',member='JobRemoved'", "path_namespace='/org',arg0='a''b',arg3path='/x/',eavesdrop=true", "sender='org.x.Y',arg63namespace='a'"),
            Corpus.Words("' '' \\' , = type= arg64= arg0namespace= \\0 \\x \\s / signal"), text => MatchRule.Parse(text));

    [Fact]
    public void Notify_datagrams()
        => Campaign.Run("notify", Corpus.Texts("READY=1\nSTATUS=all is well\nMAINPID=42", "FDSTORE=1\nFDNAME=x\n", "WATCHDOG=1", "\n\nREADY=1\nREADY=1\n", "EXTEND_TIMEOUT_USEC=18446744073709551615\nERRNO=2\nBUSERROR=a.b"),
            Corpus.Words("\\n = READY=1 \\0 \\x STATUS= MAINPID= -1 99999999999999999999"), text =>
            {
                var message = new NotifyMessage(text, default, []);
                foreach (string field in (string[])["READY", "STATUS", "MAINPID", "FDNAME", "ERRNO", ""])
                {
                    ReadOnlySpan<byte> value = message.Find(Encoding.ASCII.GetBytes(field), out bool found);
                    (found || value.IsEmpty).Should().BeTrue();
                    value.Contains((byte)'\n').Should().BeFalse();
                }
                message.Has("READY=1"u8);
            });

    [Fact]
    public void State_logs()
    {
        using SavepointLog log = SavepointLog.Create(SavepointLog.MinSegment).Value;
        for (int i = 0; i < 12; i++)
        {
            using (RecordWriter record = log.Stage((ushort)(1 + (i % 3)), Encoding.ASCII.GetBytes($"unit-{i % 5}.service"))) { record.Write(1, (ulong)i); }
            if (i == 7) { log.StageRemoval(1, "unit-0.service"u8); }
            log.Commit();
        }
        byte[] sound = Content(log.SegmentFd(0), (int)log.UsedBytes), other = Content(log.SegmentFd(1), 4096);

        Campaign.Run("savepoint", [sound, sound[..(sound.Length / 2)]], Corpus.Words("\\0 \\0\\0\\0\\0 \\x \\x\\x\\x\\x unit-1.service"), bytes =>
        {
            Result<SavepointLog> opened = SavepointLog.Open(Memfd(bytes), Memfd(other), out SavepointReport report);
            if (opened.Failed) { return; }
            using SavepointLog broken = opened.Value;
            broken.Replay(new Counted()).Failed.Should().BeFalse();
            report.IgnoredRecords.Should().BeGreaterThanOrEqualTo(0);
            using (RecordWriter record = broken.Stage(9, "afterwards"u8)) { record.Write(1, 1UL); }
            broken.Commit();
        });
    }

    private sealed class Counted : IRecordObserver
    {
        public void OnRecord(ushort kind, ReadOnlySpan<byte> key, RecordReader fields)
        {
            while (fields.Next(out _)) { }
        }
    }

    private static unsafe byte[] Content(Fd fd, int length)
    {
        byte[] bytes = new byte[length];
        fixed (byte* p = bytes) { LibC.pread(fd.Value, p, (nuint)length, 0).Should().BeGreaterThanOrEqualTo(0); }
        return bytes;
    }

    private static unsafe OwnedFd Memfd(byte[] content)
    {
        fixed (byte* name = "fuzz\0"u8, p = content)
        {
            int fd = LibC.memfd_create(name, LibC.MFD_CLOEXEC);
            LibC.ftruncate(fd, SavepointLog.MinSegment).Should().Be(0);
            _ = LibC.pwrite(fd, p, (nuint)Math.Min(content.Length, SavepointLog.MinSegment), 0);
            return new OwnedFd(fd);
        }
    }
}
