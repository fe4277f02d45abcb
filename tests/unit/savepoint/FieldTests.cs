using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SysMaster.Linux;

namespace SysMaster.Savepoint.Tests;

public sealed class FieldTests
{
    private sealed class Raw : IRecordObserver
    {
        public List<(uint, WireType, ulong, string)> Seen { get; } = [];

        public void OnRecord(ushort kind, ReadOnlySpan<byte> key, RecordReader fields)
        {
            while (fields.Next(out SavedField f)) { Seen.Add((f.Tag, f.Type, f.Number, Convert.ToHexString(f.Bytes))); }
            fields.Failed.Should().BeFalse();
        }
    }

    [Fact]
    public void Every_field_comes_back_as_it_was_written()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<(uint, ulong, byte[])[]>(), fields =>
        {
            using SavepointLog log = Logs.New();
            var expected = new List<(uint, WireType, ulong, string)>();
            using (RecordWriter w = log.Stage(1, "x"u8))
            {
                foreach ((uint tag, ulong number, byte[] bytes) in fields)
                {
                    w.Write(tag, number);
                    w.Write(tag, bytes ?? []);
                    expected.Add((tag, WireType.Number, number, ""));
                    expected.Add((tag, WireType.Bytes, 0, Convert.ToHexString(bytes ?? [])));
                }
            }
            log.Commit();
            var raw = new Raw();
            log.Replay(raw);
            return raw.Seen.SequenceEqual(expected);
        }).Holds();
    }

    private sealed class Typed : IRecordObserver
    {
        public string Text { get; private set; } = "";

        public void OnRecord(ushort kind, ReadOnlySpan<byte> key, RecordReader fields)
        {
            var text = new StringBuilder();
            while (fields.Next(out SavedField f))
            {
                text.Append(f.Tag switch
                {
                    1 => $"{f.Int} ",
                    2 => $"{f.Signed} ",
                    3 => $"{f.Bool} ",
                    4 => $"{f.Usec.IsInfinity} ",
                    5 => $"{f.Text} ",
                    6 => $"{f.String} ",
                    7 => $"[{Collected.Text(f.Group)}] ",
                    _ => "? ",
                });
            }
            Text = text.ToString();
        }
    }

    [Fact]
    public void Typed_values_and_groups_round_trip()
    {
        using SavepointLog log = Logs.New();
        using (RecordWriter w = log.Stage(1, "x"u8))
        {
            w.Write(1, int.MinValue);
            w.Write(2, long.MinValue);
            w.Write(3, true);
            w.Write(4, Usec.Infinity);
            w.Write(5, new ByteText("/a b"u8));
            w.Write(6, "äö");
            int outer = w.BeginGroup(7);
            w.Write(1, 1UL);
            int inner = w.BeginGroup(2);
            w.Write(9, 9UL);
            w.EndGroup(inner);
            w.EndGroup(outer);
        }
        log.Commit();
        var typed = new Typed();

        log.Replay(typed);

        typed.Text.Should().Be("-2147483648 -9223372036854775808 True True /a b äö [1=1;2=1209;] ");
    }

    [Fact]
    public void No_bytes_make_the_reader_throw()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), static bytes =>
        {
            var reader = new RecordReader(bytes);
            int fields = 0;
            while (reader.Next(out _)) { fields++; }
            return fields <= (bytes?.Length ?? 0);
        }).Holds();
    }

    [Theory]
    [InlineData("80")]
    [InlineData("0280")]
    [InlineData("0305")]
    [InlineData("02ffffffffffffffffff02")]
    [InlineData("ffffffffff3f00")]
    public void Half_a_field_is_refused(string hex)
    {
        var reader = new RecordReader(Convert.FromHexString(hex));

        reader.Next(out _).Should().BeFalse();
        reader.Failed.Should().BeTrue();
    }
}
