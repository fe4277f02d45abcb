using System.Text;
using SysMaster.UnitConverter.Text;

namespace SysMaster.UnitConverter.Formats.Sysv;

/// <summary>A script that could be read, as a service: the daemon itself, and what the script does around it.</summary>
internal sealed class NativeService(ScriptReading reading, ConvertedUnit unit, Conversion into)
{
    private ScriptExpansion Expansion { get; } = new("", reading.Current);

    public void Write()
    {
        ScriptEffect launch = reading.Start.Find(e => e.Kind == ScriptEffectKind.Launch)!;
        DaemonStart daemon = launch.Daemon!;
        if (daemon.Program is not { } field || Expansion.Now(field.Text) is not { } program || !program.StartsWith('/'))
        {
            throw new NotReadable(launch.Line, "the daemon has no absolute path");
        }
        if ((daemon.User is { } user && !UserText.IsName(user)) || (daemon.Group is { } group && !UserText.IsName(group)))
        {
            throw new NotReadable(launch.Line, "the user it runs as is no name that a unit can have");
        }
        Type(daemon, launch.Line);
        Around(before: true, launch);
        unit.Add("Service", "ExecStart", Quote.Program(program) + Rest(daemon.Arguments), launch.Line);
        if (ScriptExpansion.HasReference(field.Text)) { into.Changed(launch.Line, Shown(field.Text), $"{program}: the program of a unit is fixed, so it is what the settings say now"); }
        Around(before: false, launch);
        Settings(daemon, launch.Line);
        Stop();
        foreach ((bool isChange, int line, string what, string why) in reading.Notes.Distinct())
        {
            if (isChange) { into.Changed(line, Shown(what), Shown(why)); }
            else { into.Dropped(line, Shown(what), Shown(why)); }
        }
        into.Carried(launch.Line, "the daemon", $"ExecStart={program}, so the script is not called any more");
        into.Changed(launch.Line, "messages of the start", "the manager's own");
    }

    /// <summary>/var/run is an old name of /run.</summary>
    public static string Run(string path) => path.StartsWith("/var/run/", StringComparison.Ordinal) ? path[4..] : path;

    private void Type(DaemonStart daemon, int line)
    {
        if (daemon.InBackground)
        {
            unit.Add("Service", "Type", daemon.Notifies ? "notify" : "simple", line);
            if (daemon.MakesPidFile && daemon.PidFile is not null) { into.Dropped(line, daemon.PidFile, "the PID file that start-stop-daemon made: the manager knows the process"); }
            return;
        }
        unit.Add("Service", "Type", "forking", line);
        if (daemon.PidFile is { } pid && !daemon.MakesPidFile && pid.StartsWith('/') && Quote.IsPlain(pid))
        {
            unit.Add("Service", "PIDFile", Run(Quote.Line(pid)), line);
            if (pid != Run(pid)) { into.Changed(line, pid, Run(pid)); }
        }
        else if (daemon.MakesPidFile) { throw new NotReadable(line, "a PID file of a daemon that may fork away: which process it names is not known"); }
    }

    private void Around(bool before, ScriptEffect launch)
    {
        int at = reading.Start.IndexOf(launch);
        for (int i = 0; i < reading.Start.Count; i++)
        {
            ScriptEffect effect = reading.Start[i];
            if (effect.Kind != ScriptEffectKind.Command || i < at != before) { continue; }
            if (Expansion.Now(effect.Fields[0].Text) is not { } path) { throw new NotReadable(effect.Line, "a command that only a run would know"); }
            string directive = before ? "ExecStartPre" : "ExecStartPost";
            // "+": as root and without the unit's limits, as the script ran it.
            unit.Add("Service", directive, $"{(effect.IgnoreFailure ? "-" : "")}+{Quote.Program(path)}{Rest(effect.Fields.Skip(1))}", effect.Line);
            into.Carried(effect.Line, string.Join(' ', effect.Fields.Select(f => Shown(f.Text))), directive + "=");
        }
    }

    private void Settings(DaemonStart daemon, int line)
    {
        if (daemon.User is { } user) { unit.Add("Service", "User", user, line); }
        if (daemon.Group is { } group) { unit.Add("Service", "Group", group, line); }
        Plain("Nice", daemon.Nice, line);
        Plain("WorkingDirectory", daemon.Directory, line);
        Plain("RootDirectory", daemon.Root, line);
        Plain("UMask", daemon.UMask, line);
        if (daemon.IoScheduler is { } io)
        {
            string[] parts = io.Split(':');
            Plain("IOSchedulingClass", parts[0] is "real-time" ? "realtime" : parts[0], line);
            if (parts.Length > 1) { Plain("IOSchedulingPriority", parts[1], line); }
        }
        if (daemon.Scheduler is { } scheduler)
        {
            string[] parts = scheduler.Split(':');
            Plain("CPUSchedulingPolicy", parts[0], line);
            if (parts.Length > 1) { Plain("CPUSchedulingPriority", parts[1], line); }
        }
        foreach (ScriptEffect effect in reading.Start) { Setting(effect); }
    }

