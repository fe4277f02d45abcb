using SysMaster.UnitConverter.Formats.Shell;
using SysMaster.UnitConverter.Input;

namespace SysMaster.UnitConverter.Formats.Sysv;

/// <summary>What an init script does, found out without running it: three runs on paper, for start, stop and reload.</summary>
internal static class ScriptReader
{
    /// <summary>What /lib/init/init-d-script does with the variables that a script of its kind sets. Debian's init-d-script(5).</summary>
    private const string InitDScript = """

        PIDFILE=${PIDFILE:-/run/$NAME.pid}
        case "$1" in
        start) start-stop-daemon --start --pidfile ${PIDFILE} --exec ${DAEMON} -- ${DAEMON_ARGS} ;;
        stop) start-stop-daemon --stop --retry=TERM/30/KILL/5 --pidfile ${PIDFILE} --exec ${DAEMON} ;;
        esac
        """;

    public static ScriptReading Read(SourceText source, InputOptions options)
    {
        var reading = new ScriptReading();
        try
        {
            if (source.Text.IndexOfAny([ScriptExpansion.Open, ScriptExpansion.Close]) >= 0) { throw new NotReadable(1, "it has characters that stand for something else here"); }
            if (source.ForeignLine > 0 && !source.Lines[source.ForeignLine - 1].TrimStart().StartsWith('#')) { throw new NotReadable(source.ForeignLine, "the line is not UTF-8"); }
            ShellNode tree = Tree(source, options);
            var run = new ScriptRun(source, options, reading.Current);
            ScriptState start = run.Run(tree, "start");
            reading.Labels.UnionWith(run.Labels);
            reading.Start.AddRange(start.Effects);
            reading.Notes.AddRange(start.Notes);
            if (start.Effects.Count(e => e.Kind == ScriptEffectKind.Launch) is not 1 and var launches)
            {
                throw new NotReadable(0, launches == 0 ? "it starts no daemon in a way that is known" : "it starts more than one daemon");
            }
            Stop(tree, source, options, reading);
            Reload(tree, source, options, reading);
        }
        catch (NotReadable problem) { reading.Failure = (problem.Line, problem.Message); }
        catch (ShellException problem) { reading.Failure = (problem.Line, $"it is not understood: {problem.Message}"); }
        if (reading.Failure is not null) { Labels(source, reading); }
        return reading;
    }

    private static ShellNode Tree(SourceText source, InputOptions options)
    {
        if (!source.FirstLine.Contains("init-d-script", StringComparison.Ordinal)) { return ShellParser.Parse(source.Text); }
        string name = source.FileName, settings = $"/etc/default/{name}";
        string own = source.Text[Math.Min(source.Text.IndexOf('\n', StringComparison.Ordinal) + 1, source.Text.Length)..];
        if (own.Contains("()", StringComparison.Ordinal)) { throw new NotReadable(1, "it changes functions of init-d-script"); }
        if (own.Contains("DAEMON=none", StringComparison.Ordinal)) { throw new NotReadable(1, "it has no daemon"); }
        // Its first line stays free, so that the others keep their numbers.
        string before = options.Exists(settings) ? $"SCRIPTNAME=$0; [ -r {settings} ] && . {settings}" : "SCRIPTNAME=$0";
        return ShellParser.Parse($": \n{own}\n{before}\nNAME=${{NAME:-{name}}}{InitDScript}");
    }

    private static void Stop(ShellNode tree, SourceText source, InputOptions options, ScriptReading reading)
    {
        var run = new ScriptRun(source, options, reading.Current);
        ScriptState stop = run.Run(tree, "stop");
        foreach (ScriptEffect effect in stop.Effects)
        {
            bool same = reading.Start.Exists(e => e.Kind == effect.Kind && e.Line == effect.Line);
            if (effect.Kind == ScriptEffectKind.Stop) { reading.Stop.Add(effect); }
            else if (effect.Kind == ScriptEffectKind.Launch) { throw new NotReadable(effect.Line, "its stop starts something"); }
            else if (effect.Kind == ScriptEffectKind.Command && !same) { throw new NotReadable(effect.Line, $"its stop does more than stop: {effect.Fields[0].Text}"); }
        }
    }

    private static void Reload(ShellNode tree, SourceText source, InputOptions options, ScriptReading reading)
    {
        if (!reading.Labels.Contains("reload")) { return; }
        try
        {
            ScriptState reload = new ScriptRun(source, options, reading.Current).Run(tree, "reload");
            List<ScriptEffect> own = [.. reload.Effects.Where(e => !reading.Start.Exists(s => s.Line == e.Line && s.Kind == e.Kind) && e.Kind != ScriptEffectKind.Condition)];
            if (own is [{ Kind: ScriptEffectKind.Stop, Daemon.Signal: { } }]) { reading.Reload = own[0]; }
            else { reading.Notes.Add((false, 0, "reload", own.Count == 0 ? "does nothing" : "is no single signal: ExecReload= is for you to write")); }
        }
        catch (NotReadable problem) { reading.Notes.Add((false, problem.Line, "reload", $"could not be read, ExecReload= is for you to write: {problem.Message}")); }
    }

    /// <summary>For a script that could not be followed: the labels of its case, by eye.</summary>
    private static void Labels(SourceText source, ScriptReading reading)
    {
        bool inside = false;
        foreach (string line in source.Lines)
        {
            string text = line.Trim();
            inside |= text.StartsWith("case", StringComparison.Ordinal) && text.Contains('1', StringComparison.Ordinal);
            int close = text.IndexOf(')', StringComparison.Ordinal);
            if (!inside || close <= 0) { continue; }
            foreach (string word in text[..close].Split('|')) { reading.Labels.Add(word.Trim(' ', '\t', '(', '"', '\'')); }
        }
    }
}
