using SysMaster.Core;
using SysMaster.UnitFiles;
using SysMaster.Units.Scope;

namespace SysMaster.Units.Tests.Activation;

public sealed class ScopeTests
{
    private static ScopeUnit Transient(TestManager t, string name)
    {
        var scope = (ScopeUnit)t.Manager.GetOrAdd(UnitName.Parse(name));
        scope.Flags |= UnitFlags.Transient;
        scope.HoldCount = 1;
        t.Manager.EnsureLoaded(scope);
        return scope;
    }

    [Fact]
    public void A_scope_runs_while_one_of_its_processes_does()
    {
        using TestManager t = new TestManager().Up();
        ScopeUnit scope = Transient(t, "s.scope");
        scope.Pids.Add(Environment.ProcessId);

        t.Do(JobType.Start, scope).Should().BeNull();
        scope.State.Should().Be(ScopeState.Running);
        scope.Abandon().Should().BeTrue();
        scope.State.Should().Be(ScopeState.Abandoned);
        t.Manager.OnExited(Environment.ProcessId, new ChildExit(1, 0));

        scope.State.Should().Be(ScopeState.Dead);
        scope.Result.Should().Be(ScopeResult.Success);
    }

    [Fact]
    public void A_scope_without_processes_does_not_start()
    {
        using TestManager t = new TestManager().Up();
        ScopeUnit scope = Transient(t, "s.scope");

        t.Do(JobType.Start, scope);

        scope.State.Should().Be(ScopeState.Dead);
    }

    [Fact]
    public void Init_scope_is_always_running()
    {
        using TestManager t = new TestManager().Up();

        var scope = (ScopeUnit)t.Manager.Load(SpecialUnits.InitScope);

        scope.IsPerpetual.Should().BeTrue();
        scope.State.Should().Be(ScopeState.Running);
        scope.CanStop.Should().BeFalse();
        scope.Description.Should().Be("System and Service Manager");
    }
}
