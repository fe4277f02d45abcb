using SysMaster.Core;
using SysMaster.Savepoint;

namespace SysMaster.Units.Tests;

public sealed class TurnTests
{
    [Fact]
    public void A_turn_writes_what_changed_and_copies_nothing_else()
    {
        using var test = new TestManager(("a.target", "[Unit]\n"), ("b.target", "[Unit]\n"));
        using SavepointLog log = SavepointLog.Create().Value;
        test.Manager.SetSavepoint(log);
        var used = new List<long>();

        for (int i = 0; i < 10; i++)
        {
            test.Start("a.target");
            used.Add(log.UsedBytes);
            test.Stop("a.target");
            used.Add(log.UsedBytes);
        }

        // A compaction would make it shrink.
        used.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void A_reload_tells_of_those_that_load_otherwise_than_before()
    {
        using var test = new TestManager(("a.target", "[Unit]\n"), ("b.target", "[Unit]\nRequires=a.target\n"));
        test.Start("b.target");
        var observer = new Changes();
        test.Manager.Observers.Add(observer);
        test.Remove("a.target");

        test.Manager.Reload(static () => { });
        test.Settle();

        observer.Names.Should().Contain("a.target").And.NotContain("b.target");
    }

    private sealed class Changes : IManagerObserver
    {
        public List<string> Names { get; } = [];

        public void OnUnitChanged(Unit unit) => Names.Add(unit.Id.Text);

        public void OnUnitRemoved(Unit unit) { }

        public void OnBeforeStateChange(Unit unit) { }

        public void OnJobChanged(Job job) { }

        public void OnJobRemoved(Job job, JobResult result) { }

        public void OnReloading(bool active) { }

        public void OnStartupFinished() { }

        public void OnUnitFilesChanged() { }

        public void OnTurnEnd() { }
    }
}
