using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SysMaster.UnitFiles.Install;

namespace SysMaster.UnitFiles.Tests.Install;

public sealed class PresetsTests
{
    [Theory]
    [InlineData("enable a.service\ndisable *", "a.service", PresetAction.Enable)]
    [InlineData("enable a.service\ndisable *", "b.service", PresetAction.Disable)]
    [InlineData("disable a*\nenable ab.service", "ab.service", PresetAction.Disable)]
    [InlineData("", "any.service", PresetAction.Enable)]
    [InlineData("ignore x.service\ndisable *", "x.service", PresetAction.Ignore)]
    [InlineData("# enable x.service\n; enable x.service\n  disable   x.service  ", "x.service", PresetAction.Disable)]
    [InlineData("enable t@.service a b\ndisable *", "t@a.service", PresetAction.Enable)]
    [InlineData("enable t@.service a b\ndisable *", "t@c.service", PresetAction.Disable)]
    public void The_first_line_that_fits_decides(string text, string unit, PresetAction action)
        => Presets.Parse(Encoding.UTF8.GetBytes(text)).Query(UnitName.Parse(unit)).Action.Should().Be(action);

    [Fact]
    public void A_template_with_instances_means_those()
        => Presets.Parse("enable t@.service a b"u8).Query(UnitName.Parse("t@.service")).Instances.Select(n => n.Text).Should().Equal("t@a.service", "t@b.service");

    [Fact]
    public void Lines_that_mean_nothing_are_told_with_their_number()
        => Presets.Parse("enable\n\nfrobnicate x\nenable plain.service inst\ndisable ok"u8).Problems.Select(p => p.Line).Should().Equal(1, 3, 4);

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("a*b*c", "aXXbYYc", true)]
    [InlineData("a*b*c", "aXXbYY", false)]
    [InlineData("[a-c]?", "b1", true)]
    [InlineData("[!a-c]?", "b1", false)]
    [InlineData("[]x]", "]", true)]
    [InlineData("[", "[", true)]
    [InlineData("[a-", "[a-", true)]
    [InlineData("a[", "a[", true)]
    [InlineData("\\*", "\\anything", true)]
    [InlineData("?", "", false)]
    public void Patterns_are_those_of_the_shell(string pattern, string text, bool matches) => Glob.Matches(pattern, text).Should().Be(matches);

    [Fact]
    public void A_text_without_pattern_characters_matches_itself_only()
    {
        Gen<string> plain = Gen.Elements('a', 'b', '.', '-', '@').ListOf().Select(l => new string([.. l]));

        Prop.ForAll(Gen.Two(plain).ToArbitrary(), pair => Glob.Matches(pair.Item1, pair.Item2) == (pair.Item1 == pair.Item2)).Holds();
    }

    [Fact]
    public void A_star_between_matches_anything_between()
    {
        Gen<string> plain = Gen.Elements('a', 'b', '.').ListOf().Select(l => new string([.. l]));

        Prop.ForAll(Gen.Three(plain).ToArbitrary(), t => Glob.Matches(t.Item1 + "*" + t.Item3, t.Item1 + t.Item2 + t.Item3)).Holds();
    }

    [Fact]
    public void No_text_makes_it_throw()
        => Prop.ForAll<byte[]>(bytes => { _ = Presets.Parse(bytes).Query(UnitName.Parse("a.service")); }).Holds();
}
