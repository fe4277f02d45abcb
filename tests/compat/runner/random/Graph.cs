using System.Text;

namespace SysMaster.Compat;

/// <summary>One dependency: the directive and the number of the unit it names.</summary>
public readonly record struct Tie(string Directive, int To);

/// <summary>One unit.</summary>
/// <param name="Doing">Its type, what becomes of it and how long that takes.</param>
/// <param name="Ties">What it says of others.</param>
/// <param name="Extra">More lines of [Unit], or empty.</param>
public sealed record Node(Doing Doing, IReadOnlyList<Tie> Ties, string Extra);

/// <summary>One request.</summary>
/// <param name="Verb">Of systemctl, or one of <see cref="Graph"/>'s own: flag, unflag, poke, edit.</param>
/// <param name="Mode">--job-mode=, where the verb has one.</param>
/// <param name="Unit">Number of the unit.</param>
/// <param name="OfPartner">Meant is the service that the unit activates, if it does.</param>
/// <param name="Waits">Until nothing is under way; else the next one comes while this one is.</param>
/// <param name="Edit">For edit: what is written into a drop-in.</param>
public readonly record struct Request(string Verb, string Mode, int Unit, bool OfPartner, bool Waits, Tie Edit);

/// <summary>Small units with random dependencies, and requests; a scenario once written down.</summary>
public sealed record Graph(IReadOnlyList<Node> Nodes, IReadOnlyList<Request> Requests)
{
    /// <summary>Every graph with something less: half of the units or the requests, then one unit, dependency, request, extra.</summary>
    public IEnumerable<Graph> Smaller()
    {
        for (int parts = 2; parts <= 4 && parts * 2 <= Nodes.Count; parts *= 2)
        {
            for (int part = 0; part < parts; part++)
            {
                if (Only(i => i * parts / Nodes.Count != part) is { } fewer) { yield return fewer; }
            }
        }
        if (Requests.Count > 2) { yield return this with { Requests = [.. Requests.Take(Requests.Count / 2)] }; }
        for (int i = 0; i < Requests.Count; i++) { yield return this with { Requests = Without(Requests, i) }; }
        for (int i = 0; i < Nodes.Count && Nodes.Count > 1; i++)
        {
            int gone = i;
            if (Only(k => k != gone) is { } smaller) { yield return smaller; }
        }
        for (int i = 0; i < Nodes.Count; i++)
        {
            for (int k = 0; k < Nodes[i].Ties.Count; k++) { yield return With(i, Nodes[i] with { Ties = Without(Nodes[i].Ties, k) }); }
            if (Nodes[i].Extra.Length > 0) { yield return With(i, Nodes[i] with { Extra = "" }); }
        }
    }

    /// <summary>How much there is of it, to choose the smallest by.</summary>
    public int Size => Requests.Count + Nodes.Sum(n => 2 + n.Ties.Count + n.Extra.Length / 8);

    /// <summary>As a scenario's file.</summary>
    public string Text(string about)
    {
        var text = new StringBuilder(about).Append('\n');
        for (int i = 0; i < Nodes.Count; i++)
        {
            Node node = Nodes[i];
            if (node.Doing.Section is not { } section) { continue; }
            text.Append($"== {Name(i)}\n[Unit]\n{(!node.Doing.IsService ? "" : node.Doing.Limited ? "StartLimitIntervalSec=1h\nStartLimitBurst=3\n" : "StartLimitIntervalSec=0\n")}");
            if (node.Extra.Length > 0) { text.Append(node.Extra).Append('\n'); }
            foreach (IGrouping<string, string> directive in node.Ties.Where(t => t.Directive != "Slice").GroupBy(t => t.Directive, t => Name(t.To)))
                text.Append($"{directive.Key}={string.Join(' ', directive)}\n");
            text.Append(section.Replace("#", $"{i}", StringComparison.Ordinal));
            foreach (Tie slice in node.Ties.Where(t => t.Directive == "Slice")) { text.Append($"Slice={Name(slice.To)}\n"); }
            if (node.Doing.Partner.Length > 0) { text.Append($"== {Partner(i)}\n[Unit]\nStartLimitIntervalSec=0\n{node.Doing.Partner}"); }
        }
        text.Append($"== script\n{Words}");
        foreach (Request r in Requests) { text.Append(Line(r)).Append(r.Waits ? "look\n" : ""); }
        return text.Append("look\n").ToString();
    }

