using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Core.Directives;

/// <summary>A system call filter with its groups taken apart, as the bus shows it: each call once, by name.</summary>
internal static class SystemCallNames
{
    /// <summary>Later rules over earlier ones. What is taken out of an allow list with an errno of its own stays listed, with that errno.</summary>
    /// <param name="list">The rules.</param>
    /// <param name="isFilter">SystemCallFilter=, of which an allow list begins with @default: nothing runs without those. systemd.exec(5).</param>
    public static IEnumerable<FilterRule> Expand(FilterList list, bool isFilter)
    {
        var calls = new SortedDictionary<string, int>(StringComparer.Ordinal);
        short single = 0;
        IEnumerable<FilterRule> rules = isFilter && list.IsAllow ? list.Rules.Prepend(new FilterRule("@default"u8, Adds: true, -1)) : list.Rules;
        foreach (FilterRule rule in rules)
        {
            ReadOnlySpan<short> members = SystemCallTable.Members(rule.Name.Span, ref single);
            foreach (short index in members)
            {
                string name = System.Text.Encoding.ASCII.GetString(SystemCallTable.NameOf(index));
                if (rule.Adds || rule.Errno >= 0) { calls[name] = rule.Errno; }
                else { calls.Remove(name); }
            }
        }
        // By what is shown, the errno included.
        foreach ((string name, int errno) in calls.OrderBy(static c => c.Value < 0 ? c.Key : c.Key + ":", StringComparer.Ordinal)) { yield return new FilterRule(new ByteText(name), Adds: true, errno); }
    }
}
