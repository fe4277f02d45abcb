using SysMaster.DBus.Wire;
using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>status without a unit: the manager itself.</summary>
internal static class SystemStatus
{
    private const string Indent = "           ";

    public static int Print(Session session, Caller caller)
    {
        BusReply reply = caller.GetAll(Caller.ManagerPath, Caller.ManagerInterface);
        if (reply.Failed) { return Log.Error($"Failed to read server status: {reply.Error}"); }
        MessageReader reader = reply.Reader;
        var facts = new UnitFacts(BusValue.ReadProperties(ref reader));
        string state = facts.Text("SystemState");
        string color = state switch { "running" => Colors.HighlightGreen, "degraded" => Colors.HighlightRed, _ => Colors.HighlightYellow };
        string dot = Marker.Of("active");
        Stdio.Line($"{color}{dot}{(color.Length > 0 ? Colors.Normal : "")} {HostName(session.Settings)}");
        Line("State:", $"{color}{state}{(color.Length > 0 ? Colors.Normal : "")}");
        Line("Units:", $"{facts.Number("NNames")} loaded (incl. loaded aliases)");
        Line("Jobs:", $"{facts.Number("NJobs")} queued");
        Line("Failed:", $"{facts.Number("NFailedUnits")} units");
        ulong since = facts.Number("UserspaceTimestamp");
        Line("Since:", $"{TimeWords.Moment(since, session.Settings.Timestamp)}; {TimeWords.Relative(since)}");
        Line("systemd:", facts.Text("Version"));
        if (facts.Text("Tainted") is { Length: > 0 } taint) { Line("Tainted:", $"{Colors.HighlightYellow}{taint}{(Colors.IsOn ? Colors.Normal : "")}"); }
        string group = facts.Text("ControlGroup");
        Line("CGroup:", group.Length > 0 ? group : "/");
        new ProcessTree(session.Settings, Indent).Print(caller, "-.slice", group);
        return 0;
    }

    private static void Line(string label, string text) => Stdio.Line($"{label.PadLeft(10)} {text}");

    private static string HostName(Settings settings) => settings.Transport == Transport.Local ? Sys.Uname(1) : settings.Host;
}
