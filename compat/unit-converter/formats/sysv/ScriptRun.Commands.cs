using System.Globalization;
using SysMaster.UnitConverter.Formats.Shell;
using SysMaster.UnitConverter.Input;

namespace SysMaster.UnitConverter.Formats.Sysv;

/// <summary>Single commands.</summary>
internal sealed partial class ScriptRun
{
    private Flow Simple(ShellSimple simple, ScriptState state)
    {
        if (simple.Words.Count == 0)
        {
            foreach (ShellAssignment assignment in simple.Assignments) { Assign(assignment, state); }
            state.Status = simple.Assignments.Any(a => a.Value.Parts.Any(p => p.Kind == ShellPartKind.Command)) ? null : 0;
            return Flow.Goes;
        }
        string? name = simple.Words[0].Literal ?? (_expansion.Text(simple.Words[0], state) is { } text ? _expansion.Now(text)?.Trim().Split(' ')[0] : null);
        if (name is null) { throw new NotReadable(simple.Line, $"a command that only a run would know: {simple.Source}"); }
        if (state.Functions.TryGetValue(name, out ShellNode? function)) { return Call(function, simple, state); }
        switch (name)
        {
            case "exit" or "return": return Leave(name, simple, state);
            case "." or "source": return Source(simple, state);
            case "export" or "readonly" or "local" or "declare" or "typeset" or "unset": return Declare(name, simple, state);
            case "set": return Set(simple, state);
            case "shift":
                state.Arguments = [.. state.Arguments.Skip(1)];
                return Done(state, 0);
            case "false" or "init_is_upstart": return Done(state, 1);
            case "[" or "test" or "[[":
                ScriptTest test = Test(simple, state) ?? new(Truth.Unknown);
                return Done(state, test.Value switch { Truth.True => 0, Truth.False => 1, _ => null });
        }
        if (ScriptCommands.IsHarmless(name) && !Writes(simple, state)) { return Done(state, 0); }
        if (ScriptCommands.IsQuestion(name) && !Writes(simple, state)) { return Done(state, null); }
        return Act(name, simple, state);
    }

    private static Flow Done(ScriptState state, int? status)
    {
        state.Status = status;
        return Flow.Goes;
    }

    /// <summary>Does its output go into a file?</summary>
    private bool Writes(ShellSimple simple, ScriptState state)
    {
        foreach (ShellRedirect redirect in simple.Redirects)
        {
            if (!redirect.Operator.Contains('>', StringComparison.Ordinal) || redirect.Target is null) { continue; }
            string? target = _expansion.Text(redirect.Target, state);
            bool isDescriptor = redirect.Operator.EndsWith(">&", StringComparison.Ordinal) && target is not null && target.All(c => char.IsAsciiDigit(c) || c == '-');
            if (!isDescriptor && target is not ("/dev/null" or "/dev/stderr" or "/dev/stdout" or "/dev/console")) { return true; }
        }
        return false;
    }

    private void Assign(ShellAssignment assignment, ScriptState state)
    {
        string? value = _expansion.Text(assignment.Value, state);
        if (assignment.Appends) { value = value is null || state.Variables.GetValueOrDefault(assignment.Name, "") is not { } old ? null : old + value; }
        state.Variables[assignment.Name] = value;
    }

    private Flow Leave(string name, ShellSimple simple, ScriptState state)
    {
        if (simple.Words.Count > 1)
        {
            string? text = _expansion.Text(simple.Words[1], state);
            state.Status = text is not null && int.TryParse(_expansion.Now(text), NumberStyles.None, CultureInfo.InvariantCulture, out int status) ? status : null;
        }
        return name == "exit" || _depth == 0 ? Flow.Exits : Flow.Returns;
    }

