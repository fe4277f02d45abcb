using SysMaster.UnitConverter.Formats.Shell;
using SysMaster.UnitConverter.Formats.Sysv;
using SysMaster.UnitConverter.Input;
using SysMaster.UnitConverter.Text;
using SysMaster.UnitFiles;

namespace SysMaster.UnitConverter.Formats.OpenRc;

/// <summary>The variables and functions of one OpenRC script.</summary>
internal sealed class OpenRcService(ScriptRun run, ScriptState state, ScriptReading reading, SourceText source, Conversion into)
{
    private static readonly string[] s_own = ["start", "stop", "supervise"];
    private readonly ScriptExpansion _expansion = new(source.Path, reading.Current);

    public string? Text(string variable) => state.Variables.GetValueOrDefault(variable) is { } value ? _expansion.Now(value) is { Length: > 0 } text ? text : null : null;

    /// <summary>depend(): read by its words, since OpenRC knows no others there.</summary>
    public void Depend(ConvertedUnit unit)
    {
        if (!state.Functions.TryGetValue("depend", out ShellNode? body)) { return; }
        foreach (ShellNode node in body is ShellSequence sequence ? sequence.Nodes : [body])
        {
            string[]? words = node is ShellSimple simple ? [.. simple.Words.Select(w => _expansion.Text(w, state) is { } t ? _expansion.Now(t) ?? "" : "")] : null;
            if (words is null || words.Length == 0 || words.Contains(""))
            {
                into.Dropped(node.Line, "depend", "a dependency that only a run would know");
                continue;
            }
            foreach (string word in words.Skip(1)) { One(unit, node.Line, words[0], word); }
        }
    }

