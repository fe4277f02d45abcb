using SysMaster.Core;
using SysMaster.Linux;
using SysMaster.Savepoint;

namespace SysMaster.Units.Tests;

/// <summary>What one manager leaves and the next finds.</summary>
public sealed class RecoveryTests
{
    private static readonly (string, string)[] s_units = [("a.target", "[Unit]\nDescription=a\n"), ("b.target", "[Unit]\nDescription=b\n"),
        ("waits.target", "[Unit]\nRequires=dev-none.device\nAfter=dev-none.device\n")];

    [Fact]
    public void A_record_at_which_two_managers_have_died_is_set_aside_and_kept()
    {
        SavepointLog log = Left();
        using Ledger ledger = Ledger.Create().Value;
        for (int i = 0; i < 2; i++)
        {
            ledger.Point(CrumbKind.Unit, "a.target");
            ledger.Judge(ownFault: true);
        }

        using TestManager second = Recovered(log, ledger);

        second["a.target"].ActiveState.Should().Be(UnitActiveState.Inactive);
        second["b.target"].ActiveState.Should().Be(UnitActiveState.Active);
        second.Manager.RecordsSetAside.Should().Be(1);
        Kinds(log).Should().Contain((RecordKinds.SetAside, "a.target")).And.NotContain((RecordKinds.Unit, "a.target"));
    }

    [Fact]
    public void A_record_at_which_one_manager_has_died_is_read()
    {
        SavepointLog log = Left();
        using Ledger ledger = Ledger.Create().Value;
        ledger.Point(CrumbKind.Unit, "a.target");
        ledger.Judge(ownFault: true);

        using TestManager second = Recovered(log, ledger);

        second["a.target"].ActiveState.Should().Be(UnitActiveState.Active);
    }

    [Fact]
    public void A_machine_on_its_way_down_goes_on_with_it_once()
    {
        SavepointLog log = SavepointLog.Create().Value;
        using var first = new TestManager(s_units);
        first.Manager.SetSavepoint(log);
        first.Manager.SetObjective(Objective.Reboot, "now");
        first.Settle();

        using TestManager second = Recovered(log, null);
        second.Manager.Objective.Should().Be(Objective.Reboot);
        second.Manager.ObjectiveArgument.Should().Be("now");
        second.Settle();

        using TestManager third = Recovered(log, null);
        third.Manager.Objective.Should().Be(Objective.None, "the way down could not be taken: this manager stays");
    }

    [Fact]
    public void Clients_hear_of_a_recovered_unit_what_changed_not_that_it_is_new()
    {
        using TestManager second = Recovered(Left(), null);

        (second["a.target"].Flags & UnitFlags.Announced).Should().NotBe(UnitFlags.None);
    }

    [Fact]
    public void Past_recoveries_are_remembered_up_to_a_bound()
    {
        SavepointLog log = Left();
        for (uint start = 2; start < 40; start++)
        {
            using TestManager next = Recovered(log, null);
            next.Manager.AddRecovery(new PastRecovery(start, new Usec(5), "killed", new Usec(7), 2, 1, 0, 0));
            next.Settle();
        }

        using TestManager last = Recovered(log, null);

        last.Manager.Recoveries.Should().HaveCount(32);
        last.Manager.Recoveries[^1].Should().Be(new PastRecovery(39, new Usec(5), "killed", new Usec(7), 2, 1, 0, 0));
    }

    [Fact]
    public void Ten_thousand_changes_of_state_leave_the_log_as_large_as_it_was()
    {
        SavepointLog log = SavepointLog.Create(SavepointLog.MinSegment).Value;
        using var test = new TestManager(s_units);
        test.Manager.SetSavepoint(log);
        for (int i = 0; i < 5000; i++)
        {
            test.Start("a.target").Should().BeNull();
            test.Stop("a.target").Should().BeNull();
        }
        test.Start("b.target");

        log.NeedsCompaction.Should().BeFalse("a turn with nothing else to do compacts");
        log.UsedBytes.Should().BeLessThan(log.SegmentSize);
        using TestManager second = Recovered(log, null);
        second["a.target"].ActiveState.Should().Be(UnitActiveState.Inactive);
        second["b.target"].ActiveState.Should().Be(UnitActiveState.Active);
    }

