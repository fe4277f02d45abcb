using FluentAssertions;

namespace SysMaster.Spawn.Tests.Init;

/// <summary>PID 1 stays small enough to be read at one sitting: its bound is counted, not remembered.</summary>
public sealed class InitSizeTests
{
    [Fact]
    public void All_that_init_alone_uses_is_at_most_a_thousand_lines_of_120_columns()
    {
        string[] lines = [.. Directory.EnumerateFiles(Path.Combine(Root(), "sysmaster", "init"), "*.cs", SearchOption.AllDirectories).SelectMany(File.ReadLines)];

        lines.Length.Should().BeInRange(500, 1000);
        lines.Should().OnlyContain(line => line.Length <= 120);
    }

    private static string Root()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SysMaster.sln"))) { folder = folder.Parent ?? throw new InvalidOperationException("not built inside a checkout"); }
        return folder.FullName;
    }
}
