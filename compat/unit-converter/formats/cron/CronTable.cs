using SysMaster.UnitConverter.Input;
using SysMaster.UnitConverter.Text;
using SysMaster.UnitFiles;

namespace SysMaster.UnitConverter.Formats.Cron;

/// <summary>One crontab being converted: its variables hold from their line on.</summary>
internal sealed class CronTable(SourceText source, InputOptions options, Conversion into)
{
    private readonly List<(string Name, string Value, int Line)> _variables = [];
    private readonly bool _hasUsers = HasUserColumn(source, options);
    private readonly string _user = options.User ?? (source.Path.Contains("/cron/crontabs/", StringComparison.Ordinal) || source.Folder == "/var/spool/cron" ? source.FileName : "root");
    private string? _zone;
    private string? _delay;
    private string? _mail;
    private bool _saidUser;

    public void Take(int line, string text)
    {
        if (text.Length == 0 || text[0] == '#') { return; }
        if (CronLine.Variable(text) is { } variable) { TakeVariable(line, variable.Name, variable.Value); }
        else if (CronLine.Schedule(text, out string rest, out string bad) is { } schedule) { TakeJob(line, schedule, rest); }
        else { into.Error(line, text, $"is no crontab line, left out: {bad}"); }
    }

    public void Finish()
    {
        if (into.Units.Count > 0) { into.Advice(0, "the old entries", "take them out of the crontab (or stop cron) when the timers are enabled, or each job runs twice"); }
    }

    private void TakeVariable(int line, string name, string value)
    {
        switch (name)
        {
            case "CRON_TZ": _zone = value; break;
            case "RANDOM_DELAY": _delay = value; break;
            case "MAILTO" or "MAILFROM" or "CONTENT_TYPE" or "CONTENT_TRANSFER_ENCODING":
                _mail = value;
                into.Dropped(line, $"{name}={value}", "output goes to the journal, not into mail; OnFailure= of a service can name a unit that sends one");
                break;
            default:
                _variables.RemoveAll(v => v.Name == name);
                _variables.Add((name, value, line));
                break;
        }
    }

    private void TakeJob(int line, CronSchedule schedule, string rest)
    {
        bool keepFailures = !rest.StartsWith('-');   // SUSE and Debian: "-" before the user keeps the run out of syslog
        if (!keepFailures) { rest = rest[1..].TrimStart(); }
        string user = _user;
        if (_hasUsers)
        {
            string[] words = rest.Split([' ', '\t'], 2, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2)
            {
                into.Error(line, rest, "left out: there is no command after the user");
                return;
            }
            (user, rest) = (words[0], words[1]);
        }
        string group = "";
        if (user.Split(':', 2) is [var name, var also]) { (user, group) = (name, also); }
        if (!UserText.IsName(user) || (group.Length > 0 && !UserText.IsName(group)))
        {
            into.Error(line, user, "left out: not a user name that a unit can have, and it must not run as anybody else");
            return;
        }
        if (!_hasUsers && options.User is null && user == "root" && !_saidUser)
        {
            _saidUser = true;
            into.Advice(line, "no user column", "taken to be root's; --user names another");
        }
        Write(line, schedule, user, group, CronCommand.Parse(rest));
    }