    private Flow Call(ShellNode function, ShellSimple simple, ScriptState state)
    {
        if (_depth >= MaxDepth) { throw new NotReadable(simple.Line, "functions that call one another too deep"); }
        // What only a run would know is one unknown argument: who does something with it finds out.
        List<string?> arguments = [];
        foreach (ShellWord word in simple.Words.Skip(1))
        {
            if (_expansion.Fields([word], state) is { } fields) { arguments.AddRange(fields.Select(f => f.Text)); }
            else { arguments.Add(null); }
        }
        foreach (ShellAssignment assignment in simple.Assignments) { Assign(assignment, state); }
        IReadOnlyList<string?> outer = state.Arguments;
        state.Arguments = arguments;
        _depth++;
        Flow flow = Run(function, state);
        _depth--;
        state.Arguments = outer;
        return flow == Flow.Exits ? flow : Flow.Goes;
    }

    private Flow Set(ShellSimple simple, ScriptState state)
    {
        string? first = simple.Words.Count > 1 ? _expansion.Text(simple.Words[1], state) : "";
        if (first is "-e") { state.StopsOnFailure = true; }
        else if (first is "+e") { state.StopsOnFailure = false; }
        else if (first is null || !(first.StartsWith('-') || first.StartsWith('+')) || first == "--")
        {
            state.Arguments = _expansion.Fields(simple.Words.Skip(first == "--" ? 2 : 1), state) is { } fields ? [.. fields.Select(f => (string?)f.Text)] : [null];
        }
        return Done(state, 0);
    }

    private Flow Declare(string name, ShellSimple simple, ScriptState state)
    {
        foreach (ShellWord word in simple.Words.Skip(1))
        {
            string variable;
            if (ShellParser.Assignment(word) is { } assignment)
            {
                Assign(assignment, state);
                variable = assignment.Name;
            }
            else
            {
                variable = word.Literal ?? "";
                if (variable.StartsWith('-') || variable.Length == 0) { continue; }
                if (name == "unset") { state.Variables.Remove(variable); }
                if (name == "local") { state.Variables[variable] = ""; }
            }
            if (name != "export") { continue; }
            string? value = state.Variables.GetValueOrDefault(variable, state.HasOpenFile ? null : "");
            if (value is null) { throw new NotReadable(simple.Line, $"{variable} is exported with a value that only a run would know"); }
            state.Effects.RemoveAll(e => e.Kind == ScriptEffectKind.Environment && e.Name == variable);
            state.Effects.Add(new ScriptEffect(ScriptEffectKind.Environment, simple.Line, variable, [new ScriptField(value, false)], false));
        }
        return Done(state, 0);
    }

    /// <summary>". file": a library of functions is passed over; a file of settings is read, and becomes an EnvironmentFile=.</summary>
    private Flow Source(ShellSimple simple, ScriptState state)
    {
        string? path = simple.Words.Count > 1 && _expansion.Text(simple.Words[1], state) is { } text ? _expansion.Now(text) : null;
        if (path is null) { throw new NotReadable(simple.Line, "a file is read whose name only a run would know"); }
        if (ScriptCommands.IsLibrary(path)) { return Done(state, 0); }
        if (!path.StartsWith('/')) { throw new NotReadable(simple.Line, $"{path} is read from wherever it is"); }
        if (options.ReadOther(path) is not { } file)
        {
            state.HasOpenFile = true;
        }
        else { Settings(file, simple.Line, state); }
        state.Effects.Add(new ScriptEffect(ScriptEffectKind.EnvironmentFile, simple.Line, path, [new ScriptField(path, false)], true));
        return Done(state, 0);
    }

    private void Settings(SourceText file, int line, ScriptState state)
    {
        ShellNode tree;
        try { tree = ShellParser.Parse(file.Text); }
        catch (ShellException problem) { throw new NotReadable(line, $"{file.Path}:{problem.Line}: {problem.Message}"); }
        foreach (ShellNode node in ((ShellSequence)tree).Nodes)
        {
            if (node is not ShellSimple simple) { throw new NotReadable(line, $"{file.Path}:{node.Line} is more than settings"); }
            IEnumerable<ShellAssignment?> assignments = simple.Words.Count == 0 ? simple.Assignments : simple.Words[0].Literal == "export" ? simple.Words.Skip(1).Select(ShellParser.Assignment) : [null];
            foreach (ShellAssignment? assignment in assignments)
            {
                if (assignment is null) { throw new NotReadable(line, $"{file.Path}:{node.Line} is more than settings"); }
                Setting(assignment, state);
            }
        }
    }

