using FsCheck;
using FsCheck.Fluent;

namespace SysMaster.Compat;

/// <summary>
/// Makes random graphs. Left out is what systemd itself decides by chance or by the clock: units that hold each other up for ever, and
/// requests that meet a unit in the middle of something that lasts less than a moment.
/// </summary>
public static class Graphs
{
    private static readonly string[] s_ties =
    [
        "Requires", "Requires", "Wants", "Wants", "Requisite", "BindsTo", "BindsTo", "PartOf", "Conflicts", "Before", "After", "After", "After", "OnFailure", "OnSuccess",
        "PropagatesStopTo", "StopPropagatedFrom", "PropagatesReloadTo", "ReloadPropagatedFrom", "Slice", "Upholds",
    ];

    private static readonly string[] s_verbs =
    [
        "start", "start", "start", "start", "start", "stop", "stop", "stop", "restart", "restart", "try-restart", "reload-or-restart", "reload", "try-reload-or-restart",
        "kill", "kill-main", "reset-failed", "reset", "daemon-reload", "edit", "edit", "cancel", "mask", "unmask", "flag", "unflag", "poke", "poke", "start-two", "stop-two",
    ];

    private static readonly string[] s_modes =
        ["replace", "replace", "replace", "replace", "replace", "fail", "fail", "ignore-dependencies", "ignore-requirements", "replace-irreversibly", "flush"];

    /// <summary>Lines of [Unit]; the flag is one that requests raise and lower.</summary>
    private static readonly string[] s_extras =
    [
        "StopWhenUnneeded=yes", "StopWhenUnneeded=yes", "DefaultDependencies=no", "RefuseManualStart=yes", "RefuseManualStop=yes", "ConditionPathExists=/nonexistent",
        "AssertPathExists=/nonexistent", "ConditionPathExists=/run/compat/flag", "AssertPathExists=!/run/compat/flag", "CollectMode=inactive-or-failed",
        "JobTimeoutSec=200ms", "JobRunningTimeoutSec=200ms", "OnFailureJobMode=fail", "OnFailureJobMode=ignore-dependencies", "ConditionPathExists=|/run/compat/flag\nConditionPathExists=|/nonexistent",
    ];

    /// <returns>Always the same for one seed.</returns>
    public static IReadOnlyList<Graph> Make(int count, ulong seed) => [.. Gen.Sample(OneGraph, count, new Rnd(seed), 30)];

    private static Gen<Graph> OneGraph =>
        from count in Gen.Choose(2, 10)
        from big in Gen.Choose(0, 9)
        from graph in OfSize(big == 0 ? count * 3 : count)
        select graph;

    private static Gen<Graph> OfSize(int count) =>
        from nodes in Gen.ListOf(OneNode(count), count)
        from requests in Gen.Choose(3, 8)
        from asked in Gen.ListOf(OneRequest(count), requests)
        select new Graph([.. nodes.Select((n, i) => Sane(n, i, nodes))], [.. asked.Select(r => Meant(r, nodes))]);

    /// <summary>A third are plain, so that what is special meets them.</summary>
    private static Gen<Node> OneNode(int count) =>
        from doing in Gen.Frequency((1, Gen.Elements(Doing.All[..8])), (2, Gen.Elements(Doing.All)))
        from ties in Gen.Choose(0, 3)
        from list in Gen.ListOf(OneTie(count), ties)
        from extra in Gen.Frequency((5, Gen.Constant("")), (1, Gen.Elements(s_extras)))
        select new Node(doing, [.. list.Distinct()], extra);

    private static Gen<Tie> OneTie(int count) => from directive in Gen.Elements(s_ties) from to in Gen.Choose(0, count - 1) select new Tie(directive, to);

    private static Gen<Request> OneRequest(int count) =>
        from verb in Gen.Elements(s_verbs)
        from mode in Gen.Elements(s_modes)
        from unit in Gen.Choose(0, count - 1)
        from partner in Gen.Choose(0, 2)
        from waits in Gen.Choose(0, 5)
        from edit in OneTie(count)
        select new Request(verb, mode, unit, partner == 0, waits > 0, edit);

    /// <summary>
    /// No tie to itself; what would be refused as a line is not written. Who is held up must not be able to go by itself, or it comes and
    /// goes until a limit of time says stop.
    /// </summary>
    private static Node Sane(Node node, int at, IEnumerable<Node> all)
    {
        Node[] nodes = [.. all];
        return node with
        {
            Ties = [.. node.Ties.Where(t => t.To != at)
                .Where(t => t.Directive != "Slice" || (nodes[t.To].Doing.Word == "slice" && (node.Doing.IsService || node.Doing.Word is "mount" or "socket")))
                .Where(t => t.Directive != "Upholds" || nodes[t.To].Doing.Word is "target" or "stays" or "done stays" or "reloads" or "socket" or "mount" or "slice")],
        };
    }

    /// <summary>What suits only some units goes to one of those, if there is one.</summary>
    private static Request Meant(Request request, IEnumerable<Node> all)
    {
        Node[] nodes = [.. all];
        int socket = Array.FindIndex(nodes, n => n.Doing.Word == "socket");
        return request.Verb switch
        {
            "poke" when socket >= 0 => request with { Unit = socket },
            "poke" => request with { Verb = "start" },
            "start-two" or "stop-two" when request.Mode == "flush" => request with { Mode = "replace" },   // the second call meets the jobs of the first
            "edit" when request.Edit.Directive == "Slice" || request.Edit.To == request.Unit => request with { Verb = "daemon-reload" },
            "flag" or "unflag" when !nodes.Any(n => n.Extra.Contains("flag", StringComparison.Ordinal) || n.Doing.Word == "path") => request with { Verb = "restart" },
            _ => request,
        };
    }
}
