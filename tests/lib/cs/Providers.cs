namespace SysMaster.TestRigs;

/// <summary>Which inits a case runs with: the rows of tests/providers.txt, or SYSMASTER_PROVIDERS.</summary>
internal static class Providers
{
    private const string FullOnly = "+full";
    private static readonly bool s_isFull = Environment.GetEnvironmentVariable("SYSMASTER_FULL") == "1";
    private static readonly string[] s_separators = [" ", "\t", ","];

    /// <summary>One row per provider that is switched on for this case, as theory data.</summary>
    public static IEnumerable<object[]> For(string caseName)
    {
        string? forced = Environment.GetEnvironmentVariable("SYSMASTER_PROVIDERS");
        if (!string.IsNullOrWhiteSpace(forced))
            return forced.Split(s_separators, StringSplitOptions.RemoveEmptyEntries).Select(name => new object[] { name });

        return File.ReadLines(Path.Combine(Shell.Root, "tests", "providers.txt"))
            .Select(line => line.Split(s_separators, StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 1 && words[0][0] != '#')
            .Where(words => words.Skip(1).Any(word => word == "*" || caseName.Contains(word, StringComparison.Ordinal)))
            .Where(words => !words.Skip(1).Any(word => word[0] == '-' && caseName.Contains(word[1..], StringComparison.Ordinal)))
            .Where(words => !words[0].EndsWith(FullOnly, StringComparison.Ordinal) || s_isFull)
            .Select(words => words[0].Replace(FullOnly, "", StringComparison.Ordinal))
            .Distinct()
            .Select(name => new object[] { name });
    }
}