    private void Setting(ShellAssignment assignment, ScriptState state)
    {
        string? value = _expansion.Text(assignment.Value, state);
        bool plain = assignment.Value.Literal is not null && !assignment.Appends;
        if (plain)
        {
            // What the file says at each start; what it says now where a unit has no variables.
            current[assignment.Name] = value;
            state.Variables[assignment.Name] = ScriptExpansion.Reference(assignment.Name);
            return;
        }
        // EnvironmentFile= expands nothing: the value is taken over as it is now.
        current[assignment.Name] = value is null ? null : _expansion.Now(value);
        state.Variables[assignment.Name] = current[assignment.Name];
    }

    private Flow Act(string name, ShellSimple simple, ScriptState state)
    {
        if (simple.Assignments.Count > 0) { throw new NotReadable(simple.Line, $"a command with variables of its own: {simple.Source}"); }
        if (_expansion.Fields(simple.Words.Skip(1), state) is not { } fields) { throw new NotReadable(simple.Line, $"an argument that only a run would know: {simple.Source}"); }
        string tool = name[(name.LastIndexOf('/') + 1)..];
        switch (tool)
        {
            case "start-stop-daemon": return StartStop(fields, simple, state);
            case "start_daemon" or "daemon" when name == tool: return Launch(new DaemonOptions(_expansion, simple.Line).Function(fields), ScriptEffectKind.Launch, simple, state);
            case "checkpath" when name == tool: return CheckPath(fields, simple, state);
            case "killproc" when name == tool: return Launch(KillProc(fields), ScriptEffectKind.Stop, simple, state);
            case "kill" when fields.Count > 0 && fields[0].Text is "-0" || fields is [{ Text: "-s" }, { Text: "0" }, ..]: return Done(state, null);
            case "ulimit": return Limit(fields, simple, state);
            case "umask" when fields.Count == 1 && fields[0].Text.All(c => c is >= '0' and <= '7'): return Effect(ScriptEffectKind.UMask, "", fields, simple, state);
            case "cd" when fields.Count == 1 && fields[0].Text.StartsWith('/'): return Effect(ScriptEffectKind.Directory, "", fields, simple, state);
            case "touch" or "rm" when fields.Count > 0 && fields.Where(f => !f.Text.StartsWith('-')).All(f => f.Text.Contains("/lock/", StringComparison.Ordinal) || (tool == "rm" && IsPidFile(f.Text))):
                return Done(state, 0);
        }
        if (Writes(simple, state)) { throw new NotReadable(simple.Line, $"output into a file: {simple.Source}"); }
        if (ScriptCommands.ToolPath(name) is not { } path) { throw new NotReadable(simple.Line, $"what \"{name}\" does is not known"); }
        if (tool == "mkdir" && !fields.Exists(f => f.Text is "-p" or "--parents")) { fields.Insert(0, new ScriptField("-p", false)); }
        fields.Insert(0, new ScriptField(path, false));
        return Effect(ScriptEffectKind.Command, tool, fields, simple, state, ignore: !state.StopsOnFailure);
    }

    private static bool IsPidFile(string path) => path.EndsWith(".pid", StringComparison.Ordinal) || path.EndsWith("/pid", StringComparison.Ordinal);

    private static Flow Effect(ScriptEffectKind kind, string name, IReadOnlyList<ScriptField> fields, ShellSimple simple, ScriptState state, bool ignore = false)
    {
        state.Effects.Add(new ScriptEffect(kind, simple.Line, name, fields, ignore));
        return Done(state, 0);
    }

    private Flow StartStop(List<ScriptField> fields, ShellSimple simple, ScriptState state)
    {
        DaemonStart daemon = new DaemonOptions(_expansion, simple.Line).StartStopDaemon(fields, out bool stops);
        // --test says 0 when it would do it: not running yet, as a service that is being started.
        if (daemon.OnlyTests) { return Done(state, 0); }
        // Signal 0 asks whether it runs.
        return daemon.OnlyStatus || daemon.Signal == "0" ? Done(state, null) : Launch(daemon, stops ? ScriptEffectKind.Stop : ScriptEffectKind.Launch, simple, state);
    }

