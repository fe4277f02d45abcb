using System.Globalization;
using SysMaster.UnitConverter.Text;
using SysMaster.UnitFiles;

namespace SysMaster.UnitConverter.Formats.Runit;

/// <summary>One service folder as a service.</summary>
internal sealed class RunitService(ServiceFolder folder, Conversion into)
{
    private static readonly string[] s_known =
    [
        "run", "finish", "check", "down", "log", "control", "supervise", "env", "type", "up", "dependencies", "dependencies.d", "timeout-kill", "timeout-finish", "timeout-up", "timeout-down", "down-signal",
        "notification-fd", "max-death-tally", "conf", "data", "event", "producer-for", "consumer-for", "pipeline-name", "essential", "flag-essential", "nosetsid", "root",
    ];

    private readonly ConvertedUnit _unit = into.Unit(UnitNames.Of(folder.Name, UnitKind.Service));

    public void WriteLongrun()
    {
        Head();
        _unit.Add("Service", "Type", "simple");
        _unit.Add("Service", "WorkingDirectory", Quote.Line(folder.Path));
        _unit.Add("Service", "ExecStart", folder.Exec("run"));
        _unit.Add("Service", "Restart", "always");
        // runsv and s6-supervise wait a second, and never give up.
        _unit.Add("Service", "RestartSec", "1s");
        _unit.Add("Unit", "StartLimitIntervalSec", "0");
        into.Carried(0, "run", "ExecStart=: it sets itself up and stays in the foreground, as a unit's process does");
        if (folder.Has("finish"))
        {
            _unit.Add("Service", "ExecStopPost", $"-/bin/sh -c {Quote.Argument($"exec {Quote.Shell(folder.Path + "/finish")} ")[..^1]}$${{EXIT_STATUS:-0}} 0\"");
            into.Changed(0, "finish", "ExecStopPost=, with the exit code as its first argument; the second is always 0");
        }
        Files();
        if (folder.Has("down"))
        {
            into.Carried(0, "down", "not to be enabled: nothing wants the unit");
        }
        else { _unit.Add("Install", "WantedBy", "multi-user.target"); }
        into.Advice(0, "the old service", $"take the link to {folder.Name} out of the scanned folder before the unit is started");
    }

    public void WriteOneshot()
    {
        Head();
        _unit.Add("Service", "Type", "oneshot");
        _unit.Add("Service", "RemainAfterExit", "yes");
        _unit.Add("Service", "ExecStart", "execlineb -P " + Quote.Argument(folder.Path + "/up"));
        if (folder.Has("down")) { _unit.Add("Service", "ExecStop", "execlineb -P " + Quote.Argument(folder.Path + "/down")); }
        into.Carried(0, "up", "ExecStart=: run by execlineb, which must stay installed");
        Files();
        _unit.Add("Install", "WantedBy", "multi-user.target");
    }

    private void Head()
    {
        _unit.Add("Unit", "Description", Quote.Line(folder.Name));
        _unit.Add("Unit", "SourcePath", Quote.Line(folder.Path + (folder.Has("run") ? "/run" : "/up")));
    }

    private void Files()
    {
        if (folder.Has("log")) { into.Dropped(0, "log/", "the journal has the output; the logger is not started"); }
        if (folder.Has("check")) { into.Dropped(0, "check", "a unit is not asked whether it is ready: Type=notify is for that"); }
        if (folder.Has("control"))
        {
            foreach (string file in folder.List("control")) { into.Dropped(0, $"control/{file}", "a signal of runsv's own: ExecStop= and ExecReload= are near it"); }
        }
        if (folder.Line("notification-fd") is { } fd) { into.Changed(0, $"notification-fd {fd}", "the service counts as started at once: systemd's readiness is another protocol"); }
        Time("timeout-kill", "TimeoutStopSec");
        Time("timeout-down", "TimeoutStopSec");
        Time("timeout-up", "TimeoutStartSec");
        if (folder.Line("timeout-finish") is { } finish) { into.Dropped(0, $"timeout-finish {finish}", "TimeoutStopSec= holds for it"); }
        if (folder.Line("max-death-tally") is { } tally) { into.Dropped(0, $"max-death-tally {tally}", "StartLimitBurst= is near it"); }
        if (folder.Line("down-signal") is { } signal)
        {
            string name = char.IsAsciiDigit(signal[0]) || signal.StartsWith("SIG", StringComparison.Ordinal) ? signal : "SIG" + signal;
            if (SignalText.TryParse(System.Text.Encoding.UTF8.GetBytes(name), out _)) { _unit.Set("Service", "KillSignal", name); }
            else { into.Error(0, $"down-signal {signal}", "is no signal, left out"); }
        }
        Dependencies();
        foreach (string name in folder.List())
        {
            if (!s_known.Contains(name) && !name.StartsWith('.')) { into.Advice(0, name, "a file that run may use: the unit runs in this folder"); }
        }
    }

    private void Time(string file, string directive)
    {
        if (folder.Line(file) is not { } text) { return; }
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long milliseconds)) { into.Error(0, $"{file} {text}", "is no number of milliseconds, left out"); }
        else
        {
            _unit.Set("Service", directive, milliseconds == 0 ? "infinity" : $"{milliseconds}ms");
            into.Carried(0, $"{file} {text}", directive + "=");
        }
    }

    private void Dependencies()
    {
        IEnumerable<string> names = folder.Has("dependencies.d") ? folder.List("dependencies.d") : folder.Read("dependencies")?.Lines.Select(l => l.Trim()) ?? [];
        foreach (string name in names.Where(n => n.Length > 0 && !n.StartsWith('#')))
        {
            _unit.AddOnce("Unit", "Requires", UnitNames.Of(name, UnitKind.Service));
            _unit.AddOnce("Unit", "After", UnitNames.Of(name, UnitKind.Service));
            into.Carried(0, $"dependency {name}", "Requires=, After=");
        }
    }
}