    [Fact]
    public void What_units_did_and_why_is_known_after_a_recovery()
    {
        SavepointLog log = SavepointLog.Create().Value;
        using var first = new TestManager(s_units);
        first.Manager.SetSavepoint(log);
        first.Manager.CurrentActor = "uid 7 pid 9";
        first.Start("a.target").Should().BeNull();
        first.Stop("a.target").Should().BeNull();
        first.Start("b.target").Should().BeNull();

        using TestManager second = Recovered(log, null);

        second.Manager.History.Of("a.target").Select(e => (e.Before, e.Now, e.JobType, e.Actor)).Should().Equal(
            (UnitActiveState.Inactive, UnitActiveState.Active, JobType.Start, "uid 7 pid 9"),
            (UnitActiveState.Active, UnitActiveState.Inactive, JobType.Stop, "uid 7 pid 9"));
        second.Manager.History.Of("").Should().Contain(e => e.Unit == "b.target");
    }

    [Fact]
    public void History_has_a_bound_and_loses_the_oldest_also_over_recoveries()
    {
        SavepointLog log = SavepointLog.Create().Value;
        for (int i = 0; i < 4; i++)
        {
            using TestManager next = Recovered(log, null);
            for (int k = 0; k < 200; k++)
            {
                next.Start("a.target").Should().BeNull();
                next.Stop("a.target").Should().BeNull();
            }
        }

        using TestManager last = Recovered(log, null);
        last.Start("b.target").Should().BeNull();

        List<HistoryEntry> all = last.Manager.History.Of("");
        all.Count.Should().BeInRange(300, 1600);
        all.Should().BeInAscendingOrder(e => e.When.Value);
        all[^1].Unit.Should().Be("b.target");
        Kinds(log).Count(k => k.Item1 == RecordKinds.History).Should().BeLessThanOrEqualTo(513);
    }

    /// <summary>Compaction copies records as they lie in memory.</summary>
    [Fact]
    public void Records_are_read_in_any_order()
    {
        SavepointLog log = SavepointLog.Create().Value, reversed = SavepointLog.Create().Value;
        using var first = new TestManager(s_units);
        first.Manager.SetSavepoint(log);
        first.Start("a.target").Should().BeNull();
        first.Start("waits.target").Should().BeNull();
        string[] jobs = [.. first.Manager.Jobs.Values.Select(j => $"{j.Id} {j.Unit.Id} {j.Type} {j.State}").Order()];
        jobs.Should().HaveCount(2);
        for (int i = log.Count - 1; i >= 0; i--) { log.Replay(new CopyOne(reversed, i)); }
        reversed.Commit().Should().Be(Errno.None);

        using TestManager second = Recovered(reversed, null);

        second.Manager.Jobs.Values.Select(j => $"{j.Id} {j.Unit.Id} {j.Type} {j.State}").Order().Should().Equal(jobs);
        second["a.target"].ActiveState.Should().Be(UnitActiveState.Active);
    }

    private sealed class CopyOne(SavepointLog into, int which) : IRecordObserver
    {
        private int _seen;

        public void OnRecord(ushort kind, ReadOnlySpan<byte> key, RecordReader fields)
        {
            if (_seen++ != which) { return; }
            using RecordWriter to = into.Stage(kind, key);
            to.WriteAll(fields);
        }
    }

    [Fact]
    public void A_job_after_a_recovery_has_no_number_of_before()
    {
        SavepointLog log = SavepointLog.Create().Value;
        using var first = new TestManager(s_units);
        first.Manager.SetSavepoint(log);
        first.Settle();
        var before = new HashSet<uint>();
        for (int i = 0; i < 5; i++)
        {
            before.Add(first.Manager.NextJobId());
            first.Settle();
        }

        using TestManager second = Recovered(log, null);

        before.Should().NotContain(second.Manager.NextJobId());
    }

    private static SavepointLog Left()
    {
        SavepointLog log = SavepointLog.Create().Value;
        using var first = new TestManager(s_units);
        first.Manager.SetSavepoint(log);
        first.Start("a.target").Should().BeNull();
        first.Start("b.target").Should().BeNull();
        return log;
    }

    private static TestManager Recovered(SavepointLog log, Ledger? ledger)
    {
        var next = new TestManager(s_units);
        next.Manager.SetSavepoint(log);
        next.Manager.Ledger = ledger;
        next.Manager.RecoverState([]);
        next.Settle();
        return next;
    }

    private static List<(ushort, string)> Kinds(SavepointLog log)
    {
        var seen = new Seen();
        log.Replay(seen);
        return seen.Keys;
    }

    private sealed class Seen : IRecordObserver
    {
        public readonly List<(ushort, string)> Keys = [];

        public void OnRecord(ushort kind, ReadOnlySpan<byte> key, RecordReader fields) => Keys.Add((kind, System.Text.Encoding.ASCII.GetString(key)));
    }
}