    /// <summary>Shows all units once they stand: no job, nothing on its way, and the same twice while the clock moves some.</summary>
    private string Words => $$"""
        names='{{Names}}'
        now() { systemctl show -p Id -p LoadState -p ActiveState -p SubState -p Result -p NRestarts -p NeedDaemonReload $names | awk 'BEGIN { RS = "" } { $1 = $1; print }'; }
        look() {
            local seen before=
            for _ in $(seq 30); do
                settle
                seen=$(now)
                [ "$seen" != "$before" ] || break
                before=$seen
                sleep {{(Nodes.Any(n => n.Doing.IsClocked) ? "0.45" : "0.05")}}
            done
            echo "$seen"
        }

        """;

    private string Line(Request r)
    {
        string name = r.OfPartner && Nodes[r.Unit].Doing.Partner.Length > 0 ? Partner(r.Unit) : Name(r.Unit);
        string wait = r.Waits ? "" : "--no-block ";
        return r.Verb switch
        {
            "flag" => "touch /run/compat/flag\n",
            "unflag" => "rm -f /run/compat/flag\n",
            "poke" => $"[ ! -p /run/compat/fifo-{r.Unit} ] || timeout 2 sh -c 'echo x >/run/compat/fifo-{r.Unit}'\n",
            "edit" => $"mkdir -p /run/systemd/system/{name}.d; printf '[Unit]\\n{r.Edit.Directive}={Name(r.Edit.To)}\\n' >/run/systemd/system/{name}.d/edit.conf\nrun systemctl daemon-reload\n",
            "daemon-reload" or "reset-failed" => $"run systemctl {r.Verb}\n",
            "reset" => $"run systemctl reset-failed {name}\n",
            "cancel" => "quiet systemctl cancel\n",
            "kill" => $"run systemctl kill {name}\n",
            "kill-main" => $"run systemctl kill --kill-whom=main --signal=KILL {name}\n",
            "mask" or "unmask" => $"run systemctl {r.Verb} --runtime {name}\n",
            "start-two" => $"run systemctl start {wait}--job-mode={r.Mode} {name} {Name(r.Edit.To)}\n",
            "stop-two" => $"run systemctl stop {wait}--job-mode={r.Mode} {name} {Name(r.Edit.To)}\n",
            _ => $"run systemctl {r.Verb} {wait}--job-mode={r.Mode} {name}\n",
        };
    }

    private string Names => string.Join(' ', Enumerable.Range(0, Nodes.Count).SelectMany(i => Nodes[i].Doing.Partner.Length > 0 ? new[] { Name(i), Partner(i) } : [Name(i)]));

    private string Name(int i) => Nodes[i].Doing.Name.Replace("#", $"{i}", StringComparison.Ordinal);

    private static string Partner(int i) => $"g-{i}p.service";

    private Graph With(int at, Node node) => this with { Nodes = [.. Nodes.Select((n, i) => i == at ? node : n)] };

    /// <summary>Only these units, with what is said of them.</summary>
    private Graph? Only(Func<int, bool> stays)
    {
        int[] moved = new int[Nodes.Count];
        for (int i = 0, next = 0; i < moved.Length; i++) { moved[i] = stays(i) ? next++ : -1; }
        Request[] requests = [.. Requests.Where(r => stays(r.Unit) && stays(r.Edit.To))
            .Select(r => r with { Unit = moved[r.Unit], Edit = r.Edit with { To = moved[r.Edit.To] } })];
        Node[] nodes = [.. Nodes.Where((_, i) => stays(i)).Select(n => n with { Ties = [.. n.Ties.Where(t => stays(t.To)).Select(t => t with { To = moved[t.To] })] })];
        return requests.Length == 0 || nodes.Length == 0 ? null : new Graph(nodes, requests);
    }

    private static IReadOnlyList<T> Without<T>(IReadOnlyList<T> list, int at) => [.. list.Where((_, i) => i != at)];
}
