using System.Numerics;
using SysMaster.Linux;

namespace SysMaster.Savepoint.Tests;

/// <summary>Logs that a dying writer, or something worse, has left: for each, what is sound counts and nothing else does.</summary>
public sealed class DamageTests
{
    private const int Batches = 6;
    private static readonly long[] s_ends = new long[Batches + 1];
    private static readonly byte[] s_log = Make();

    private static byte[] Make()
    {
        using SavepointLog log = Logs.New();
        s_ends[0] = SegmentFormat.HeaderSize;
        for (int i = 0; i < Batches; i++)
        {
            log.Put(1, "a.service", (ulong)i);
            log.Put(2, $"{i}", (ulong)(i * 1000));
            if (i == 3) { log.Remove(2, "0"); }
            log.Commit();
            s_ends[i + 1] = log.UsedBytes;
        }
        return Logs.Bytes(log.SegmentFd(0), (int)s_ends[Batches]);
    }

    private static Dictionary<string, string> StateAfter(int batches)
    {
        var state = new Dictionary<string, string>();
        for (int i = 0; i < batches; i++)
        {
            state["1:a.service"] = $"1={i};";
            state[$"2:{i}"] = $"1={i * 1000};";
            if (i == 3) { state.Remove("2:0"); }
        }
        return state;
    }

    /// <summary>How much of a batch must be there: a memfd reads as zeros behind a cut, so zeros cannot be missed, and one bit alone is put right.</summary>
    private static long VisibleEnd(int batch)
    {
        if (batch == 0) { return s_ends[0]; }
        long end = BehindBits(s_ends[batch]);
        return BitOperations.IsPow2(s_log[end - 1]) ? BehindBits(end - 1) : end;
    }

    private static long BehindBits(long end)
    {
        while (s_log[end - 1] == 0) { end--; }
        return end;
    }

    private static int BatchesWithin(long length) => s_ends.Count(e => e <= length) - 1;

    [Fact]
    public void Cut_off_at_any_byte_the_batches_before_it_count()
    {
        for (int length = SegmentFormat.HeaderSize; length <= s_log.Length; length++)
        {
            using SavepointLog log = SavepointLog.Open(Logs.Memfd(s_log.AsSpan(0, length)), Logs.Memfd([]), out SavepointReport report).Value;

            int whole = Enumerable.Range(0, Batches + 1).Count(i => VisibleEnd(i) <= length) - 1;
            Collected.Of(log).Records.Should().Equal(StateAfter(whole), $"cut at {length}");
            report.Batches.Should().Be(whole);
            report.EndOffset.Should().Be(s_ends[whole]);
        }
    }

    [Fact]
    public void Cut_off_at_any_byte_with_old_bytes_behind_it_the_same()
    {
        for (int length = SegmentFormat.HeaderSize; length < s_log.Length; length++)
        {
            byte[] torn = new byte[s_log.Length + 200];
            Array.Fill(torn, (byte)0xa5);
            s_log.AsSpan(0, length).CopyTo(torn);

            using SavepointLog log = SavepointLog.Open(Logs.Memfd(torn), Logs.Memfd([]), out SavepointReport report).Value;

            int whole = BatchesWithin(length);
            Collected.Of(log).Records.Should().Equal(StateAfter(whole), $"cut at {length}");
            report.End.Should().NotBe(ReplayEnd.Clean);
        }
    }

    [Fact]
    public void A_single_flipped_bit_is_put_right_for_good()
    {
        byte[] log = (byte[])s_log.Clone();
        for (int bit = 0; bit < log.Length * 8; bit++)
        {
            log[bit / 8] ^= (byte)(1 << (bit % 8));
            using SavepointLog opened = SavepointLog.Open(Logs.Memfd(log), Logs.Memfd([]), out SavepointReport report).Value;
            log[bit / 8] ^= (byte)(1 << (bit % 8));

            Collected.Of(opened).Records.Should().Equal(StateAfter(Batches), $"bit {bit}");
            int repaired = bit < SegmentFormat.HeaderSize * 8 ? 0 : 1;
            report.Should().BeEquivalentTo(new { Batches, End = ReplayEnd.Clean, Repaired = repaired, Lost = 0L }, $"bit {bit}");
            opened.HasDoubts.Should().BeFalse();
            Logs.Bytes(opened.SegmentFd(0), log.Length).Should().Equal(log, $"bit {bit}");
        }
    }

    [Fact]
    public void What_is_damaged_beyond_that_is_stepped_over_and_what_may_be_old_is_in_doubt()
    {
        Dictionary<string, string> whole = StateAfter(Batches);
        var random = new Random(4711);
        for (int at = SegmentFormat.HeaderSize; at < s_log.Length; at++)
        {
            byte[] log = (byte[])s_log.Clone();
            for (int i = at; i < Math.Min(at + 1 + random.Next(40), log.Length); i++) { log[i] ^= (byte)random.Next(3, 256); }
            if (log.AsSpan().SequenceEqual(s_log)) { continue; }

            using SavepointLog opened = SavepointLog.Open(Logs.Memfd(log), Logs.Memfd([]), out SavepointReport report).Value;
            Collected found = Collected.Of(opened);
            if (!opened.HasDoubts)
            {
                found.Records.Should().BeEquivalentTo(StateAfter(report.Batches), $"damaged at {at}");
                report.Batches.Should().BeGreaterThanOrEqualTo(Batches - 1, $"damaged at {at}");
                continue;
            }
            report.Lost.Should().BePositive();
            foreach ((string key, string value) in found.Records)
            {
                if (!found.Doubted.Contains(key)) { value.Should().Be(whole[key], $"damaged at {at}, {key}"); }
            }
            opened.Compact().Should().Be(Errno.None);
            using SavepointLog again = Logs.Reopen(opened, out SavepointReport after);
            after.Should().BeEquivalentTo(new { End = ReplayEnd.Clean, Lost = 0L });
            Collected.Of(again).Records.Should().BeEquivalentTo(found.Records);
        }
    }