    private void Setting(ScriptEffect effect)
    {
        string text = effect.Fields.Count > 0 ? effect.Fields[0].Text : "";
        switch (effect.Kind)
        {
            case ScriptEffectKind.Limit:
                unit.Set("Service", effect.Name, text, effect.Line);
                into.Carried(effect.Line, "ulimit", $"{effect.Name}={text}");
                break;
            case ScriptEffectKind.UMask:
                unit.Set("Service", "UMask", text, effect.Line);
                into.Carried(effect.Line, "umask", $"UMask={text}");
                break;
            case ScriptEffectKind.Directory when !unit.Has("Service", "WorkingDirectory"): Plain("WorkingDirectory", Expansion.Now(text), effect.Line); break;
            case ScriptEffectKind.Environment:
                if (Expansion.Now(text) is not { } value) { throw new NotReadable(effect.Line, $"{effect.Name} is exported with a value that only a run would know"); }
                unit.Add("Service", "Environment", Quote.ListWord($"{effect.Name}={value}"), effect.Line);
                into.Carried(effect.Line, $"export {effect.Name}", $"Environment={effect.Name}=…");
                break;
            case ScriptEffectKind.EnvironmentFile when Quote.IsPlain(text) && text.IndexOfAny(['*', '?', '[']) < 0:
                unit.AddOnce("Service", "EnvironmentFile", "-" + Quote.Line(text), effect.Line);
                into.Changed(effect.Line, $". {text}", $"EnvironmentFile=-{text}: it is not read by a shell any more, and the daemon sees all of its variables");
                break;
            case ScriptEffectKind.Condition when Quote.IsPlain(text):
                unit.AddOnce("Unit", effect.Name, Quote.Line(text), effect.Line);
                into.Carried(effect.Line, $"a test of {text.TrimStart('!')}", $"{effect.Name}={text}");
                break;
        }
    }

    private void Plain(string key, string? value, int line)
    {
        if (value is null) { return; }
        if (!Quote.IsPlain(value)) { throw new NotReadable(line, $"a value that {key}= cannot have"); }
        unit.Set("Service", key, Quote.Line(value), line);
        into.Carried(line, value, $"{key}=");
    }

    private void Stop()
    {
        if (reading.Reload is { } reload)
        {
            unit.Add("Service", "ExecReload", $"/bin/kill -{Signal(reload.Daemon!.Signal!, reload.Line)} $MAINPID", reload.Line);
            into.Carried(reload.Line, "reload", $"ExecReload=, signal {reload.Daemon.Signal}");
        }
        foreach (ScriptEffect stop in reading.Stop)
        {
            DaemonStart how = stop.Daemon!;
            if (how.Signal is { } signal && Signal(signal, stop.Line) is var name && name is not ("TERM" or "15") and not ("KILL" or "9") && !unit.Has("Service", "KillSignal"))
            {
                unit.Add("Service", "KillSignal", char.IsAsciiDigit(name[0]) ? name : "SIG" + name, stop.Line);
                into.Carried(stop.Line, $"--signal {signal}", "KillSignal=");
            }
            if (how.Retry is { } retry) { Retry(retry, stop.Line); }
        }
        // A script never asked how the daemon ended; many end with 128 + SIGTERM.
        unit.Add("Service", "SuccessExitStatus", "143");
        into.Changed(reading.Stop.Count > 0 ? reading.Stop[0].Line : 0, "stop", "ends all processes of the service, not only the one of the PID file");
    }

    /// <summary>"30", or "TERM/30/KILL/5": the first signal, and how long until the next.</summary>
    private void Retry(string retry, int line)
    {
        string[] parts = retry.Split('/');
        string seconds = parts.Length == 1 ? parts[0] : parts[1];
        if (seconds.Length is 0 or > 6 || !seconds.All(char.IsAsciiDigit))
        {
            into.Dropped(line, $"--retry {retry}", "is no schedule that TimeoutStopSec= can say");
            return;
        }
        unit.Set("Service", "TimeoutStopSec", seconds + "s", line);
        if (parts.Length > 1 && Signal(parts[0].TrimStart('-'), line) is var first && first is not ("TERM" or "15")) { unit.Set("Service", "KillSignal", char.IsAsciiDigit(first[0]) ? first : "SIG" + first, line); }
        into.Carried(line, $"--retry {retry}", $"TimeoutStopSec={seconds}s");
    }

    private static string Signal(string text, int line)
    {
        string name = text.StartsWith("SIG", StringComparison.OrdinalIgnoreCase) ? text[3..].ToUpperInvariant() : text.ToUpperInvariant();
        byte[] bytes = Encoding.ASCII.GetBytes(name);
        return UnitFiles.SignalText.TryParse(bytes, out _) ? name : throw new NotReadable(line, $"{text} is no signal");
    }

    private static string Rest(IEnumerable<ScriptField> fields) => string.Concat(fields.Select(f => " " + Argument(f)));

    /// <summary>$X alone is split by the manager as by the shell; ${X} inside a word is not.</summary>
    private static string Argument(ScriptField field)
    {
        if (!ScriptExpansion.HasReference(field.Text)) { return Quote.Argument(field.Text); }
        if (field.Splits) { return "$" + field.Text[1..^1]; }
        var text = new StringBuilder("\"");
        for (int i = 0; i < field.Text.Length;)
        {
            int open = field.Text.IndexOf(ScriptExpansion.Open, i);
            int end = open < 0 ? field.Text.Length : open;
            if (end > i)
            {
                string quoted = Quote.Argument(field.Text[i..end]);
                text.Append(quoted.StartsWith('"') ? quoted[1..^1] : quoted);
            }
            if (open < 0) { break; }
            int close = field.Text.IndexOf(ScriptExpansion.Close, open);
            text.Append("${").Append(field.Text, open + 1, close - open - 1).Append('}');
            i = close + 1;
        }
        return text.Append('"').ToString();
    }

    private static string Shown(string text) => text.Replace(ScriptExpansion.Open.ToString(), "${", StringComparison.Ordinal).Replace(ScriptExpansion.Close.ToString(), "}", StringComparison.Ordinal);
}
