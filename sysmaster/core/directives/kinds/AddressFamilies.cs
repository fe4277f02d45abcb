using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>The kernel's numbers of the address families a list names. address_families(7).</summary>
internal static class AddressFamilies
{
    public static bool IsKnown(ReadOnlySpan<byte> name) => KernelWords.AddressFamilies.TryParse(name, out _);

    /// <summary>In order; names taken out again are left out.</summary>
    public static int[] Numbers(FilterList list)
    {
        var numbers = new List<int>();
        foreach (FilterRule rule in list.Rules)
        {
            if (rule.Adds && KernelWords.AddressFamilies.TryParse(rule.Name.Span, out int number) && !numbers.Contains(number)) { numbers.Add(number); }
        }
        return [.. numbers];
    }
}