    [Fact]
    public void Damage_in_the_midst_of_a_batch_leaves_the_rest_of_it()
    {
        using SavepointLog log = Logs.New();
        for (int i = 0; i < 10; i++) { log.Put(1, $"{i}.service", (ulong)i); }
        log.Commit();
        byte[] bytes = Logs.Bytes(log.SegmentFd(0), (int)log.UsedBytes);
        bytes[bytes.Length / 2] ^= 0xff;

        using SavepointLog opened = SavepointLog.Open(Logs.Memfd(bytes), Logs.Memfd([]), out SavepointReport report).Value;

        opened.Count.Should().Be(9);
        opened.HasDoubts.Should().BeTrue();
        report.Should().BeEquivalentTo(new { Batches = 1, Records = 9, End = ReplayEnd.Clean });
    }

    [Fact]
    public void What_a_torn_batch_left_behind_the_end_is_never_taken_for_a_later_one()
    {
        using SavepointLog log = Logs.New();
        log.Put(1, "a.service", 1);
        log.Commit();
        long second = log.UsedBytes;
        for (int i = 0; i < 20; i++) { log.Put(1, $"torn{i}.service", 1); }
        log.Commit();
        int torn = (int)log.UsedBytes - SegmentFormat.CommitSize;
        using SavepointLog successor = SavepointLog.Open(Logs.Memfd(Logs.Bytes(log.SegmentFd(0), torn)), Logs.Memfd([]), out _).Value;
        successor.Put(1, "b.service", 2);
        successor.Commit();
        byte[] bytes = Logs.Bytes(successor.SegmentFd(0), torn);
        bytes.AsSpan((int)second, 8).Fill(0xee);

        using SavepointLog opened = SavepointLog.Open(Logs.Memfd(bytes), Logs.Memfd([]), out _).Value;

        Collected.Of(opened).Records.Keys.Should().NotContain(key => key.Contains("torn"));
    }

    [Fact]
    public void After_a_torn_batch_the_next_one_takes_its_place()
    {
        for (int length = (int)s_ends[2] + 1; length < VisibleEnd(3); length++)
        {
            using SavepointLog log = SavepointLog.Open(Logs.Memfd(s_log.AsSpan(0, length)), Logs.Memfd([]), out _).Value;
            log.Put(3, "new", 1);
            log.Commit();

            using SavepointLog again = Logs.Reopen(log, out SavepointReport report);

            Dictionary<string, string> expected = StateAfter(2);
            expected["3:new"] = "1=1;";
            Collected.Of(again).Records.Should().Equal(expected, $"cut at {length}");
            report.End.Should().Be(ReplayEnd.Clean, "the new batch ends with an empty header");
        }
    }

    [Fact]
    public void A_batch_of_another_place_or_segment_is_none()
    {
        // The second batch, copied over the third: sound but for where it stands.
        byte[] log = (byte[])s_log.Clone();
        int length = (int)(s_ends[2] - s_ends[1]);
        Array.Copy(log, s_ends[1], log, s_ends[2], length);

        using SavepointLog opened = SavepointLog.Open(Logs.Memfd(log), Logs.Memfd([]), out SavepointReport report).Value;

        report.Should().BeEquivalentTo(new { Batches = Batches - 1, Lost = (long)length });
        Collected.Of(opened).Records.Should().NotContainKey("2:2");
    }

    [Fact]
    public void A_header_damaged_beyond_a_bit_is_not_a_log()
    {
        byte[] log = (byte[])s_log.Clone();
        for (int at = 0; at < SegmentFormat.HeaderSize; at++)
        {
            log[at] ^= 0x81;
            SavepointLog.Open(Logs.Memfd(log), Logs.Memfd([]), out _).Failed.Should().BeTrue($"byte {at}");
            log[at] ^= 0x81;
        }
    }

    [Fact]
    public void Random_bytes_after_the_header_throw_nothing()
    {
        var random = new Random(12345);
        for (int round = 0; round < 300; round++)
        {
            byte[] log = new byte[4096];
            random.NextBytes(log);
            SegmentFormat.WriteHeader(log, SegmentFormat.Complete, (ulong)round, SavepointLog.MinSegment);

            using SavepointLog opened = SavepointLog.Open(Logs.Memfd(log), Logs.Memfd([]), out SavepointReport report).Value;

            opened.Count.Should().Be(0);
            report.Batches.Should().Be(0);
        }
    }
}
