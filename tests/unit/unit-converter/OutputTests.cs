using SysMaster.UnitConverter.Input;
using SysMaster.UnitConverter.Output;

namespace SysMaster.UnitConverter.Tests;

public sealed class OutputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("converter-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_there_stays_unless_forced()
    {
        new UnitWriter(_folder, force: false).Write("a.service", "one").Should().BeNull();
        new UnitWriter(_folder, force: false).Write("a.service", "two").Should().Contain("--force");
        File.ReadAllText(Path.Combine(_folder, "a.service")).Should().Be("one");
        File.CreateSymbolicLink(Path.Combine(_folder, "b.service"), "/etc/passwd");
        new UnitWriter(_folder, force: false).Write("b.service", "x").Should().Contain("--force");

        new UnitWriter(_folder, force: true).Write("b.service", "x").Should().BeNull();

        new FileInfo(Path.Combine(_folder, "b.service")).LinkTarget.Should().BeNull("a link is replaced, never written through");
        Directory.GetFiles(_folder).Should().HaveCount(2);
    }

    [Fact]
    public void A_diff_reads_as_people_expect()
    {
        var text = new StringWriter { NewLine = "\n" };

        Diff.Write(text, "a", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "b", "1\n2\n3\n4\nfive\n6\n7\n8\n9\nten\n");

        text.ToString().Should().Be("--- a\n+++ b\n@@ -2,8 +2,9 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n 9\n+ten\n");
    }

    [Fact]
    public void Links_in_a_tree_are_not_followed_and_a_pipe_does_not_block()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "loop"), _folder);
        File.WriteAllText(Path.Combine(_folder, "file"), "x");

        List<SourcePath> found = SourceTree.List([_folder], _ => false, (_, _) => { });

        found.Select(f => Path.GetFileName(f.Path)).Should().Equal("file");
        SourceReader.Read("/dev/zero", out string problem).Failed.Should().BeTrue();
        problem.Should().Be("is no regular file");
    }
}
