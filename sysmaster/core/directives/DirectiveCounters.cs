namespace SysMaster.Core.Directives;

/// <summary>How many directives are parsed and how many of them do something: what <c>sctl directives</c> prints.</summary>
/// <param name="Total">Names that a unit file may use, per section (a shared directive counts in each section it is valid in).</param>
/// <param name="Honoured">Those with an effect.</param>
/// <param name="NotHonoured">Parsed and shown only.</param>
/// <param name="Obsolete">Old names.</param>
public readonly record struct DirectiveCounters(int Total, int Honoured, int NotHonoured, int Obsolete)
{
    public static DirectiveCounters Of(DirectiveSection section)
    {
        int honoured = 0, not = 0, obsolete = 0;
        foreach (DirectiveTable table in section.Tables)
        {
            foreach (Directive row in table.Rows)
            {
                if (row.Name is null)
                    continue;
                honoured += row.Honour == Honour.Yes ? 1 : 0;
                not += row.Honour == Honour.Not ? 1 : 0;
                obsolete += row.Honour == Honour.Obsolete ? 1 : 0;
            }
        }
        return new(honoured + not + obsolete, honoured, not, obsolete);
    }

    public static DirectiveCounters operator +(DirectiveCounters a, DirectiveCounters b) => Add(a, b);

    public static DirectiveCounters Add(DirectiveCounters a, DirectiveCounters b)
        => new(a.Total + b.Total, a.Honoured + b.Honoured, a.NotHonoured + b.NotHonoured, a.Obsolete + b.Obsolete);
}
