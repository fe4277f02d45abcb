using SysMaster.TestRigs;

namespace SysMaster.Container.Tests;

/// <summary>Members of the bus that systemd 253 to 255 added: ours has them, the reference, 252, does not.</summary>
internal static class LaterMembers
{
    private static readonly HashSet<string> s_names = [.. File.ReadLines(Path.Combine(Shell.Root, "tests", "unit", "systemd1", "data", "later.tsv"))
        .Where(static l => l[0] != '#').Select(static l => l.Split('\t')[1])];

    public static bool Has(string member) => s_names.Contains(member);
}
