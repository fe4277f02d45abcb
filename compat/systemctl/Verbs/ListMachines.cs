using System.Globalization;
using SysMaster.Linux;
using SysMaster.UnitFiles.Install;

namespace SysMaster.Systemctl;

/// <summary>list-machines: this host and its containers, and how each is.</summary>
internal static class ListMachines
{
    public static int Run(Session session, string[] words)
    {
        Settings settings = session.Settings;
        if (LibC.geteuid() != 0) { Log.Info("Notice: some information only available to privileged users was not shown."); }
        if (session.Manager() is not { } host) { return 1; }
        string[] patterns = words[1..];
        var table = new Table("", "name", "state", "failed", "jobs");
        if (Matches(Sys.Uname(1), patterns)) { table.Add(Row($"{Sys.Uname(1)} (host)", host)); }
        foreach (string name in Machines.Names().Where(n => n != ".host" && Matches(n, patterns))) { table.Add(Row(name, Machines.Open(name))); }
        Pager.Open(settings);
        if (settings.Plain) { table.Hide(0); }
        table.Print(settings);
        if (!settings.NoLegend) { Stdio.Line($"\n{table.Count} machines listed."); }
        return 0;
    }

    private static bool Matches(string name, string[] patterns) => patterns.Length == 0 || patterns.Any(p => Glob.Matches(p, name));

    private static Cell[] Row(string name, Caller? caller)
    {
        string state = caller?.GetText(Caller.ManagerPath, Caller.ManagerInterface, "SystemState", out _) ?? "";
        uint failed = Number(caller, "NFailedUnits"), jobs = Number(caller, "NJobs");
        (string circle, string color) = state switch
        {
            "degraded" => (Marker.Of("active"), Colors.HighlightRed),
            "running" => (" ", ""),
            _ => (Marker.Of("active"), Colors.HighlightYellow),
        };
        return
        [
            new(circle, color), new(name), new(state, color), new(failed.ToString(CultureInfo.InvariantCulture), failed, failed > 0 ? Colors.HighlightRed : ""),
            new(jobs.ToString(CultureInfo.InvariantCulture), jobs),
        ];
    }

    private static uint Number(Caller? caller, string property)
        => caller?.GetValue(Caller.ManagerPath, Caller.ManagerInterface, property, out _) is uint n ? n : 0;
}
