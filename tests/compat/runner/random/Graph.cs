using System.Text;

namespace SysMaster.Compat;

/// <summary>What a unit of a random graph does.</summary>
public enum Doing { Target, Service, Done, DoneStays, Fails, Slow, SlowFails, StopSlow }

/// <summary>One dependency: the directive and the number of the unit it names.</summary>
public readonly record struct Tie(string Directive, int To);

/// <summary>One unit.</summary>
/// <param name="Doing">Its type, what becomes of it and how long that takes.</param>
/// <param name="Ties">What it says of others.</param>
/// <param name="Extra">One more line of [Unit], or empty.</param>
public sealed record Node(Doing Doing, IReadOnlyList<Tie> Ties, string Extra);

/// <summary>One request.</summary>
/// <param name="Verb">Of systemctl.</param>
/// <param name="Mode">--job-mode=.</param>
/// <param name="Unit">Number of the unit.</param>
/// <param name="Waits">Until nothing is under way; else the next one comes while this one is.</param>
public readonly record struct Request(string Verb, string Mode, int Unit, bool Waits);

/// <summary>Small units with random dependencies, and requests; a scenario once written down.</summary>
public sealed record Graph(IReadOnlyList<Node> Nodes, IReadOnlyList<Request> Requests)
{
    /// <summary>Every graph with one thing less: a unit, a dependency, a request, an extra.</summary>
    public IEnumerable<Graph> Smaller()
    {
        for (int i = 0; i < Requests.Count; i++) { yield return this with { Requests = Without(Requests, i) }; }
        for (int i = 0; i < Nodes.Count && Nodes.Count > 1; i++)
        {
            if (WithoutNode(i) is { } smaller) { yield return smaller; }
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
            text.Append($"== {Name(i)}\n[Unit]\nStartLimitIntervalSec=0\n");
            if (Nodes[i].Extra.Length > 0) { text.Append(Nodes[i].Extra).Append('\n'); }
            foreach (IGrouping<string, string> directive in Nodes[i].Ties.GroupBy(t => t.Directive, t => Name(t.To))) { text.Append($"{directive.Key}={string.Join(' ', directive)}\n"); }
            text.Append(Section(Nodes[i].Doing));
        }
        text.Append("== script\n");
        foreach (Request r in Requests)
        {
            text.Append($"run systemctl {r.Verb} {(r.Waits ? "" : "--no-block ")}--job-mode={r.Mode} {Name(r.Unit)}\n");
            if (r.Waits) { text.Append($"settle\nstates {Names}\n"); }
        }
        return text.Append($"settle\nstates {Names}\n").ToString();
    }

    private string Names => string.Join(' ', Enumerable.Range(0, Nodes.Count).Select(Name));

    private string Name(int i) => $"g-{i}.{(Nodes[i].Doing == Doing.Target ? "target" : "service")}";

    private static string Section(Doing doing) => doing switch
    {
        Doing.Target => "",
        Doing.Service => "[Service]\nExecStart=sleep infinity\n",
        Doing.Done => "[Service]\nType=oneshot\nExecStart=true\n",
        Doing.DoneStays => "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=true\n",
        Doing.Fails => "[Service]\nType=oneshot\nExecStart=false\n",
        Doing.Slow => "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=sleep 0.4\n",
        Doing.SlowFails => "[Service]\nType=oneshot\nExecStart=sh -c 'sleep 0.4; exit 1'\n",
        _ => "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=true\nExecStop=sleep 0.4\n",
    };

    private Graph With(int at, Node node) => this with { Nodes = [.. Nodes.Select((n, i) => i == at ? node : n)] };

    private Graph? WithoutNode(int gone)
    {
        int Moved(int i) => i > gone ? i - 1 : i;
        Request[] requests = [.. Requests.Where(r => r.Unit != gone).Select(r => r with { Unit = Moved(r.Unit) })];
        return requests.Length == 0 ? null : new Graph([.. Nodes.Where((_, i) => i != gone)
            .Select(n => n with { Ties = [.. n.Ties.Where(t => t.To != gone).Select(t => t with { To = Moved(t.To) })] })], requests);
    }

    private static IReadOnlyList<T> Without<T>(IReadOnlyList<T> list, int at) => [.. list.Where((_, i) => i != at)];
}