    private void Write(int line, CronSchedule schedule, string user, string group, CronCommand command)
    {
        if (command.Command.Length == 0)
        {
            into.Error(line, "", "left out: there is no command");
            return;
        }
        string stem = UnitNames.Of($"cron-{source.FileName}-{command.Word}", UnitKind.Service);
        ConvertedUnit service = into.Unit(stem);
        service.Add("Unit", "Description", Quote.Line($"{command.Command} ({source.Path}:{line})"), line);
        service.Add("Unit", "SourcePath", Quote.Line(source.Path));
        // A job of the boot may never end, and must not hold the boot up; one of a timer is done when it ends.
        service.Add("Service", "Type", schedule.IsReboot ? "simple" : "oneshot", line);
        service.Add("Service", "User", user, line);
        if (group.Length > 0) { service.Add("Service", "Group", group, line); }
        service.Add("Service", "WorkingDirectory", "-~");
        string shell = "/bin/sh";
        foreach ((string name, string value, int at) in _variables)
        {
            if (name == "SHELL" && value.StartsWith('/') && Quote.IsPlain(value)) { shell = value; }
            service.Add("Service", "Environment", Quote.ListWord($"{name}={value}"), at);
        }
        if (!_variables.Exists(v => v.Name == "PATH")) { service.Add("Service", "Environment", "PATH=/usr/bin:/bin"); }
        service.Add("Service", "ExecStart", $"{Quote.Program(shell)} -c {Quote.Argument(command.Command)}", line);
        if (command.Input is { } input)
        {
            service.Add("Service", "StandardInput", "data", line);
            service.Add("Service", "StandardInputText", Escaped(input.TrimEnd('\n')), line);
        }
        // cron leaves what a job put in the background alone.
        service.Add("Service", "KillMode", "process");
        if (schedule.IsReboot) { AtBoot(line, service, command); }
        else { Timer(line, schedule, service, command); }
    }

    private void AtBoot(int line, ConvertedUnit service, CronCommand command)
    {
        service.Add("Install", "WantedBy", "multi-user.target", line);
        into.Changed(line, $"@reboot {command.Command}", $"{service.Name}: started with multi-user.target, not after cron");
    }

    private void Timer(int line, CronSchedule schedule, ConvertedUnit service, CronCommand command)
    {
        ConvertedUnit timer = into.Unit(service.Name[..^".service".Length] + ".timer");
        timer.Add("Unit", "Description", Quote.Line($"{command.Word} as in {source.Path}:{line}"), line);
        timer.Add("Unit", "SourcePath", Quote.Line(source.Path));
        foreach (string calendar in schedule.Calendars)
        {
            timer.Add("Timer", "OnCalendar", _zone is { Length: > 0 } zone && Quote.IsPlain(zone) ? $"{calendar} {Quote.Line(zone)}" : calendar, line);
        }
        timer.Add("Timer", "AccuracySec", "1s");
        if (_delay is not null)
        {
            if (_delay.Length is > 0 and < 6 && _delay.All(char.IsAsciiDigit)) { timer.Add("Timer", "RandomizedDelaySec", _delay + "min"); }
            else { into.Dropped(line, $"RANDOM_DELAY={_delay}", "is no number of minutes"); }
        }
        timer.Add("Install", "WantedBy", "timers.target");
        into.Carried(line, command.Command, $"{service.Name}, when {timer.Name} says: {string.Join(" or ", schedule.Calendars)}");
        if (_mail is null) { into.Changed(line, "mail of what it prints", "the journal has it"); }
    }

    /// <summary>StandardInputText= takes escapes as C has them, and specifiers.</summary>
    private static string Escaped(string text)
    {
        string word = Quote.ListWord(" " + text);
        return word[2..^1].Replace("\\\"", "\"", StringComparison.Ordinal) is var inner && inner.StartsWith(' ') ? "\\x20" + inner[1..] : inner;
    }

    /// <summary>
    /// A system crontab? By its place; else when the word before the command is a user of the system on every line.
    /// </summary>
    private static bool HasUserColumn(SourceText source, InputOptions options)
    {
        if (options.User is not null) { return false; }
        if (source.Path == "/etc/crontab" || source.Folder.EndsWith("/cron.d", StringComparison.Ordinal)) { return true; }
        if (source.Path.Contains("/spool/cron", StringComparison.Ordinal)) { return false; }
        HashSet<string> users = ["root", .. (options.ReadOther("/etc/passwd")?.Lines ?? []).Select(l => l.Split(':')[0]).Where(n => n.Length > 0)];
        bool any = false;
        foreach (string raw in source.Lines)
        {
            string line = raw.Trim();
            if (line.Length == 0 || line[0] == '#' || CronLine.Variable(line) is not null || CronLine.Schedule(line, out string rest, out _) is null) { continue; }
            string[] words = rest.TrimStart('-').Split([' ', '\t'], 2, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || !users.Contains(words[0].Split(':')[0])) { return false; }
            any = true;
        }
        return any;
    }
}
