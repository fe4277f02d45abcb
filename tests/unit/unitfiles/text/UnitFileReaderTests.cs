using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace SysMaster.UnitFiles.Tests;

public sealed class UnitFileReaderTests
{
    [Theory]
    [InlineData("[Unit]\nDescription = a  b \n", "[Unit]@1|Description=a  b@2")]
    [InlineData("\ufeff[Unit]\r\nA=b\r\n", "[Unit]@1|A=b@2")]
    [InlineData("[S]\nA=a \\\n  b \\\n# comment\n; other\n  c\n", "[S]@1|A=a    b    c@6")]
    [InlineData("[S]\nA=a\\\nb", "[S]@1|A=a b@3")]
    [InlineData("[S]\nA=a\\\\\nB=b", "[S]@1|A=a\\\\@2|B=b@3")]
    [InlineData("[S]\nA=a \\\n\nb", "[S]@1|A=a@3|!MissingEquals@4")]
    [InlineData("[S]\nA=a \\", "[S]@1|A=a@3")]
    [InlineData("A=b\n[S]\nA\n=b", "!OutsideOfSection@1|[S]@2|!MissingEquals@3|!MissingKey@4")]
    [InlineData("[X-Local]\nA=b\nnonsense\n[S]\nA=", "[S]@4|A=@5")]
    [InlineData("[Bad\n[S]\nA=b", "!InvalidSectionHeader@1|[S]@2|A=b@3")]
    [InlineData("[a\\]\n", "!BadCharactersInSection@1")]
    [InlineData("[S]\nA=b\0C=d\n", "[S]@1|A=b@2|C=d@3")]
    [InlineData("[S]\n  ; A=b\n\t# c\n \nA=b;c#d", "[S]@1|A=b;c#d@5")]
    [InlineData("", "")]
    public void Reads_lines_as_systemd_does(string file, string expected) => Told(Encoding.UTF8.GetBytes(file)).Should().Be(expected);

    [Fact]
    public void A_line_that_is_no_UTF8_is_told_and_fatal()
    {
        using var reader = new UnitFileReader([.. "[S]\nA="u8, 0xff, .. "\nB=c"u8]);

        reader.MoveNext().Should().BeTrue();
        reader.MoveNext().Should().BeTrue();

        reader.Problem.Should().Be(UnitFileProblem.NotUtf8);
        reader.IsFatal.Should().BeTrue();
    }

    [Fact]
    public void An_endless_line_stops_the_reading_and_is_told_once()
    {
        byte[] file = [.. "[S]\nA=b\n"u8, .. Enumerable.Repeat((byte)'x', UnitFileReader.MaxLine + 1), .. "\nB=c\n"u8];

        Told(file).Should().Be("[S]@1|A=b@2|!LineTooLong@3");
    }

    [Fact]
    public void Endless_continuation_stops_too()
    {
        byte[] file = [.. "[S]\nA=b"u8, .. Enumerable.Repeat("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\\\n"u8.ToArray(), 20000).SelectMany(l => l)];

        Told(file).Should().StartWith("[S]@1|!ContinuationTooLong@");
    }

    [Fact]
    public void An_ignored_section_says_nothing_until_the_next_header()
    {
        using var reader = new UnitFileReader("[Nonsense]\nA=b\nC\n[S]\nD=e\n"u8);

        reader.MoveNext().Should().BeTrue();
        UnitFileMessages.UnknownSection(reader.Section).Should().Be("Unknown section 'Nonsense'. Ignoring.");
        reader.IgnoreSection();

        reader.MoveNext().Should().BeTrue();
        reader.Item.Should().Be(UnitFileItem.Section);
        reader.Line.Should().Be(4);
    }

    [Fact]
    public void Plain_lines_allocate_nothing()
    {
        byte[] file = Vectors.Bytes("ref-env.conf");
        _ = Count(file);
        long before = GC.GetAllocatedBytesForCurrentThread();

        _ = Count(file);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    [Fact]
    public void No_input_throws_and_every_reading_ends()
        => Prop.ForAll(Noise.Bytes("[]AB=\n\r\\#; x-").ToArbitrary(), bytes => Count(bytes) <= bytes.Length + 1).Holds();

    [Fact]
    public void What_is_written_is_read_back()
        => Prop.ForAll(Gen.ListOf(Gen.Elements("a", "key", "Exec-Start").Zip(Gen.Elements("", "1", "x = y", "a;b # c", "ä"))).ToArbitrary(), pairs =>
        {
            string file = "[S]\n" + string.Concat(pairs.Select(p => $"{p.Item1}={p.Item2}\n"));
            var back = new List<(string, string)>();
            using var reader = new UnitFileReader(Encoding.UTF8.GetBytes(file));
            while (reader.MoveNext())
            {
                if (reader.Item == UnitFileItem.Assignment) { back.Add((Encoding.UTF8.GetString(reader.Key), Encoding.UTF8.GetString(reader.Value))); }
            }
            return back.SequenceEqual(pairs.Select(p => (p.Item1, p.Item2)));
        }).Holds();

    private static int Count(byte[] file)
    {
        int n = 0;
        using var reader = new UnitFileReader(file);
        while (reader.MoveNext()) { n++; }
        return n;
    }

    private static string Told(byte[] file)
    {
        var told = new List<string>();
        using var reader = new UnitFileReader(file);
        while (reader.MoveNext())
        {
            string what = reader.Item switch
            {
                UnitFileItem.Section => $"[{Encoding.UTF8.GetString(reader.Section)}]",
                UnitFileItem.Assignment => $"{Encoding.UTF8.GetString(reader.Key)}={Encoding.UTF8.GetString(reader.Value)}",
                _ => $"!{reader.Problem}",
            };
            told.Add($"{what}@{reader.Line}");
        }
        return string.Join('|', told);
    }
}
