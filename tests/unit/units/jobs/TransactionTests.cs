using SysMaster.Core;
using SysMaster.Core.Directives;

namespace SysMaster.Units.Tests;

/// <summary>Transactions over targets: they start and stop at once, so what is left is the graph.</summary>
public sealed class TransactionTests
{
    private const string Plain = "[Unit]\nDefaultDependencies=no\n";

    [Fact]
    public void A_start_pulls_in_what_is_required_and_wanted()
    {
        using var test = new TestManager(("a.target", Plain + "Requires=b.target\nWants=c.target\n"), ("b.target", Plain), ("c.target", Plain));

        test.Start("a.target").Should().BeNull();

        test["a.target"].ActiveState.Should().Be(UnitActiveState.Active);
        test["b.target"].ActiveState.Should().Be(UnitActiveState.Active);
        test["c.target"].ActiveState.Should().Be(UnitActiveState.Active);
    }

    [Fact]
    public void A_missing_requirement_refuses_the_start_and_changes_nothing()
    {
        using var test = new TestManager(("a.target", Plain + "Requires=nowhere.target\nWants=c.target\n"), ("c.target", Plain));

        BusError? error = test.Start("a.target");

        error!.Name.Should().Be(BusError.NoSuchUnit);
        error.Message.Should().Be("Unit nowhere.target not found.");
        test["c.target"].ActiveState.Should().Be(UnitActiveState.Inactive);
        test.Manager.Jobs.Should().BeEmpty();
    }

    [Fact]
    public void A_missing_wish_is_passed_over()
    {
        using var test = new TestManager(("a.target", Plain + "Wants=nowhere.target\n"));

        test.Start("a.target").Should().BeNull();

        test["a.target"].ActiveState.Should().Be(UnitActiveState.Active);
    }

    [Fact]
    public void A_requisite_that_is_down_fails_the_start()
    {
        using var test = new TestManager(("a.target", Plain + "Requisite=b.target\nAfter=b.target\n"), ("b.target", Plain));

        test.Start("a.target");

        test["a.target"].ActiveState.Should().Be(UnitActiveState.Inactive);
        test["b.target"].ActiveState.Should().Be(UnitActiveState.Inactive);
    }

    [Fact]
    public void Conflicting_units_push_each_other_out()
    {
        using var test = new TestManager(("a.target", Plain + "Conflicts=b.target\n"), ("b.target", Plain));
        test.Start("b.target");

        test.Start("a.target");

        test["a.target"].ActiveState.Should().Be(UnitActiveState.Active);
        test["b.target"].ActiveState.Should().Be(UnitActiveState.Inactive);
        test.Start("b.target");
        test["a.target"].ActiveState.Should().Be(UnitActiveState.Inactive);
    }

    [Theory]
    [InlineData("Requires=b.target", UnitActiveState.Inactive)]
    [InlineData("BindsTo=b.target", UnitActiveState.Inactive)]
    [InlineData("PartOf=b.target", UnitActiveState.Inactive)]
    [InlineData("StopPropagatedFrom=b.target", UnitActiveState.Inactive)]
    [InlineData("Wants=b.target", UnitActiveState.Active)]
    [InlineData("After=b.target", UnitActiveState.Active)]
    public void A_stop_reaches_those_whose_dependency_says_so(string dependency, UnitActiveState expected)
    {
        using var test = new TestManager(("a.target", Plain + dependency + "\n"), ("b.target", Plain));
        test.Start("b.target");
        test.Start("a.target");

        test.Stop("b.target");

        test["a.target"].ActiveState.Should().Be(expected);
    }

    [Fact]
    public void An_ordering_cycle_is_broken_where_it_does_not_matter()
    {
        using var test = new TestManager(
            ("a.target", Plain + "Wants=b.target c.target\nAfter=b.target\n"), ("b.target", Plain + "After=c.target\n"), ("c.target", Plain + "After=a.target\n"));

        test.Start("a.target").Should().BeNull();

        test["a.target"].ActiveState.Should().Be(UnitActiveState.Active);
    }

    [Fact]
    public void A_cycle_of_requirements_is_refused_by_name()
    {
        using var test = new TestManager(("a.target", Plain + "Requires=b.target\nAfter=b.target\n"), ("b.target", Plain + "Requires=a.target\nAfter=a.target\n"));

        BusError? error = test.Start("a.target");

        error!.Name.Should().Be(BusError.TransactionOrderIsCyclic);
        error.Message.Should().StartWith("Transaction order is cyclic. See system logs for details.");
    }

    [Fact]
    public void Isolating_stops_all_else_but_what_ignores_it()
    {
        using var test = new TestManager(
            ("a.target", Plain + "AllowIsolate=yes\n"), ("b.target", Plain), ("c.target", Plain + "IgnoreOnIsolate=yes\n"));
        test.Start("b.target");
        test.Start("c.target");

        test.Start("a.target", JobMode.Isolate).Should().BeNull();

        test["b.target"].ActiveState.Should().Be(UnitActiveState.Inactive);
        test["c.target"].ActiveState.Should().Be(UnitActiveState.Active);
    }

    [Fact]
    public void Isolating_needs_leave()
    {
        using var test = new TestManager(("a.target", Plain));

        BusError? error = test.Start("a.target", JobMode.Isolate);

        error.Should().Be(new BusError(BusError.NoIsolation, "Operation refused, unit may not be isolated."));
    }

    [Fact]
    public void What_is_no_longer_needed_stops_by_itself()
    {
        using var test = new TestManager(("a.target", Plain + "Wants=b.target\n"), ("b.target", Plain + "StopWhenUnneeded=yes\n"));
        test.Start("a.target");

        test.Stop("a.target");

        test["b.target"].ActiveState.Should().Be(UnitActiveState.Inactive);
    }

    [Fact]
    public void What_is_upheld_comes_back()
    {
        using var test = new TestManager(("a.target", Plain + "Upholds=b.target\n"), ("b.target", Plain));
        test.Start("a.target");

        test.Stop("b.target");

        test["b.target"].ActiveState.Should().Be(UnitActiveState.Active);
    }

    [Fact]
    public void A_masked_unit_cannot_be_started()
    {
        using var test = new TestManager(("a.target", ""));

        BusError? error = test.Start("a.target");

        error.Should().Be(new BusError(BusError.UnitMasked, "Unit a.target is masked."));
    }

    [Fact]
    public void A_reload_keeps_what_runs_and_reads_what_changed()
    {
        using var test = new TestManager(("a.target", Plain + "Description=old\n"));
        test.Start("a.target");
        test.Write("a.target", Plain + "Description=new\nWants=b.target\n");
        test.Write("b.target", Plain);

        test.Manager.Reload(static () => { });
        test.Settle();

        test["a.target"].ActiveState.Should().Be(UnitActiveState.Active);
        test["a.target"].Description.Should().Be("new");
        test["a.target"].HasDependency(Dep.Wants, test["b.target"]).Should().BeTrue();
    }

    [Fact]
    public void A_unit_that_nobody_needs_is_forgotten()
    {
        using var test = new TestManager(("a.target", Plain + "Wants=b.target\n"), ("b.target", Plain));
        int before = test.Manager.Units.Count;
        test.Start("a.target");

        test.Stop("b.target");
        test.Stop("a.target");

        test.Manager.Units.Count.Should().Be(before);
    }
}
