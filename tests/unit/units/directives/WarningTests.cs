using System.Text;
using SysMaster.Core.Directives;

namespace SysMaster.Units.Tests.Directives;

/// <summary>
/// What systemd 252 says about a value of each directive, captured with <c>systemd-analyze verify</c> (data/warnings.tsv: section,
/// directive, value, then what it printed for that line). The same value here must be refused or taken with the same words.
/// </summary>
public sealed class WarningTests
{
    [Fact]
    public void Complaints_have_the_words_of_systemd()
    {
        var wrong = new List<string>();
        int same = 0, all = 0;
        foreach (string[] fact in Fixture.Facts("warnings.tsv", header: false))
        {
            all++;
            string[] expected = [.. fact.Skip(3)];
            string[] said = Say(fact[0], fact[1], fact[2]);
            if (said.Select(Plain).SequenceEqual(expected.Select(Plain)))
                same++;
            else if (!IsKnownToDiffer(fact[1], fact[2]))
                wrong.Add($"{fact[0]}.{fact[1]}={fact[2]}: «{string.Join(" / ", said)}» for «{string.Join(" / ", expected)}»");
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        same.Should().BeGreaterThan(all * 95 / 100, "of {0} captured answers", all);
    }

    /// <summary>systemd puts the value of this one complaint in single quotes, double quotes or none, and ends it in two ways, without a system to it.</summary>
    private static string Plain(string text) => text.StartsWith("Failed to resolve ", StringComparison.Ordinal) ? "Failed to resolve specifiers" : text;

    private static bool IsKnownToDiffer(string directive, string value) => (directive, value) switch
    {
        ("RootHash" or "RootHashSignature", "/a/../b") => true,                    // said without a line
        ("CPUSchedulingPriority", "99999999999999999999999") => true,              // out of range is out of range
        ("SystemCallFilter" or "SystemCallLog", "yes") => true,                    // whoever applies the filter knows the names
        ("BPFProgram", "%Z") => true,                                              // the same fault, found first
        _ => false,
    };

    private static string[] Say(string section, string directive, string value)
    {
        var fixture = new Fixture();
        Directive row = Fixture.Section(section).Find(Encoding.ASCII.GetBytes(directive))!;
        ParseContext ctx = fixture.Context(Fixture.KindOf(section));
        ctx.Name = directive;
        row.Parse(new SettingsBag(), Encoding.UTF8.GetBytes(value), ctx);
        return [.. fixture.Complaints];
    }
}
