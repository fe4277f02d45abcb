using SysMaster.UnitConverter.Formats.Shell;
using SysMaster.UnitConverter.Input;

namespace SysMaster.UnitConverter.Formats.Sysv;

/// <summary>
/// Follows a script for one action, as sh would, with what is known without running anything. Where a branch hangs on what only a run knows, both are
/// tried on copies: they may say and ask, but only one may do something, and then only where it can be said why.
/// </summary>
internal sealed partial class ScriptRun(SourceText source, InputOptions options, Dictionary<string, string?> current)
{
    private const int MaxSteps = 20_000;
    private const int MaxDepth = 30;

    private readonly ScriptExpansion _expansion = new(source.Path, current);
    private int _steps;
    private int _depth;

    private enum Flow { Goes, Returns, Exits }

    /// <summary>What the script's own case has as labels.</summary>
    public HashSet<string> Labels { get; } = [];

    /// <exception cref="NotReadable">The script does what no unit says.</exception>
    public ScriptState Run(ShellNode script, string action)
    {
        var state = new ScriptState { Arguments = [action] };
        state.Variables["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        Run(script, state);
        return state;
    }

    /// <summary>Goes on in a state of another run: a function of the script, called by the manager that the script is for.</summary>
    public void Call(string function, ScriptState state)
    {
        if (!state.Functions.TryGetValue(function, out ShellNode? body)) { return; }
        state.Arguments = [];
        _depth++;
        Run(body, state);
        _depth--;
    }

    private Flow Run(ShellNode node, ScriptState state)
    {
        if (++_steps > MaxSteps) { throw new NotReadable(node.Line, "it is too long to be followed"); }
        switch (node)
        {
            case ShellSequence sequence:
                foreach (ShellNode part in sequence.Nodes)
                {
                    Flow flow = Run(part, state);
                    if (flow != Flow.Goes) { return flow; }
                }
                return Flow.Goes;
            case ShellSimple simple: return Simple(simple, state);
            case ShellAndOr pair: return Branch(pair.Left, pair.And ? pair.Right : null, pair.And ? null : pair.Right, state, pair);
            case ShellIf branch: return Branch(branch.Condition, branch.Then, branch.Else, state, branch);
            case ShellNot not:
                Flow inner = Run(not.Inner, state);
                state.Status = state.Status switch { 0 => 1, null => null, _ => 0 };
                return inner;
            case ShellCase choice: return Case(choice, state);
            case ShellFunction function:
                state.Functions[function.Name] = function.Body;
                return Flow.Goes;
            case ShellSubshell sub: return Subshell(sub, state);
            case ShellPipeline or ShellLoop or ShellBackground:
                OnlyHarmless(node, state);
                state.Status = null;
                return Flow.Goes;
            default: throw new NotReadable(node.Line, "a construct that is not followed");
        }
    }

    private Flow Subshell(ShellSubshell sub, ScriptState state)
    {
        ScriptState copy = state.Copy();
        Flow flow = Run(sub.Body, copy);
        state.Status = copy.Status;
        if (copy.Effects.Count != state.Effects.Count)
        {
            state.Effects.AddRange(copy.Effects.Skip(state.Effects.Count));
            state.Notes.AddRange(copy.Notes.Skip(state.Notes.Count));
        }
        return flow == Flow.Exits ? Flow.Goes : flow;
    }

    /// <summary>A loop, a pipe, something in the background: may be passed over when nothing in it does anything.</summary>
    private void OnlyHarmless(ShellNode node, ScriptState state)
    {
        ScriptState copy = state.Copy();
        IReadOnlyList<ShellNode> parts = node switch
        {
            ShellPipeline pipeline => pipeline.Parts,
            ShellLoop loop => [loop.Body],
            ShellBackground background => [background.Inner],
            _ => [],
        };
        foreach (ShellNode part in parts) { Run(part, copy); }
        if (copy.Effects.Count != state.Effects.Count)
        {
            string what = node switch { ShellLoop => "a loop", ShellPipeline => "a pipe", _ => "a command in the background" };
            throw new NotReadable(node.Line, $"{what} that does something");
        }
        foreach ((string name, string? value) in copy.Variables)
        {
            if (!state.Variables.TryGetValue(name, out string? old) || old != value) { state.Variables[name] = null; }
        }
    }

    private Flow Case(ShellCase choice, ScriptState state)
    {
        bool isAction = choice.Subject.Parts is [{ Kind: ShellPartKind.Variable, Text: "1" }] && state.Arguments.Count == 1 && _depth == 0;
        string? subject = _expansion.Text(choice.Subject, state);
        bool settings = subject is not null && ScriptExpansion.HasReference(subject);
        subject = subject is null ? null : _expansion.Now(subject);
        if (isAction)
        {
            foreach (ShellCaseItem item in choice.Items) { Labels.UnionWith(item.Patterns.Select(p => p.Literal ?? "")); }
        }
        if (subject is null) { return Undecided(choice, state); }
        foreach (ShellCaseItem item in choice.Items)
        {
            foreach (ShellWord pattern in item.Patterns)
            {
                if (_expansion.Text(pattern, state) is not { } text || _expansion.Now(text) is not { } now) { throw new NotReadable(item.Line, "a case with a pattern that only a run would know"); }
                if (!Sysv.Pattern.Matches(now, subject)) { continue; }
                if (settings) { state.Notes.Add((true, choice.Line, "a case that settings decide", "decided as they are now")); }
                return Run(item.Body, state);
            }
        }
        state.Status = 0;
        return Flow.Goes;
    }

    /// <summary>Which item is taken is not known: none may do anything.</summary>
    private Flow Undecided(ShellCase choice, ScriptState state)
    {
        foreach (ShellCaseItem item in choice.Items)
        {
            ScriptState copy = state.Copy();
            Run(item.Body, copy);
            if (copy.Effects.Count != state.Effects.Count) { throw new NotReadable(item.Line, "a case that only a run would decide"); }
            Forget(state, copy);
        }
        state.Status = null;
        return Flow.Goes;
    }

    /// <summary>Variables that the branch changed may now have either value.</summary>
    private static void Forget(ScriptState state, ScriptState branch)
    {
        foreach ((string name, string? value) in branch.Variables)
        {
            if (!state.Variables.TryGetValue(name, out string? old) || old != value) { state.Variables[name] = null; }
        }
        foreach ((string name, ShellNode body) in branch.Functions) { state.Functions.TryAdd(name, body); }
    }
}
