using FsCheck;
using FsCheck.Fluent;

namespace SysMaster.Savepoint.Tests;

public sealed class CompactionTests
{
    [Fact]
    public void Dying_at_any_slice_loses_nothing_and_doubles_nothing()
    {
        for (int slices = 0; slices < 60; slices++)
        {
            using SavepointLog log = Logs.New();
            for (int i = 0; i < 50; i++) { log.Put(1, $"{i}", (ulong)i); }
            log.Commit();
            for (int i = 0; i < slices; i++)
            {
                log.CompactSlice(1);
                log.Put(1, $"{i % 50}", (ulong)(1000 + i));
                if (i % 9 == 0) { log.Remove(1, $"{(i + 20) % 50}"); }
                log.Commit();
            }
            Dictionary<string, string> expected = Collected.Of(log).Records;

            using SavepointLog again = Logs.Reopen(log, out _);

            Collected.Of(again).Records.Should().Equal(expected, $"after {slices} slices");
        }
    }

    [Fact]
    public void A_segment_that_was_being_filled_does_not_count()
    {
        using SavepointLog log = Logs.New();
        for (int i = 0; i < 50; i++) { log.Put(1, $"{i}", (ulong)i); }
        log.Commit();
        log.CompactSlice(100).Value.Should().BeTrue();

        using SavepointLog again = Logs.Reopen(log, out SavepointReport report);

        report.Should().BeEquivalentTo(new { First = SegmentState.Complete, Second = SegmentState.Filling });
        again.Count.Should().Be(50);
    }

    [Fact]
    public void Removed_and_made_again_while_it_runs_is_there_once()
    {
        using SavepointLog log = Logs.New();
        for (int i = 0; i < 10; i++) { log.Put(1, $"{i}", (ulong)i); }
        log.Commit();
        log.CompactSlice(60);
        log.Remove(1, "0");
        log.Commit();
        log.Put(1, "0", 77);
        log.Commit();
        log.Remove(1, "9");
        log.Commit();
        log.Compact().Failed.Should().BeFalse();

        using SavepointLog again = Logs.Reopen(log, out _);

        Dictionary<string, string> records = Collected.Of(again).Records;
        records.Should().HaveCount(9).And.NotContainKey("1:9");
        records["1:0"].Should().Be("1=77;");
    }

    [Fact]
    public void Fields_that_this_build_does_not_know_are_carried_along()
    {
        using SavepointLog log = Logs.New();
        using (RecordWriter w = log.Stage(60000, "future"u8))
        {
            w.Write(4_000_000_000, 7UL);
            w.Write(3, "blob\0\xff"u8);
        }
        log.Commit();
        string before = Collected.Of(log).Records["60000:future"];

        log.Compact();
        log.Compact();

        using SavepointLog again = Logs.Reopen(log, out _);
        Collected.Of(again).Records["60000:future"].Should().Be(before).And.Contain("4000000000=7;");
    }

    [Fact]
    public void Space_comes_back()
    {
        using SavepointLog log = Logs.New();
        for (int i = 0; i < 1000; i++)
        {
            log.Put(1, "x", (ulong)i);
            log.Commit();
        }
        long before = log.UsedBytes;

        log.Compact();

        log.UsedBytes.Should().BeLessThan(200).And.BeLessThan(before);
    }

    [Fact]
    public void Any_history_with_crashes_and_compactions_replays_to_what_a_dictionary_says()
    {
        Arbitrary<int[]> histories = ArbMap.Default.ArbFor<int[]>();
        Prop.ForAll(histories, static history =>
        {
            SavepointLog log = Logs.New();
            var model = new Dictionary<string, string>();
            var staged = new Dictionary<string, string>();
            foreach (int step in history)
            {
                string key = $"{(step & 7) % 5}";
                switch (((step >> 3) & int.MaxValue) % 6)
                {
                    case 0 or 1:
                        log.Put(1, key, (uint)step);
                        staged[$"1:{key}"] = $"1={(uint)step};";
                        break;
                    case 2:
                        log.Remove(1, key);
                        staged.Remove($"1:{key}");
                        break;
                    case 3:
                        log.Commit();
                        model = new Dictionary<string, string>(staged);
                        break;
                    case 4:
                        log.CompactSlice(50);
                        break;
                    default:
                        SavepointLog again = Logs.Reopen(log, out _);
                        log.Dispose();
                        log = again;
                        staged = new Dictionary<string, string>(model);
                        break;
                }
            }
            SavepointLog last = Logs.Reopen(log, out _);
            Dictionary<string, string> seen = Collected.Of(last).Records;
            log.Dispose();
            last.Dispose();
            return seen.Count == model.Count && !seen.Except(model).Any();
        }).Holds();
    }
}
