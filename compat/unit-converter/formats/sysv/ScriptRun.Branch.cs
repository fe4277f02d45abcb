using SysMaster.UnitConverter.Formats.Shell;

namespace SysMaster.UnitConverter.Formats.Sysv;

/// <summary>Branches: decided where their condition is known; else what each would do says whether a unit can do without asking.</summary>
internal sealed partial class ScriptRun
{
    private Flow Branch(ShellNode condition, ShellNode? then, ShellNode? otherwise, ScriptState state, ShellNode whole)
    {
        Flow flow = Run(condition, state, out ScriptTest test);
        if (flow != Flow.Goes) { return flow; }
        if (test.Value != Truth.Unknown)
        {
            if (test.BySettings) { state.Notes.Add((true, whole.Line, "a test of a setting", "decided as the settings file says now; what it switched is a matter of systemctl enable and disable")); }
            ShellNode? taken = test.Value == Truth.True ? then : otherwise;
            if (taken is not null) { return Run(taken, state); }
            state.Status = whole is ShellIf ? 0 : state.Status;
            return Flow.Goes;
        }
        ScriptState yes = state.Copy(), no = state.Copy();
        Flow yesFlow = then is null ? Flow.Goes : Run(then, yes), noFlow = otherwise is null ? Flow.Goes : Run(otherwise, no);
        bool yesActs = yes.Effects.Count > state.Effects.Count, noActs = no.Effects.Count > state.Effects.Count;
        if (yesActs && noActs) { throw new NotReadable(whole.Line, "two ways to go that only a run would decide"); }
        if (!yesActs && !noActs) { return Neither(state, (yes, yesFlow), (no, noFlow), test, whole); }
        return yesActs ? Acts(state, (yes, yesFlow), test, whole) : Acts(state, (no, noFlow), test.Not(), whole);
    }

    /// <summary>The condition, told apart: a test, a command whose status is known, or anything.</summary>
    private Flow Run(ShellNode condition, ScriptState state, out ScriptTest test)
    {
        test = new ScriptTest(Truth.Unknown);
        ShellNode inner = condition is ShellSequence { Nodes: [var only] } ? only : condition;
        if (inner is ShellNot not)
        {
            Flow negated = Run(not.Inner, state, out ScriptTest positive);
            test = positive.Not();
            return negated;
        }
        if (inner is ShellAndOr pair && IsTest(pair.Left) && IsTest(pair.Right))
        {
            Run(pair.Left, state, out ScriptTest left);
            Run(pair.Right, state, out ScriptTest right);
            test = ScriptTest.Join(left, right, pair.And);
            return Flow.Goes;
        }
        if (Test(inner, state) is { } known)
        {
            test = known;
            return Flow.Goes;
        }
        Flow flow = Run(condition, state);
        test = new ScriptTest(state.Status switch { null => Truth.Unknown, 0 => Truth.True, _ => Truth.False });
        return flow;
    }

    private static bool IsTest(ShellNode node) => node switch
    {
        ShellSequence { Nodes: [var only] } => IsTest(only),
        ShellNot not => IsTest(not.Inner),
        ShellAndOr pair => IsTest(pair.Left) && IsTest(pair.Right),
        ShellSimple simple => simple.Words.Count > 0 && simple.Words[0].Literal is "[" or "test" or "[[",
        _ => false,
    };

    /// <summary>Null when it is no test.</summary>
    private ScriptTest? Test(ShellNode node, ScriptState state)
    {
        if (node is not ShellSimple { Assignments.Count: 0 } simple || !IsTest(simple)) { return null; }
        string name = simple.Words[0].Literal!;
        ShellWord[] words = [.. simple.Words.Skip(1)];
        if (name != "test")
        {
            if (words.Length == 0 || words[^1].Literal != (name == "[" ? "]" : "]]")) { return new(Truth.Unknown); }
            words = words[..^1];
        }
        return _expansion.Fields(words, state) is { } fields ? ScriptTest.Evaluate([.. fields], _expansion) : new(Truth.Unknown);
    }

