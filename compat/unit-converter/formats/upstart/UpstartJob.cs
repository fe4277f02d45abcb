using System.Globalization;
using SysMaster.UnitConverter.Input;
using SysMaster.UnitConverter.Text;
using SysMaster.UnitFiles;

namespace SysMaster.UnitConverter.Formats.Upstart;

/// <summary>One job being read.</summary>
internal sealed class UpstartJob
{
    private readonly SourceText _source;
    private readonly Conversion _into;
    private readonly ConvertedUnit _unit;
    private string? _bad;
    private bool _task;
    private bool _manual;
    private string _type = "simple";

    public UpstartJob(SourceText source, Conversion into)
    {
        _source = source;
        _into = into;
        string name = source.FileName.EndsWith(".conf", StringComparison.Ordinal) ? source.FileName[..^5] : source.FileName;
        bool isTemplate = Array.Exists(source.Lines, l => l.StartsWith("instance ", StringComparison.Ordinal));
        _unit = into.Unit(isTemplate ? UnitNames.Template(name, UnitKind.Service) : UnitNames.Of(name, UnitKind.Service));
        _unit.Add("Unit", "Description", Quote.Line(name));
        _unit.Add("Unit", "SourcePath", Quote.Line(source.Path));
    }

    /// <param name="when">"" for the job itself; "pre-start" and the like.</param>
    public void Script(int line, string when, string body) => Process(line, when, $"/bin/sh -ec {Quote.Argument(body)}", "a script");

    public void Stanza(int line, string text)
    {
        int blank = text.IndexOfAny([' ', '\t']);
        string word = blank < 0 ? text : text[..blank], rest = blank < 0 ? "" : text[blank..].Trim();
        switch (word)
        {
            case "description": _unit.Set("Unit", "Description", Quote.Line(Unquoted(rest)), line); break;
            case "author" or "version" or "usage" or "emits": _into.Dropped(line, text, "for people, and for other jobs' events"); break;
            case "start" when rest.StartsWith("on ", StringComparison.Ordinal): new UpstartEvents(_unit, _into).Start(line, rest[3..]); break;
            case "stop" when rest.StartsWith("on ", StringComparison.Ordinal): new UpstartEvents(_unit, _into).Stop(line, rest[3..]); break;
            case "exec": Process(line, "", Exec(rest), rest); break;
            case "pre-start" or "post-start" or "pre-stop" or "post-stop" when rest.StartsWith("exec ", StringComparison.Ordinal): Process(line, word, Exec(rest[5..].Trim()), rest); break;
            case "respawn": Respawn(line, rest); break;
            case "task": _task = true; _into.Carried(line, text, "Type=oneshot"); break;
            case "manual": _manual = true; _into.Carried(line, text, "nothing wants the unit"); break;
            case "expect": Expect(line, rest); break;
            case "env": Variable(line, rest); break;
            case "export": _into.Dropped(line, text, "for the events of other jobs only"); break;
            case "instance": _into.Changed(line, text, "an instance of the template; %i is its name, where the job had variables"); break;
            case "console": _into.Changed(line, text, "the journal has the output"); break;
            default: Setting(line, word, rest, text); break;
        }
    }

    public void Finish()
    {
        if (_bad is not null)
        {
            // Nothing that may run as somebody else is written.
            _into.Forget(_unit);
            return;
        }
        if (!_unit.Has("Service", "ExecStart"))
        {
            _unit.Add("Service", "ExecStart", "/bin/true");
            _task = true;
            _unit.Add("Service", "RemainAfterExit", "yes");
            _into.Changed(0, "no process of its own", "a unit that stays active when its pre-start has run");
        }
        _unit.Set("Service", "Type", _task ? "oneshot" : _type);
        if (_manual) { _unit.Drop("Install"); }
    }

    private static string Exec(string command) => CommandText.Words(command) is { } words && words[0].StartsWith('/') ? CommandText.Exec(words) : $"/bin/sh -ec {Quote.Argument("exec " + command)}";

    private static string Unquoted(string text) => text.Length >= 2 && text[0] is '"' or '\'' && text[^1] == text[0] ? text[1..^1] : text;

    private void Process(int line, string when, string exec, string what)
    {
        string? directive = when switch { "" => "ExecStart", "pre-start" => "ExecStartPre", "post-start" => "ExecStartPost", "pre-stop" => "ExecStop", "post-stop" => "ExecStopPost", _ => null };
        if (directive is null)
        {
            _into.Error(line, when, "no process that a job has, left out");
            return;
        }
        _unit.Set("Service", directive, exec, line);
        _into.Carried(line, what, directive + "=");
    }

