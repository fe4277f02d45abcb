namespace SysMaster.Core.Directives;

/// <summary>
/// An allow or deny list in the order it was written (SystemCallFilter=, RestrictAddressFamilies= …). The first line decides which of the two it
/// is; a later line of the other sense takes away. Groups ("@system-service") are kept as written: whoever applies
/// the list knows what is in them.
/// </summary>
/// <param name="IsAllow">Only what is listed, rather than all but what is listed.</param>
/// <param name="Rules">In order.</param>
public sealed record FilterList(bool IsAllow, FilterRule[] Rules)
{
    /// <summary>Denies nothing: what an unset filter is.</summary>
    public static readonly FilterList Unset = new(false, []);

    public bool Equals(FilterList? other) => other is not null && IsAllow == other.IsAllow && Rules.AsSpan().SequenceEqual(other.Rules);

    public override int GetHashCode() => HashCode.Combine(IsAllow, Rules.Length);

    /// <summary>Adds or takes away one name, as the last line said.</summary>
    internal static void Apply(List<FilterRule> rules, FilterRule rule)
    {
        rules.RemoveAll(r => r.Name == rule.Name);
        rules.Add(rule);
    }
}
