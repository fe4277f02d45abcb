using System.Text;
using SysMaster.Varlink;

namespace SysMaster.Varlink.Tests;

/// <summary>What is a call and what ends the connection; the refused ones are those that systemd 252 hung up on.</summary>
public sealed class VarlinkCallTests
{
    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"meth""")]
    [InlineData("""{"method":5}""")]
    [InlineData("""{"method":"foo.bar.Baz","more":1}""")]
    [InlineData("""{"method":"foo.bar.Baz","extra":1}""")]
    [InlineData("""{"method":"foo.bar.Baz","more":true,"oneway":true}""")]
    [InlineData("""{"method":"foo.bar.Baz","parameters":[]}""")]
    [InlineData("""{"method":"foo.bar.Baz"} {}""")]
    public void What_is_no_call_is_refused(string message)
        => VarlinkCall.TryParse(Encoding.UTF8.GetBytes(message), out _).Should().BeFalse();

    [Fact]
    public void A_method_that_is_not_utf8_is_refused()
        => VarlinkCall.TryParse([.. "{\"method\":\"a"u8, 0xFF, .. "\"}"u8], out _).Should().BeFalse();

    [Fact]
    public void Nesting_without_end_is_refused()
        => VarlinkCall.TryParse(Encoding.UTF8.GetBytes("{\"method\":\"a\",\"parameters\":{\"x\":" + new string('[', 100_000)), out _).Should().BeFalse();

    [Fact]
    public void A_call_has_its_parts()
    {
        VarlinkCall.TryParse("""{"parameters": {"uid": 1, "x": {}}, "more": true, "method": "a b"}"""u8, out VarlinkCall call).Should().BeTrue();
        call.Method.Should().Be("a b");
        Encoding.UTF8.GetString(call.Parameters).Should().Be("""{"uid": 1, "x": {}}""");
        (call.More, call.Oneway).Should().Be((true, false));
    }

    [Fact]
    public void No_half_of_a_call_is_one()
    {
        byte[] whole = """{"method":"io.systemd.UserDatabase.GetUserRecord","parameters":{"uid":61184},"oneway":true}"""u8.ToArray();
        for (int n = 0; n < whole.Length; n++) { VarlinkCall.TryParse(whole.AsSpan(0, n), out _).Should().BeFalse("{0} bytes", n); }
        VarlinkCall.TryParse(whole, out _).Should().BeTrue();
    }
}