    /// <summary>Neither way does anything: a message, a variable, or a way out.</summary>
    private Flow Neither(ScriptState state, (ScriptState State, Flow Flow) yes, (ScriptState State, Flow Flow) no, ScriptTest test, ShellNode whole)
    {
        if (yes.Flow == Flow.Goes == (no.Flow == Flow.Goes))
        {
            if (yes.Flow == Flow.Goes && test.File is { } path && !Same(yes.State, no.State))
            {
                // Settings that hang on a file: as the system is now.
                bool there = options.Exists(path) != test.Negated;
                state.Notes.Add((true, whole.Line, $"test {test.Operator} {path}", "what it sets is taken as the file is now"));
                Adopt(state, there ? yes.State : no.State);
                return Flow.Goes;
            }
            Forget(state, yes.State);
            Forget(state, no.State);
            state.Status = yes.State.Status == no.State.Status ? yes.State.Status : null;
            return yes.Flow;
        }
        (ScriptState goes, ScriptTest mustHold) = yes.Flow == Flow.Goes ? (yes.State, test) : (no.State, test.Not());
        Guard(goes, mustHold, whole);
        Adopt(state, goes);
        return Flow.Goes;
    }

    /// <summary>One way does something. Which may be, without the question: the launch itself, settings, and what may be done twice.</summary>
    private static Flow Acts(ScriptState state, (ScriptState State, Flow Flow) acts, ScriptTest test, ShellNode whole)
    {
        List<ScriptEffect> done = acts.State.Effects[state.Effects.Count..];
        bool settings = done.TrueForAll(e => e.Kind == ScriptEffectKind.EnvironmentFile);
        bool harmlessTwice = done.TrueForAll(e => e.Kind == ScriptEffectKind.Command && ScriptCommands.IsIdempotent(e.Fields[0].Text)) && test.File is not null && test.Operator is "-d" or "-e" or "-f" or "-L" or "-x";
        bool launches = done.Exists(e => e.Kind is ScriptEffectKind.Launch or ScriptEffectKind.Stop);
        if (settings || harmlessTwice)
        {
            Adopt(state, acts.State);
            return acts.Flow;
        }
        if (!launches) { throw new NotReadable(whole.Line, $"\"{done[0].Fields.Select(f => f.Text).FirstOrDefault() ?? done[0].Name}\" that only a run would decide"); }
        Guard(acts.State, test, whole);
        Adopt(state, acts.State);
        return acts.Flow;
    }

    /// <summary>The script goes on only when the test holds: a condition of the unit where there is such a one, else a note.</summary>
    private static void Guard(ScriptState state, ScriptTest mustHold, ShellNode whole)
    {
        string? condition = mustHold.File is null || !mustHold.File.StartsWith('/') || state.HasLaunched && state.Effects[^1].Kind != ScriptEffectKind.Launch ? null : mustHold.Operator switch
        {
            "-x" => "ConditionFileIsExecutable",
            "-d" => "ConditionPathIsDirectory",
            "-s" => "ConditionFileNotEmpty",
            "-f" or "-e" or "-r" or "-w" or "-S" or "-p" or "-c" or "-b" => "ConditionPathExists",
            "-L" or "-h" => "ConditionPathIsSymbolicLink",
            _ => null,
        };
        if (condition is not null)
        {
            state.Effects.Add(new ScriptEffect(ScriptEffectKind.Condition, whole.Line, condition, [new ScriptField((mustHold.Negated ? "!" : "") + mustHold.File, false)], false));
        }
        else { state.Notes.Add((false, whole.Line, Describe(whole), "a question that the script asks before it goes on; the unit does not")); }
    }

    private static string Describe(ShellNode node) => node switch
    {
        ShellIf branch => "if " + Describe(branch.Condition),
        ShellAndOr pair => Describe(pair.Left),
        ShellNot not => "! " + Describe(not.Inner),
        ShellSequence { Nodes: [.., var last] } => Describe(last),
        ShellSimple simple => simple.Source.Length > 120 ? simple.Source[..120] : simple.Source,
        ShellPipeline pipeline => string.Join(" | ", pipeline.Parts.Select(Describe)),
        _ => "a condition",
    };

    private static bool Same(ScriptState a, ScriptState b)
        => a.Variables.Count == b.Variables.Count && a.Variables.All(v => b.Variables.TryGetValue(v.Key, out string? other) && other == v.Value);

    private static void Adopt(ScriptState state, ScriptState from)
    {
        state.Variables.Clear();
        foreach ((string name, string? value) in from.Variables) { state.Variables[name] = value; }
        foreach ((string name, ShellNode body) in from.Functions) { state.Functions[name] = body; }
        state.Effects.Clear();
        state.Effects.AddRange(from.Effects);
        state.Notes.Clear();
        state.Notes.AddRange(from.Notes);
        state.Status = from.Status;
        state.HasOpenFile |= from.HasOpenFile;
        state.HasForeignFunctions |= from.HasForeignFunctions;
        state.StopsOnFailure = from.StopsOnFailure;
    }
}
