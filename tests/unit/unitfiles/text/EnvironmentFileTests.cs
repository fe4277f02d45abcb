using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SysMaster.Linux;

namespace SysMaster.UnitFiles.Tests;

public sealed class EnvironmentFileTests
{
    [Fact]
    public void A_service_gets_the_variables_that_systemd_gives_it()
    {
        Dictionary<string, string> real = JsonDocument.Parse(System.IO.File.ReadAllText(Vectors.Path("envfile.jsonl"))).RootElement.GetProperty("env")
            .EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);
        var environment = new EnvironmentList();
        var invalid = new List<ByteText>();

        EnvironmentFile.Load(Vectors.Bytes("ref-env.conf"), environment, invalid).Failed.Should().BeFalse();

        environment.Count.Should().Be(23);
        foreach (ByteText item in environment.Items)
        {
            string[] pair = item.ToString().Split('=', 2);
            real[pair[0]].Should().Be(pair[1], "of {0}", pair[0]);
        }
        invalid.Select(i => i.ToString()).Should().Equal("export EXPORTED=x", "1DIGIT=x", "BAD-NAME=x", "SPACE BEFORE=x");
    }

    [Theory]
    [InlineData("A=x \\\n", "A=x ")]
    [InlineData("A=x\\ ", "A=x ")]
    [InlineData("A=x  ", "A=x")]
    [InlineData("A='x' y", "A=xy")]
    [InlineData("A=\"a\\z\"", "A=a\\z")]
    [InlineData("# c \\\nB=2\nA=1", "A=1")]
    [InlineData("A=", "A=")]
    public void Blanks_and_backslashes_follow_the_rules(string file, string expected)
    {
        var environment = new EnvironmentList();

        _ = EnvironmentFile.Load(Vectors.Utf8(file), environment);

        environment.Items.Select(i => i.ToString()).Should().Equal(expected);
    }

    [Fact]
    public void A_file_with_a_nul_is_refused_whole()
    {
        var environment = new EnvironmentList();

        EnvironmentFile.Load("A=1\nB=\0\n"u8, environment).Should().Be(Errno.EBADMSG);
        EnvironmentFile.Load("A=1\nB=\xff\n"u8[..6].ToArray().Concat(new byte[] { 0xff }).ToArray(), environment).Should().Be(Errno.EINVAL);

        environment.Count.Should().Be(0);
    }

    [Fact]
    public void No_input_throws()
        => Prop.ForAll(Noise.Bytes("AB=\n\r\\\"' #;x").ToArbitrary(), bytes => { _ = EnvironmentFile.Load(bytes, new EnvironmentList()); }).Holds();
}