    /// <exception cref="NotReadable">The script does more than its variables say.</exception>
    public void Read()
    {
        foreach (string name in s_own)
        {
            if (state.Functions.TryGetValue(name, out ShellNode? own)) { throw new NotReadable(own.Line, $"it has a {name}() of its own"); }
        }
        foreach (string name in (string[])["stop_pre", "stop_post", "start_post"])
        {
            if (state.Functions.TryGetValue(name, out ShellNode? own)) { throw new NotReadable(own.Line, $"it has a {name}() of its own"); }
        }
        if (Text("command") is not { } command) { throw new NotReadable(0, "it has no command"); }
        run.Call("start_pre", state);
        var daemon = new DaemonStart
        {
            Program = new ScriptField(command, false),
            PidFile = Text("pidfile"),
            Directory = Text("directory"),
            Root = Text("chroot"),
            UMask = Text("umask"),
            InBackground = Text("command_background") is "yes" or "true" or "1" || Text("supervisor") is "supervise-daemon",
        };
        if (Text("command_user") is { } user)
        {
            string[] parts = user.Split(':', 2);
            daemon.User = parts[0];
            daemon.Group = parts.Length == 2 ? parts[1] : null;
        }
        daemon.Arguments.AddRange(Arguments("command_args"));
        daemon.Arguments.AddRange(Arguments(daemon.InBackground ? Text("supervisor") is null ? "command_args_background" : "command_args_foreground" : "command_args_background"));
        if (Text("start_stop_daemon_args") is { } more)
        {
            DaemonStart extra = new DaemonOptions(_expansion, 0).StartStopDaemon([new("--start", false), .. more.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => new ScriptField(w, false))], out _);
            daemon.User ??= extra.User;
            daemon.Group ??= extra.Group;
            daemon.Nice = extra.Nice;
            daemon.Directory ??= extra.Directory;
            daemon.UMask ??= extra.UMask;
            daemon.InBackground |= extra.InBackground;
        }
        reading.Start.AddRange(state.Effects);
        reading.Start.Add(new ScriptEffect(ScriptEffectKind.Launch, 0, "", [], false, daemon));
        reading.Notes.AddRange(state.Notes);
        if (Text("retry") is { } retry) { reading.Stop.Add(new ScriptEffect(ScriptEffectKind.Stop, 0, "", [], false, new DaemonStart { Retry = retry, Signal = Text("stopsig") })); }
        else if (Text("stopsig") is { } signal) { reading.Stop.Add(new ScriptEffect(ScriptEffectKind.Stop, 0, "", [], false, new DaemonStart { Signal = signal })); }
    }

    /// <summary>What only OpenRC has.</summary>
    public void Finish(ConvertedUnit unit)
    {
        if (Text("supervisor") is "supervise-daemon")
        {
            unit.Set("Service", "Restart", "always");
            if (Text("respawn_delay") is { } delay && delay.All(char.IsAsciiDigit)) { unit.Set("Service", "RestartSec", delay + "s"); }
        }
        foreach ((string variable, string directive) in ((string, string)[])[("output_log", "StandardOutput"), ("error_log", "StandardError")])
        {
            if (Text(variable) is { } path && path.StartsWith('/') && Quote.IsPlain(path)) { unit.Set("Service", directive, "append:" + Quote.Line(path)); }
        }
        foreach (string file in (Text("required_files") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)) { unit.AddOnce("Unit", "AssertPathExists", Quote.Line(file)); }
        foreach (string folder in (Text("required_dirs") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)) { unit.AddOnce("Unit", "AssertPathIsDirectory", Quote.Line(folder)); }
        foreach (string name in (string[])["extra_commands", "extra_started_commands", "extra_stopped_commands"])
        {
            if (Text(name) is { } commands) { into.Dropped(0, $"{name}={commands}", "units have no actions of their own; ExecReload= takes one that reloads"); }
        }
    }

    private void One(ConvertedUnit unit, int line, string kind, string word)
    {
        string name = word switch
        {
            "net" => "network-online.target",
            "localmount" => "local-fs.target",
            "netmount" => "remote-fs.target",
            "dns" => "nss-lookup.target",
            "logger" or "clock" or "hostname" or "bootmisc" or "sysctl" or "modules" or "root" or "swap" or "keymaps" or "dev" => "",
            "*" => "",
            _ => UnitNames.Of(word.TrimStart('!'), UnitKind.Service),
        };
        if (name.Length == 0 || kind is "keyword" or "config")
        {
            into.Dropped(line, $"{kind} {word}", kind is "keyword" or "config" ? "a word for OpenRC itself" : "always there when services start, or no single unit");
            return;
        }
        string? directive = kind switch { "need" => "Requires", "use" or "want" => "Wants", "after" => "After", "before" => "Before", "provide" => "Alias", _ => null };
        if (directive is null)
        {
            into.Dropped(line, $"{kind} {word}", "not a word that is known");
            return;
        }
        if (directive == "Alias") { unit.AddOnce("Install", "Alias", name, line); }
        else
        {
            // "use" starts nothing that nobody enabled; the network is there in any case.
            if (kind is not ("use" or "after" or "before") || name == "network-online.target" && kind != "before") { unit.AddOnce("Unit", name.EndsWith(".target", StringComparison.Ordinal) ? "Wants" : directive, name, line); }
            unit.AddOnce("Unit", kind == "before" ? "Before" : "After", name, line);
        }
        into.Carried(line, $"{kind} {word}", $"{directive}={name}");
    }

    private IEnumerable<ScriptField> Arguments(string variable)
    {
        if (!state.Variables.TryGetValue(variable, out string? value)) { return []; }
        if (value is null) { throw new NotReadable(0, $"{variable} that only a run would know"); }
        // OpenRC lets a shell split them, quotes and all.
        if (ScriptExpansion.HasReference(value)) { return value.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(w => new ScriptField(w, w.Length > 2 && w[0] == ScriptExpansion.Open && w.IndexOf(ScriptExpansion.Close, StringComparison.Ordinal) == w.Length - 1)); }
        return CommandText.Words("x " + value) is { } words ? words.Skip(1).Select(w => new ScriptField(w, false)) : throw new NotReadable(0, $"{variable} needs a shell");
    }
}
