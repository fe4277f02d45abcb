using FluentAssertions;
using SysMaster.Core;
using SysMaster.UnitFiles;
using Xunit;

namespace SysMaster.Units.Tests.Jobs;

/// <summary>The order was read off systemd 252's journal with the same units.</summary>
public class RunRankTests
{
    [Fact]
    public void Kinds_then_weight_then_niceness_then_names_decide()
    {
        const string Service = "[Service]\nType=oneshot\nExecStart=/bin/true\n";
        using var test = new TestManager(
            ("a.service", Service), ("weighty.service", Service + "CPUWeight=500\n"), ("nice.service", Service + "Nice=-5\n"), ("b.service", Service),
            ("x.target", "[Unit]\n"), ("x.slice", "[Slice]\n"), ("x.socket", "[Socket]\nListenStream=/run/x\nService=a.service\n"),
            ("x.timer", "[Timer]\nOnActiveSec=1h\nUnit=a.service\n"));
        string[] names = ["a.service", "x.socket", "b.service", "x.timer", "weighty.service", "x.target", "nice.service", "x.slice"];

        Array.Sort(names, (one, other) => RunRank.Of(test[one]).CompareTo(RunRank.Of(test[other])));

        names.Should().Equal("x.slice", "x.timer", "x.target", "x.socket", "weighty.service", "nice.service", "a.service", "b.service");
    }
}
