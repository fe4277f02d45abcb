using SysMaster.Core;
using SysMaster.Linux;
using SysMaster.Units.Swap;

namespace SysMaster.Units.Tests;

public sealed class SwapTests
{
    private const string Heading = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n";
    private const string File = "/sysmaster-no-such\\040file                file\t\t1024\t\t0\t\t-2\n";

    private static void Apply(TestManager test, string text)
    {
        SwapTable.Of(test.Manager).Apply(new ByteText(text).Span);
        test.Settle();
    }

    [Fact]
    public void Every_state_has_one_row_in_order()
    {
        var rows = new List<SwapState>();
        foreach (SwapStateRow row in SwapStates.Rows) { rows.Add(row.State); }

        rows.Should().Equal(Enum.GetValues<SwapState>());
    }

    [Fact]
    public void A_swap_of_the_kernels_is_an_active_unit_until_it_goes()
    {
        using var test = new TestManager();
        Apply(test, Heading + File);
        var unit = (SwapUnit)test[@"sysmaster\x2dno\x2dsuch\x20file.swap"];
        unit.HoldCount++;
        unit.State.Should().Be(SwapState.Active);
        unit.Priority.Should().Be(-2);
        unit.What.ToString().Should().Be("/sysmaster-no-such file");
        Apply(test, Heading);

        unit.State.Should().Be(SwapState.Dead);
    }

    [Fact]
    public void A_configured_swap_binds_to_its_device()
    {
        using var test = new TestManager(("dev-sdb1.swap", "[Swap]\nWhat=/dev/sdb1\nOptions=discard,pri=5\n"));
        var unit = (SwapUnit)test["dev-sdb1.swap"];

        unit.HasDependency(Dep.BindsTo, test["dev-sdb1.device"]).Should().BeTrue();
        unit.Priority.Should().Be(5);
    }

    [Fact]
    public void A_name_that_does_not_fit_is_refused()
    {
        using var test = new TestManager(("dev-sdb1.swap", "[Swap]\nWhat=/dev/sdb2\n"));

        test["dev-sdb1.swap"].LoadState.Should().Be(UnitLoadState.BadSetting);
    }
}
