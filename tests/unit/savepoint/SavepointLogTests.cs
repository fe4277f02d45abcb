using SysMaster.Linux;

namespace SysMaster.Savepoint.Tests;

public sealed class SavepointLogTests
{
    [Fact]
    public void A_committed_record_is_there_after_the_process_is_gone()
    {
        using SavepointLog log = Logs.New();
        log.Put(1, "nginx.service", 5);
        log.Put(2, "17", 6);
        log.Commit().Failed.Should().BeFalse();

        using SavepointLog again = Logs.Reopen(log, out SavepointReport report);

        Collected.Of(again).Records.Should().Equal(new Dictionary<string, string> { ["1:nginx.service"] = "1=5;", ["2:17"] = "1=6;" });
        report.Should().BeEquivalentTo(new { Batches = 1, Records = 2, End = ReplayEnd.Clean, IgnoredRecords = 0 });
    }

    [Fact]
    public void What_was_staged_and_not_committed_never_was()
    {
        using SavepointLog log = Logs.New();
        log.Put(1, "a", 1);
        log.Commit();
        log.Put(1, "a", 2);
        log.Remove(1, "b");

        using SavepointLog again = Logs.Reopen(log, out _);

        Collected.Of(again).Records.Should().Equal(new Dictionary<string, string> { ["1:a"] = "1=1;" });
    }

    [Fact]
    public void The_latest_record_of_a_key_counts_and_kinds_do_not_mix()
    {
        using SavepointLog log = Logs.New();
        log.Put(1, "x", 1);
        log.Put(2, "x", 10);
        log.Put(1, "y", 3);
        log.Commit();
        log.Put(1, "x", 2);
        log.Commit();
        log.Remove(1, "y");
        log.Remove(1, "never there");
        log.Commit();

        using SavepointLog again = Logs.Reopen(log, out SavepointReport report);
        Collected seen = Collected.Of(again);

        seen.Order.Should().Equal("2:x", "1:x");
        seen.Records["1:x"].Should().Be("1=2;");
        report.Batches.Should().Be(3);
    }

    [Fact]
    public void A_reopened_log_goes_on_where_it_ended()
    {
        using SavepointLog log = Logs.New();
        log.Put(1, "a", 1);
        log.Commit();

        using SavepointLog second = Logs.Reopen(log, out _);
        second.Put(1, "b", 2);
        second.Commit();
        using SavepointLog third = Logs.Reopen(second, out SavepointReport report);

        Collected.Of(third).Records.Should().HaveCount(2);
        report.End.Should().Be(ReplayEnd.Clean);
        report.Batches.Should().Be(2);
    }

    [Fact]
    public void A_segment_can_neither_shrink_nor_grow()
    {
        using SavepointLog log = Logs.New();

        LibC.ftruncate(log.SegmentFd(0).Value, 100).Should().Be(-1);
        LibC.ftruncate(log.SegmentFd(1).Value, 100 << 20).Should().Be(-1);
    }

    [Fact]
    public void A_log_from_anywhere_else_is_refused_with_the_reason()
    {
        byte[] otherVersion = new byte[64];
        SegmentFormat.WriteHeader(otherVersion, SegmentFormat.Complete, 1, SavepointLog.MinSegment);
        otherVersion[8]++;

        Result<SavepointLog> foreign = SavepointLog.Open(Logs.Memfd("hello"u8), Logs.Memfd([]), out SavepointReport report);
        Result<SavepointLog> small = SavepointLog.Open(Logs.Memfd([], 4096), Logs.Memfd([]), out _);
        Result<SavepointLog> damaged = SavepointLog.Open(Logs.Memfd(otherVersion), Logs.Memfd([]), out SavepointReport damage);

        foreign.Error.Should().Be(Errno.EBADMSG);
        report.First.Should().Be(SegmentState.Foreign);
        small.Error.Should().Be(Errno.EBADMSG);
        damaged.Error.Should().Be(Errno.EBADMSG);
        damage.First.Should().Be(SegmentState.Unsound);
    }

    [Fact]
    public void A_full_log_refuses_the_batch_and_keeps_what_it_has()
    {
        using SavepointLog log = Logs.New();
        byte[] big = new byte[100 << 10];
        Errno e = Errno.None;
        int i = 0;
        for (; i < 10 && !e.Failed; i++)
        {
            using (RecordWriter w = log.Stage(1, [(byte)i])) { w.Write(1, big); }
            e = log.Commit();
        }

        e.Should().Be(Errno.ENOSPC);
        log.Discard();
        using SavepointLog again = Logs.Reopen(log, out _);
        Collected.Of(again).Records.Should().HaveCount(i - 1);
    }

    [Fact]
    public void Overwriting_for_ever_never_fills_it()
    {
        using SavepointLog log = Logs.New();
        byte[] value = new byte[1000];
        for (int i = 0; i < 5000; i++)
        {
            using (RecordWriter w = log.Stage(1, [(byte)(i % 7)]))
            {
                w.Write(1, i);
                w.Write(2, value);
            }
            log.Commit().Failed.Should().BeFalse();
            if (log.NeedsCompaction) { log.CompactSlice(2000).Failed.Should().BeFalse(); }
        }

        using SavepointLog again = Logs.Reopen(log, out SavepointReport report);
        Collected.Of(again).Records.Should().HaveCount(7);
        report.End.Should().Be(ReplayEnd.Clean, "old bytes behind the end are no torn write");
    }

    [Fact]
    public void A_record_must_be_ended_before_the_next_and_before_the_commit()
    {
        using SavepointLog log = Logs.New();
        log.Stage(1, "a"u8);

        FluentActions.Invoking(() => log.Put(1, "b", 1)).Should().Throw<InvalidOperationException>();
        FluentActions.Invoking(() => log.Commit()).Should().Throw<InvalidOperationException>();
        FluentActions.Invoking(() => Logs.New().Put(0, "b", 1)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void A_further_record_of_a_known_key_allocates_nothing()
    {
        using SavepointLog log = Logs.New();
        void Turn(ulong value)
        {
            using (RecordWriter w = log.Stage(1, "nginx.service"u8))
            {
                w.Write(1, value);
                w.Write(2, "text"u8);
            }
            log.Commit();
        }
        Turn(1);
        Turn(2);
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (ulong i = 0; i < 1000; i++) { Turn(i); }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }
}