    private static Flow Launch(DaemonStart daemon, ScriptEffectKind kind, ShellSimple simple, ScriptState state)
    {
        state.Effects.Add(new ScriptEffect(kind, simple.Line, "", [], false, daemon));
        return Done(state, 0);
    }

    private DaemonStart KillProc(List<ScriptField> fields)
    {
        var daemon = new DaemonStart();
        for (int i = 0; i < fields.Count; i++)
        {
            string word = fields[i].Text;
            if (word is "-p" or "-d" && i + 1 < fields.Count)
            {
                if (word == "-p") { daemon.PidFile = _expansion.Now(fields[i + 1].Text); }
                i++;
            }
            else if (word.StartsWith('-') && word.Length > 1) { daemon.Signal = word[1..]; }
            else { daemon.Program ??= fields[i]; }
        }
        return daemon;
    }

    /// <summary>OpenRC's: a directory with its owner and mode.</summary>
    private static Flow CheckPath(List<ScriptField> fields, ShellSimple simple, ScriptState state)
    {
        List<ScriptField> words = [new("/usr/bin/install", false), new("-d", false)];
        bool folder = false;
        for (int i = 0; i < fields.Count; i++)
        {
            string word = fields[i].Text, next = i + 1 < fields.Count ? fields[i + 1].Text : "";
            switch (word)
            {
                case "-d" or "-D" or "--directory" or "--directory-truncate": folder = true; break;
                case "-q" or "--quiet": break;
                case "-dm" or "-m" or "--mode":
                    folder |= word == "-dm";
                    words.AddRange([new("-m", false), new(next, false)]);
                    i++;
                    break;
                case "-o" or "--owner":
                    string[] owner = next.Split(':', 2);
                    words.AddRange([new("-o", false), new(owner[0], false)]);
                    if (owner.Length == 2) { words.AddRange([new("-g", false), new(owner[1], false)]); }
                    i++;
                    break;
                default:
                    if (word.StartsWith('-')) { throw new NotReadable(simple.Line, $"checkpath {word} has no word in a unit"); }
                    words.Add(fields[i]);
                    break;
            }
            if (i >= fields.Count) { throw new NotReadable(simple.Line, "checkpath without a value"); }
        }
        if (!folder || words.Exists(w => w.Text.Length == 0)) { throw new NotReadable(simple.Line, "checkpath for what is no directory"); }
        return Effect(ScriptEffectKind.Command, "install", words, simple, state);
    }

    private Flow Limit(List<ScriptField> fields, ShellSimple simple, ScriptState state)
    {
        string[] words = [.. fields.Select(f => _expansion.Now(f.Text) ?? "")];
        string? limit = words is [.., "-n", _] ? "LimitNOFILE" : words is [.., "-c", _] ? "LimitCORE" : words is [.., "-u", _] ? "LimitNPROC" : words is [.., "-l", _] ? "LimitMEMLOCK"
            : words is [.., "-s", _] ? "LimitSTACK" : words is [.., "-v", _] ? "LimitAS" : words is [.., "-d", _] ? "LimitDATA" : null;
        if (limit is null || words.Length > 3 || !(words[^1] == "unlimited" || (words[^1].Length > 0 && words[^1].All(char.IsAsciiDigit))))
        {
            throw new NotReadable(simple.Line, $"{simple.Source} has no word in a unit");
        }
        // ulimit counts in KiB but for numbers of things.
        string value = words[^1] == "unlimited" ? "infinity" : limit is "LimitNOFILE" or "LimitNPROC" ? words[^1] : limit == "LimitCORE" && words[^1] == "0" ? "0" : words[^1] + "K";
        return Effect(ScriptEffectKind.Limit, limit, [new ScriptField(value, false)], simple, state);
    }
}