    private void Respawn(int line, string rest)
    {
        string[] words = rest.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        _unit.Set("Service", "Restart", "always", line);
        if (words is ["limit", "unlimited"]) { _unit.Set("Unit", "StartLimitIntervalSec", "0", line); }
        else if (words is ["limit", var burst, var seconds] && IsNumber(burst) && IsNumber(seconds))
        {
            _unit.Set("Unit", "StartLimitBurst", burst, line);
            _unit.Set("Unit", "StartLimitIntervalSec", seconds + "s", line);
        }
        else if (!_unit.Has("Unit", "StartLimitBurst"))
        {
            // init(5): ten times in five seconds unless said otherwise.
            _unit.Set("Unit", "StartLimitBurst", "10", line);
            _unit.Set("Unit", "StartLimitIntervalSec", "5s", line);
        }
        _into.Carried(line, ("respawn " + rest).Trim(), "Restart=always");
    }

    private static bool IsNumber(string text) => text.Length is > 0 and < 10 && text.All(char.IsAsciiDigit);

    private void Expect(int line, string rest)
    {
        _type = rest is "fork" or "daemon" ? "forking" : "simple";
        if (rest == "stop") { _into.Changed(line, "expect stop", "Type=simple: the daemon must not stop itself (SIGSTOP) any more, or nobody wakes it"); }
        else { _into.Carried(line, "expect " + rest, $"Type={_type}"); }
    }

    private void Variable(int line, string rest)
    {
        int equals = rest.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? rest : rest[..equals];
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')) { _into.Error(line, rest, "is no variable, left out"); }
        else if (equals < 0) { _into.Dropped(line, "env " + rest, "has the value of the event, which a unit does not know"); }
        else
        {
            _unit.Add("Service", "Environment", Quote.ListWord($"{name}={Unquoted(rest[(equals + 1)..])}"), line);
            _into.Carried(line, "env " + name, "Environment=");
        }
    }

    private void Setting(int line, string word, string rest, string text)
    {
        string[] words = rest.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        switch (word)
        {
            case "setuid" or "setgid":
                if (!UserText.IsName(Unquoted(rest)))
                {
                    _bad = rest;
                    _into.Error(line, text, "left out: not a user that a unit can have, and it must not run as anybody else");
                }
                else { Set(word == "setuid" ? "User" : "Group", Unquoted(rest)); }
                break;
            case "chdir" or "chroot" when Quote.IsPlain(Unquoted(rest)) && Unquoted(rest).StartsWith('/'): Set(word == "chdir" ? "WorkingDirectory" : "RootDirectory", Quote.Line(Unquoted(rest))); break;
            case "umask" when rest.Length is > 0 and <= 4 && rest.All(c => c is >= '0' and <= '7'): Set("UMask", rest); break;
            case "nice" when int.TryParse(rest, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int nice) && nice is >= -20 and <= 19: Set("Nice", rest.TrimStart('+')); break;
            case "oom" when words is ["score", var score]: Set("OOMScoreAdjust", score == "never" ? "-1000" : score); break;
            case "kill" when words is ["timeout", var seconds] && IsNumber(seconds): Set("TimeoutStopSec", seconds + "s"); break;
            case "kill" when words is ["signal", var signal] && IsSignal(signal): Set("KillSignal", Named(signal)); break;
            case "reload" when words is ["signal", var signal] && IsSignal(signal): Set("ExecReload", $"/bin/kill -{Named(signal)[3..]} $MAINPID"); break;
            case "limit" when words is [var limit, var soft, var hard] && UpstartLimits.Find(limit) is { } directive: Set(directive, $"{UpstartLimits.Value(soft)}:{UpstartLimits.Value(hard)}"); break;
            case "normal" when words is ["exit", .. var codes] && codes.All(c => byte.TryParse(c, out _) || IsSignal(c)): Set("SuccessExitStatus", string.Join(' ', codes.Select(c => char.IsAsciiDigit(c[0]) ? c : Named(c)))); break;
            case "apparmor" when words is ["switch", var profile] && Quote.IsPlain(profile): Set("AppArmorProfile", Quote.Line(profile)); break;
            default: _into.Dropped(line, text, "has no word in a unit"); break;
        }

        void Set(string directive, string value)
        {
            _unit.Set("Service", directive, value, line);
            _into.Carried(line, text, $"{directive}={value}");
        }
    }

    private static bool IsSignal(string text) => SignalText.TryParse(System.Text.Encoding.UTF8.GetBytes(Named(text)), out _);

    private static string Named(string text) => text.StartsWith("SIG", StringComparison.Ordinal) || text.Length > 0 && char.IsAsciiDigit(text[0]) ? text : "SIG" + text;
}
