namespace SysMaster.Savepoint.Tests;

/// <summary>Logs that a dying writer, or something worse, has left: for each, what is sound up to there counts and nothing else does.</summary>
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

    /// <summary>Where the last byte of a batch that is not zero ends: a memfd reads as zeros behind a cut, so only that can be missed.</summary>
    private static long VisibleEnd(int batch)
    {
        long end = s_ends[batch];
        while (batch > 0 && s_log[end - 1] == 0) { end--; }
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
    public void A_single_flipped_bit_ends_the_replay_at_the_batch_it_hits()
    {
        byte[] log = (byte[])s_log.Clone();
        for (int bit = SegmentFormat.HeaderSize * 8; bit < log.Length * 8; bit++)
        {
            log[bit / 8] ^= (byte)(1 << (bit % 8));
            using SavepointLog opened = SavepointLog.Open(Logs.Memfd(log), Logs.Memfd([]), out SavepointReport report).Value;
            log[bit / 8] ^= (byte)(1 << (bit % 8));

            int whole = BatchesWithin(bit / 8);
            report.Batches.Should().Be(whole, $"bit {bit}");
            report.End.Should().Be(ReplayEnd.Unsound, $"bit {bit}");
        }
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

        report.Batches.Should().Be(2);
        report.End.Should().Be(ReplayEnd.Unsound);
    }

    [Fact]
    public void A_header_damaged_in_any_bit_is_not_a_log()
    {
        byte[] log = (byte[])s_log.Clone();
        for (int bit = 0; bit < SegmentFormat.HeaderSize * 8; bit++)
        {
            log[bit / 8] ^= (byte)(1 << (bit % 8));
            SavepointLog.Open(Logs.Memfd(log), Logs.Memfd([]), out _).Failed.Should().BeTrue($"bit {bit}");
            log[bit / 8] ^= (byte)(1 << (bit % 8));
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
