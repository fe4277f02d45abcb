using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SysMaster.Linux;

namespace SysMaster.UnitFiles.Tests;

public sealed class ExecCommandTextTests
{
    private static readonly UnitName s_unit = UnitName.Parse("ref-quote.service");

    /// <summary>The whole way of ref-quote.service: lines, words, specifiers, variables; beside it what the real service was given.</summary>
    [Fact]
    public void A_service_gets_the_arguments_that_systemd_gives_it()
    {
        var expected = System.IO.File.ReadAllLines(Vectors.Path("exec-quoting.jsonl")).Select(l => JsonDocument.Parse(l).RootElement)
            .Select(e => (Name: e.GetProperty("n").GetString()!, Argv: e.GetProperty("argv").EnumerateArray().Select(a => a.GetString()!).ToArray())).ToList();
        (List<ExecCommandSpec> commands, EnvironmentList environment, List<string> problems) = Load("ref-quote.service");

        List<string[]> got = commands.Select(c => Run(c, environment)).ToList();

        got.Count.Should().Be(expected.Count);
        for (int i = 0; i < got.Count - 1; i++)   // the last goes through a shell
        {
            got[i].Skip(2).Should().Equal(expected[i].Argv, "that is what {0} got", expected[i].Name);
            got[i][1].Should().Be(expected[i].Name);
        }
        problems.Should().Equal(
            "25: Ignoring unknown escape sequences: \"a\\qb\"", "25: Ignoring unknown escape sequences: \"\\z\"", "26: Ignoring unknown escape sequences: \"\\$FOO\"",
            "70: Empty path in command line, ignoring: '- /usr/local/bin/ref-argv dashspace a'");
    }

    [Theory]
    [InlineData("/bin/a", ExecCommandFlags.None, "/bin/a")]
    [InlineData("-/bin/a", ExecCommandFlags.IgnoreFailure, "/bin/a")]
    [InlineData("!!/bin/a", ExecCommandFlags.AmbientMagic, "/bin/a")]
    [InlineData("!/bin/a", ExecCommandFlags.NoSetUid, "/bin/a")]
    [InlineData("+:-/bin/a", ExecCommandFlags.FullyPrivileged | ExecCommandFlags.NoEnvironmentExpand | ExecCommandFlags.IgnoreFailure, "/bin/a")]
    [InlineData("@/bin/a zero", ExecCommandFlags.None, "zero")]
    public void Prefixes_set_flags(string line, ExecCommandFlags flags, string argv0)
    {
        List<TextProblem>? problems = null;
        var commands = new List<ExecCommandSpec>();

        ExecCommandText.Parse(Vectors.Utf8(line), null, commands, ref problems).Should().BeTrue();

        commands.Should().ContainSingle();
        commands[0].Path.ToString().Should().Be("/bin/a");
        commands[0].Flags.Should().Be(flags);
        commands[0].Argv[0].ToString().Should().Be(argv0);
    }

    [Theory]
    [InlineData("relative/path", "Neither a valid executable name nor an absolute path: relative/path", true)]
    [InlineData("-relative/path", "Neither a valid executable name nor an absolute path, ignoring: relative/path", false)]
    [InlineData("/bin/", "Executable path specifies a directory: /bin/", true)]
    [InlineData("/bin/a\\nb", "Executable name contains special characters: /bin/a\nb", true)]
    [InlineData("@/bin/a", "Empty executable name or zeroeth argument: @/bin/a", true)]
    [InlineData("+!/bin/a", "Neither a valid executable name nor an absolute path: !/bin/a", true)]
    [InlineData("/bin/a \"b", "Unbalanced quoting, ignoring: \"/bin/a \"b\"", true)]
    public void A_bad_command_is_told_in_known_words(string line, string message, bool isError)
    {
        List<TextProblem>? problems = null;
        var commands = new List<ExecCommandSpec>();

        _ = ExecCommandText.Parse(Vectors.Utf8(line), null, commands, ref problems);

        commands.Should().BeEmpty();
        problems.Should().Equal(new TextProblem(message, isError));
    }

    [Fact]
    public void No_input_throws()
        => Prop.ForAll(Noise.Bytes("/bin a;\\\"'$%{}-@:+!n x41").ToArbitrary(), bytes =>
        {
            List<TextProblem>? problems = null;
            var commands = new List<ExecCommandSpec>();
            _ = ExecCommandText.Parse(bytes, new NameSource(s_unit), commands, ref problems);
            foreach (ExecCommandSpec command in commands) { _ = EnvironmentExpansion.Expand(command.Argv, new EnvironmentList()); }
        }).Holds();

    private static string[] Run(ExecCommandSpec command, EnvironmentList environment)
    {
        ByteText[] argv = (command.Flags & ExecCommandFlags.NoEnvironmentExpand) != 0 ? command.Argv : EnvironmentExpansion.Expand(command.Argv, environment);
        return argv.Select(a => a.ToString()).ToArray();
    }

    private static (List<ExecCommandSpec> Commands, EnvironmentList Environment, List<string> Problems) Load(string file)
    {
        var commands = new List<ExecCommandSpec>();
        var environment = new EnvironmentList();
        var told = new List<string>();
        using var reader = new UnitFileReader(Vectors.Bytes(file));
        while (reader.MoveNext())
        {
            if (reader.Item != UnitFileItem.Assignment) { continue; }
            if (reader.Key.SequenceEqual("Environment"u8))
            {
                using var words = new Words(reader.Value, WordFlags.Unquote | WordFlags.CUnescape | WordFlags.Warn);
                while (words.Next(out ReadOnlySpan<byte> word)) { environment.Set(new ByteText(word)); }
            }
            else if (reader.Key.SequenceEqual("ExecStart"u8))
            {
                List<TextProblem>? problems = null;
                ExecCommandText.Parse(reader.Value, new NameSource(s_unit), commands, ref problems).Should().BeTrue();
                foreach (TextProblem problem in problems ?? []) { told.Add($"{reader.Line}: {problem.Message}"); }
            }
        }
        return (commands, environment, told);
    }
}
