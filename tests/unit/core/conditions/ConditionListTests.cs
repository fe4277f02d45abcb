using SysMaster.Core.Boot;
using SysMaster.Core.Conditions;

namespace SysMaster.Core.Tests.Conditions;

public sealed class ConditionListTests
{
    [Theory]
    [InlineData("", true, "")]
    [InlineData("/", true, "1")]
    [InlineData("/none", false, "-1")]
    [InlineData("!/none", true, "1")]
    [InlineData("/ /none /", false, "1 -1 0")]
    [InlineData("|/none |/ |/none", true, "-1 1 -1")]
    [InlineData("|/none |/none", false, "-1 -1")]
    [InlineData("|/ /none", false, "1 -1")]
    [InlineData("|/none /", false, "-1 1")]
    [InlineData("|!/none", true, "1")]
    public void A_list_means_what_systemd_means(string values, bool holds, string results)
    {
        List<Condition> list = List(values);

        ConditionEvaluator.TestList(list, new SystemFacts()).Should().Be(holds);

        string.Join(' ', list.Select(c => c.BusResult)).Should().Be(results);
    }

    [Fact]
    public void An_error_fails_even_when_negated()
    {
        Condition condition = Condition.Parse(ConditionKinds.FindOrNull("CPUs")!, "!lots"u8);

        ConditionEvaluator.TestList([condition], new SystemFacts()).Should().BeFalse();

        condition.Result.Should().Be(ConditionResult.Error);
        condition.BusResult.Should().Be(-1);
    }

    [Fact]
    public void The_reason_names_the_line_that_failed()
    {
        List<Condition> list = List("/ !/etc");
        ConditionEvaluator.TestList(list, new SystemFacts());

        ConditionEvaluator.Reason(list, isAssert: false).Should().Be("of an unmet condition check (ConditionPathExists=!/etc)");
    }

    [Fact]
    public void The_reason_of_triggers_names_all_of_them_as_one()
    {
        List<Condition> list = List("|/none |/nothing");
        ConditionEvaluator.TestList(list, new SystemFacts());

        ConditionEvaluator.Reason(list, isAssert: false).Should().Be("no trigger condition checks were met");
    }

    [Theory]
    [InlineData("1.2", "1.10", -1)]
    [InlineData("1.0", "1.0~rc1", 1)]
    [InlineData("6.1.0-13", "6.1.0", 1)]
    [InlineData("1a", "1", 1)]
    [InlineData("010", "10", 0)]
    [InlineData("5.10.0-136.oe2203", "5.10", 1)]
    [InlineData("", "", 0)]
    public void Versions_are_ordered(string a, string b, int order)
    {
        VersionOrder.Compare(a, b).Should().Be(order);
        VersionOrder.Compare(b, a).Should().Be(-order);
    }

    private static List<Condition> List(string values) =>
        [.. values.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(v => Condition.Parse(ConditionKinds.FindOrNull("ConditionPathExists")!, System.Text.Encoding.UTF8.GetBytes(v)))];
}
