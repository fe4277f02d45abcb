using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace SysMaster.UnitFiles.Tests;

public sealed class SpecifiersTests
{
    [Theory]
    [InlineData("%n", @"ref-spec@a-b\x2dc.service")]
    [InlineData("%N", @"ref-spec@a-b\x2dc")]
    [InlineData("%p", "ref-spec")]
    [InlineData("%P", "ref/spec")]
    [InlineData("%i", @"a-b\x2dc")]
    [InlineData("%I", "a/b-c")]
    [InlineData("%j", "spec")]
    [InlineData("%J", "spec")]
    [InlineData("%f", "/a/b-c")]
    [InlineData("%%", "%")]
    [InlineData("100%", "100%")]
    [InlineData("%z%q", "%z%q")]
    [InlineData("x%py%%n", "xref-specy%n")]
    public void Expands_as_systemd_does(string text, string expected) => Expand(text, @"ref-spec@a-b\x2dc.service").Should().Be(expected);

    [Theory]
    [InlineData("%f", "a-b.service", "/a/b")]
    [InlineData("%i", "a-b.service", "")]
    [InlineData("%I", "a-b.service", "")]
    public void A_plain_name_has_an_empty_instance(string text, string unit, string expected) => Expand(text, unit).Should().Be(expected);

    [Fact]
    public void What_has_no_value_refuses_the_whole()
    {
        var output = new ByteBuilder(stackalloc byte[64]);

        Specifiers.Expand("a %I"u8, new NameSource(UnitName.Parse("a@\\xz.service")), ref output).Should().Be(SpecifierResult.Failed);

        output.Length.Should().Be(0);
    }

    [Fact]
    public void The_result_has_a_limit()
    {
        var output = new ByteBuilder(stackalloc byte[64]);

        Specifiers.Expand("%n%n%n"u8, new NameSource(UnitName.Parse("abc.service")), ref output, 30).Should().Be(SpecifierResult.TooLong);
    }

    [Fact]
    public void No_input_throws()
        => Prop.ForAll(Noise.Bytes("%nNpPiIjJfz ").ToArbitrary(), bytes => { _ = Expand(Encoding.Latin1.GetString(bytes), "a@b.service"); }).Holds();

    private static string Expand(string text, string unit)
    {
        var output = new ByteBuilder(stackalloc byte[64]);
        Specifiers.Expand(Encoding.UTF8.GetBytes(text), new NameSource(UnitName.Parse(unit)), ref output).Should().Be(SpecifierResult.Done);
        string result = output.ToString();
        output.Dispose();
        return result;
    }
}
