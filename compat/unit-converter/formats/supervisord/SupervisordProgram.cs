using System.Globalization;
using SysMaster.UnitConverter.Input;
using SysMaster.UnitConverter.Text;
using SysMaster.UnitFiles;

namespace SysMaster.UnitConverter.Formats.Supervisord;

/// <summary>One [program:x].</summary>
internal sealed class SupervisordProgram(string name, IReadOnlyList<IniLine> lines, SourceText source, Conversion into)
{
    /// <summary>The units of a program: one, or as many instances of its template as it has processes.</summary>
    public static IEnumerable<string> Units(string program, IReadOnlyList<IniLine> settings)
    {
        int processes = Count(settings);
        if (processes <= 1) { return [UnitNames.Of(program, UnitKind.Service)]; }
        string template = UnitNames.Template(program, UnitKind.Service);
        int at = template.IndexOf('@', StringComparison.Ordinal) + 1;
        return Enumerable.Range(0, processes).Select(i => template.Insert(at, i.ToString(CultureInfo.InvariantCulture)));
    }

    public void Write()
    {
        if (Find("command") is not { } command)
        {
            into.Error(lines[0].Line, $"[program:{name}]", "left out: it has no command");
            return;
        }
        if (Find("user") is { } owner && !UserText.IsName(owner.Value))
        {
            into.Error(owner.Line, owner.Value, "left out: not a user that a unit can have, and it must not run as anybody else");
            return;
        }
        bool many = Count(lines) > 1;
        ConvertedUnit unit = into.Unit(many ? UnitNames.Template(name, UnitKind.Service) : UnitNames.Of(name, UnitKind.Service));
        unit.Add("Unit", "Description", Quote.Line($"{name} ({source.Path})"), lines[0].Line);
        unit.Add("Unit", "SourcePath", Quote.Line(source.Path));
        string text = Expanded(command.Value, many, command.Line);
        unit.Add("Service", "ExecStart", text, command.Line);
        // autorestart is "unexpected" unless said otherwise, and exit code 0 is expected.
        if (Find("autorestart") is null) { unit.Add("Service", "Restart", "on-failure"); }
        if (Find("startretries") is null) { unit.Add("Unit", "StartLimitBurst", "4"); }
        unit.Add("Service", "RestartSec", "1s");
        if (Find("stopwaitsecs") is null) { unit.Add("Service", "TimeoutStopSec", "10s"); }
        if (!lines.Any(l => l.Key is "stopasgroup" or "killasgroup" && IsTrue(l.Value))) { unit.Add("Service", "KillMode", "mixed"); }
        foreach (IniLine line in lines) { Take(line, unit, many); }
        if (Find("autostart") is not { } start || IsTrue(start.Value)) { unit.Add("Install", "WantedBy", "multi-user.target"); }
        into.Carried(command.Line, $"[program:{name}]", unit.Name);
        into.Advice(0, "the old program", $"take [program:{name}] out of supervisord before {unit.Name} is started");
    }

    private static bool IsTrue(string value) => value.ToLowerInvariant() is "true" or "yes" or "on" or "1";

