using SysMaster.UnitFiles;

namespace SysMaster.Systemctl.Tests;

public sealed class OutputTests
{
    [Theory]
    [InlineData("abcdef", 6, 100, "abcdef")]
    [InlineData("abcdef", 5, 100, "abcd…")]
    [InlineData("abcdef", 5, 0, "…cdef")]
    [InlineData("abcdef", 5, 50, "ab…ef")]
    [InlineData("日本語です", 7, 100, "日本語…")]
    [InlineData("abc", 0, 100, "")]
    public void Text_is_cut_to_columns(string text, int columns, int percent, string cut)
    {
        string result = Texts.Ellipsize(text, columns, percent);

        result.Replace("...", "…", StringComparison.Ordinal).Should().Be(Texts.IsUtf8 ? cut : result.Replace("...", "…", StringComparison.Ordinal));
        Texts.Width(result).Should().BeLessThanOrEqualTo(columns);
    }

    [Theory]
    [InlineData(0UL, "0B")]
    [InlineData(1023UL, "1023B")]
    [InlineData(188416UL, "184.0K")]
    [InlineData(1024UL * 1024 * 3 / 2, "1.5M")]
    [InlineData(ulong.MaxValue, "infinity")]
    public void Sizes_have_one_digit_behind_the_point(ulong bytes, string text) => Sizes.Human(bytes).Should().Be(text);

    // As systemd's tables were seen to be cut.
    [Theory]
    [InlineData("28 31 24", 80, "27 27 24")]
    [InlineData("27 11 4 6 28 30", 80, "18 11 4 6 18 18")]
    [InlineData("27 11 4 6 28 30", 50, "8 9 4 6 9 9")]
    [InlineData("28 31 24", 30, "9 9 10")]
    [InlineData("3 4", 80, "3 4")]
    public void Columns_share_what_there_is(string wanted, int room, string given)
    {
        int[] widths = [.. wanted.Split(' ').Select(int.Parse)];

        TableWidths.Fit(widths, room);

        string.Join(' ', widths).Should().Be(given);
    }

    [Fact]
    public void Json_is_one_line_or_indented()
    {
        (string, object?)[][] rows = [[("unit", "a\"b"), ("n", 5UL), ("none", null), ("many", new[] { "x", "y" })]];

        Json.Format(rows, "json").Should().Be("[{\"unit\":\"a\\\"b\",\"n\":5,\"none\":null,\"many\":[\"x\",\"y\"]}]\n");
        Json.Format(rows, "json-pretty").Should().StartWith("[\n\t{\n\t\t\"unit\" : \"a\\\"b\",\n\t\t\"n\" : 5,");
        Json.Format([], "json").Should().Be("[]\n");
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("b c", "$'b c'")]
    [InlineData("a$b", "$'a$b'")]
    [InlineData("it's", "$'it\\'s'")]
    public void Values_are_quoted_where_a_shell_needs_it(string value, string quoted) => ShellWord.QuoteValue(value).Should().Be(quoted);

    [Fact]
    public void Names_sort_as_strcasecmp_does()
        => new[] { "b", "A_", "Ab", "a-" }.Order(Comparer<string>.Create(CaseFold.Compare)).Should().Equal("a-", "A_", "Ab", "b");

    [Theory]
    [InlineData(1, 0, true)]
    [InlineData(1, 1, false)]
    [InlineData(2, 15, true)]
    [InlineData(2, 9, false)]
    public void A_clean_end_is_0_or_asked_for(int code, int status, bool clean) => ExitWords.IsClean(code, status).Should().Be(clean);

    [Theory]
    [InlineData("foo", "foo.service")]
    [InlineData("foo.target", "foo.target")]
    [InlineData("/tmp", "tmp.mount")]
    [InlineData("/dev/sda", "dev-sda.device")]
    [InlineData("fo*", "fo*")]
    [InlineData("a b", "a\\x20b.service")]
    public void Names_become_those_of_units(string typed, string name) => UnitNames.Mangle(typed, quiet: true, UnitKind.Service, globs: true).Should().Be(name);
}
