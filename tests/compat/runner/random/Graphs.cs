using FsCheck;
using FsCheck.Fluent;

namespace SysMaster.Compat;

/// <summary>
/// Makes random graphs. Left out is what systemd itself decides by chance or by the clock: units that hold each other up for ever, start limits, and
/// requests that meet a unit in the middle of something that lasts less than a moment.
/// </summary>
public static class Graphs
{
    private static readonly string[] s_ties =
    [
        "Requires", "Requires", "Wants", "Wants", "Requisite", "BindsTo", "PartOf", "Conflicts", "Before", "After", "After", "After", "OnFailure", "OnSuccess",
        "PropagatesStopTo", "StopPropagatedFrom", "PropagatesReloadTo",
    ];

    private static readonly string[] s_verbs = ["start", "start", "start", "stop", "stop", "restart", "try-restart", "reload-or-restart"];

    private static readonly string[] s_modes = ["replace", "replace", "replace", "fail", "ignore-dependencies", "ignore-requirements"];

    /// <returns>Always the same for one seed.</returns>
    public static IReadOnlyList<Graph> Make(int count, ulong seed) => [.. Gen.Sample(OneGraph, count, new Rnd(seed), 30)];

    private static Gen<Graph> OneGraph =>
        from count in Gen.Choose(3, 12)
        from big in Gen.Choose(0, 7)
        from graph in OfSize(big == 0 ? count * 5 / 2 : count)
        select graph;

    private static Gen<Graph> OfSize(int count) =>
        from nodes in Gen.ListOf(OneNode(count), count)
        from requests in Gen.Choose(2, 6)
        from asked in Gen.ListOf(OneRequest(count), requests)
        select new Graph([.. nodes.Select(Sane)], [.. asked]);

    private static Gen<Node> OneNode(int count) =>
        from doing in Gen.Elements(Enum.GetValues<Doing>())
        from ties in Gen.Choose(0, 3)
        from list in Gen.ListOf(OneTie(count), ties)
        from extra in Gen.Frequency((8, Gen.Constant("")), (1, Gen.Constant("StopWhenUnneeded=yes")), (1, Gen.Constant("DefaultDependencies=no")))
        select new Node(doing, [.. list.Distinct()], extra);

    private static Gen<Tie> OneTie(int count) => from directive in Gen.Elements(s_ties) from to in Gen.Choose(0, count - 1) select new Tie(directive, to);

    private static Gen<Request> OneRequest(int count) =>
        from verb in Gen.Elements(s_verbs)
        from mode in Gen.Elements(s_modes)
        from unit in Gen.Choose(0, count - 1)
        from waits in Gen.Choose(0, 3)
        select new Request(verb, mode, unit, waits > 0);

    private static Node Sane(Node node, int at) => node with { Ties = [.. node.Ties.Where(t => t.To != at && !(node.Doing == Doing.Target && t.Directive == "OnSuccess"))] };
}
