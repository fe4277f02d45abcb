namespace SysMaster.Systemctl.Tests;

public sealed class GetOptTests
{
    private static readonly OptionRow[] s_rows =
    [
        new('h', 'h', "help", ArgumentUse.None), new('t', 't', "type", ArgumentUse.Required), new('a', 'a', "all", ArgumentUse.None),
        new('r', '\0', "reverse", ArgumentUse.None), new('c', 'r', "recursive", ArgumentUse.None), new('w', '\0', "kill-whom", ArgumentUse.Required),
        new('o', 'o', "", ArgumentUse.Optional),
    ];

    [Theory]
    [InlineData("start x -a", "a", "start x")]
    [InlineData("-ar start", "a c", "start")]
    [InlineData("-tservice -a", "t=service a", "")]
    [InlineData("-at service x", "a t=service", "x")]
    [InlineData("--type=service", "t=service", "")]
    [InlineData("--type service x", "t=service", "x")]
    [InlineData("--ty service", "t=service", "")]
    [InlineData("--kill-who=main", "w=main", "")]
    [InlineData("--rev", "r", "")]
    [InlineData("-a -- -a --type", "a", "-a --type")]
    [InlineData("-ofoo -o", "o=foo o", "")]
    [InlineData("- -a", "a", "-")]
    public void Takes_options_from_anywhere(string words, string options, string operands)
    {
        var parser = new GetOpt("prog", words.Split(' '), s_rows);
        var seen = new List<string>();
        while (parser.Next() is var id && id != GetOpt.End) { seen.Add(parser.Argument is null ? $"{(char)id}" : $"{(char)id}={parser.Argument}"); }

        string.Join(' ', seen).Should().Be(options);
        string.Join(' ', parser.Operands).Should().Be(operands);
    }

    [Theory]
    [InlineData("-x")]
    [InlineData("--nope")]
    [InlineData("--re")]
    [InlineData("--type")]
    [InlineData("-t")]
    [InlineData("--all=1")]
    public void Refuses_what_it_does_not_know(string words)
        => new GetOpt("prog", words.Split(' '), s_rows).Next().Should().Be(GetOpt.Bad);
}