    /// <summary>More than a thousand are somebody's mistake.</summary>
    private static int Count(IReadOnlyList<IniLine> settings)
        => settings.LastOrDefault(l => l.Key == "numprocs") is { } line && int.TryParse(line.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? Math.Min(number, 1000) : 1;

    private IniLine? Find(string key) => lines.LastOrDefault(l => l.Key == key);

    /// <summary>%(ENV_X)s and its like; a program by name is looked for in PATH by the manager too.</summary>
    private string Expanded(string command, bool many, int line)
    {
        string plain = command.Replace("\n", " ", StringComparison.Ordinal).Replace("%%", "%", StringComparison.Ordinal).Replace("%(program_name)s", name, StringComparison.Ordinal).Replace("%(group_name)s", name, StringComparison.Ordinal)
            .Replace("%(here)s", source.Folder, StringComparison.Ordinal).Replace("%(numprocs)d", Find("numprocs")?.Value ?? "1", StringComparison.Ordinal);
        if (plain.Contains("%(", StringComparison.Ordinal) && !many) { into.Changed(line, command, "what supervisord puts in for %(…) is not known: look the command over"); }
        // supervisord splits as a shell does, and never runs one: no variables, no redirection.
        string[] words = [.. Split(plain)];
        if (words.Length == 0) { words = ["/bin/false"]; }
        string exec = CommandText.Exec(words);
        if (!many) { return exec; }
        into.Changed(line, "numprocs", "instances of a template: systemctl enable NAME@0 NAME@1 …, %i is the number");
        foreach (string number in (string[])["%%(process_num)d", "%%(process_num)02d", "%%(process_num)s"]) { exec = exec.Replace(number, "%i", StringComparison.Ordinal); }
        return exec;
    }

    private static List<string> Split(string text)
    {
        var words = new List<string>();
        var word = new System.Text.StringBuilder();
        char quote = '\0';
        bool any = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quote != '\0' && c == quote) { quote = '\0'; }
            else if (quote == '\0' && c is '"' or '\'') { (quote, any) = (c, true); }
            else if (c == '\\' && quote != '\'' && i + 1 < text.Length) { word.Append(text[++i]); }
            else if (quote == '\0' && c is ' ' or '\t')
            {
                if (any || word.Length > 0) { words.Add(word.ToString()); }
                word.Clear();
                any = false;
            }
            else { word.Append(c); }
        }
        if (any || word.Length > 0) { words.Add(word.ToString()); }
        return words;
    }

    private void Take(IniLine line, ConvertedUnit unit, bool many)
    {
        (int at, string key, string value) = (line.Line, line.Key, line.Value);
        bool isSeconds = value.Length is > 0 and < 8 && value.All(char.IsAsciiDigit);
        switch (key)
        {
            case "command" or "autostart" or "stopasgroup" or "killasgroup": break;
            case "numprocs" when many || value == "1": break;
            case "user": Set("User", value); break;
            case "directory" when Quote.IsPlain(value) && value.StartsWith('/'): Set("WorkingDirectory", Quote.Line(value)); break;
            case "umask" when value.Length is > 0 and <= 4 && value.All(c => c is >= '0' and <= '7'): Set("UMask", value); break;
            case "priority": into.Dropped(at, $"{key}={value}", "units start at once: After= and Before= order them"); break;
            case "autorestart": Set("Restart", IsTrue(value) ? "always" : value.Equals("unexpected", StringComparison.OrdinalIgnoreCase) ? "on-failure" : "no"); break;
            case "exitcodes": Exits(line, unit); break;
            case "startretries" when isSeconds: unit.Add("Unit", "StartLimitBurst", (int.Parse(value, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture), at); break;
            case "startsecs": into.Changed(at, $"{key}={value}", "a service counts as started at once; Restart= and StartLimitBurst= take care of one that ends soon"); break;
            case "stopsignal": Signal(line, unit); break;
            case "stopwaitsecs" when isSeconds: Set("TimeoutStopSec", value + "s"); break;
            case "redirect_stderr": into.Carried(at, $"{key}={value}", "both go to the journal"); break;
            case "stdout_logfile" or "stderr_logfile": Log(line, unit); break;
            case "environment": Variables(line, unit); break;
            case "stdout_syslog" or "stderr_syslog": into.Carried(at, $"{key}={value}", "the journal takes everything"); break;
            default: into.Dropped(at, $"{key}={value}", key.Contains("logfile_", StringComparison.Ordinal) || key.Contains("capture", StringComparison.Ordinal) ? "the journal keeps and rotates the output" : "no word in a unit"); break;
        }

        void Set(string directive, string text)
        {
            unit.Set("Service", directive, text, at);
            into.Carried(at, $"{key}={value}", $"{directive}={text}");
        }
    }

    private void Exits(IniLine line, ConvertedUnit unit)
    {
        string[] codes = [.. line.Value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)];
        if (codes.Any(c => !byte.TryParse(c, NumberStyles.None, CultureInfo.InvariantCulture, out _))) { into.Error(line.Line, line.Value, "is no list of exit codes, left out"); }
        else if (codes.Any(c => c != "0"))
        {
            unit.Set("Service", "SuccessExitStatus", string.Join(' ', codes.Where(c => c != "0")), line.Line);
            into.Carried(line.Line, $"exitcodes={line.Value}", "SuccessExitStatus=");
        }
    }

    private void Signal(IniLine line, ConvertedUnit unit)
    {
        string signal = line.Value.StartsWith("SIG", StringComparison.Ordinal) ? line.Value : "SIG" + line.Value;
        if (!SignalText.TryParse(System.Text.Encoding.UTF8.GetBytes(signal), out _)) { into.Error(line.Line, line.Value, "is no signal, left out"); }
        else if (signal != "SIGTERM")
        {
            unit.Set("Service", "KillSignal", signal, line.Line);
            into.Carried(line.Line, $"stopsignal={line.Value}", $"KillSignal={signal}");
        }
    }

    private void Log(IniLine line, ConvertedUnit unit)
    {
        string directive = line.Key.StartsWith("stdout", StringComparison.Ordinal) ? "StandardOutput" : "StandardError";
        if (line.Value is "NONE" or "none" or "/dev/null") { unit.Set("Service", directive, "null", line.Line); }
        else if (line.Value.StartsWith("/dev/", StringComparison.Ordinal) || line.Value is "AUTO" or "syslog" or "") { into.Changed(line.Line, $"{line.Key}={line.Value}", "the journal"); }
        else if (line.Value.StartsWith('/') && Quote.IsPlain(line.Value) && !line.Value.Contains("%(", StringComparison.Ordinal))
        {
            unit.Set("Service", directive, "append:" + Quote.Line(line.Value), line.Line);
            into.Changed(line.Line, $"{line.Key}={line.Value}", $"{directive}=append:, which nothing rotates but logrotate");
        }
        else { into.Changed(line.Line, $"{line.Key}={line.Value}", "the journal: not a path that a unit can name"); }
    }

    /// <summary>KEY="value",KEY2=value</summary>
    private void Variables(IniLine line, ConvertedUnit unit)
    {
        string text = line.Value;
        for (int i = 0; i < text.Length;)
        {
            while (i < text.Length && text[i] is ',' or ' ' or '\n' or '\t') { i++; }
            int equals = i < text.Length ? text.IndexOf('=', i) : -1;
            if (equals < 0) { break; }
            string key = text[i..equals].Trim();
            var value = new System.Text.StringBuilder();
            char quote = equals + 1 < text.Length && text[equals + 1] is '"' or '\'' ? text[equals + 1] : '\0';
            i = equals + (quote == '\0' ? 1 : 2);
            while (i < text.Length && (quote == '\0' ? text[i] is not (',' or '\n') : text[i] != quote)) { value.Append(text[i++]); }
            i++;
            if (key.Length == 0 || !key.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')) { into.Error(line.Line, key, "is no name of a variable, left out"); }
            else { unit.Add("Service", "Environment", Quote.ListWord($"{key}={value.Replace("%%", "%")}"), line.Line); }
        }
        into.Carried(line.Line, "environment", "Environment=");
    }
}
