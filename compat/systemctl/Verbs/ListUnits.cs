using SysMaster.DBus.Wire;

namespace SysMaster.Systemctl;

/// <summary>list-units: what is in memory.</summary>
internal static class ListUnits
{
    private static readonly string[] s_badLoads = ["error", "not-found", "bad-setting", "masked"];

    public static int Run(Session session, string[] words)
    {
        if (session.Manager() is not { } caller) { return 1; }
        Settings settings = session.Settings;
        List<string> patterns = [.. words[1..]];
        if (settings.WithDependencies && patterns.Count > 0)
        {
            if (UnitNames.Expand(session, caller, patterns) is not { } names || Dependencies.Closure(session, caller, names) is not { } all) { return 1; }
            patterns = all;
        }
        if (UnitList.Get(session, caller, patterns) is not { } units) { return 1; }
        if (settings.Recursive)
        {
            foreach ((string machine, Caller other) in Machines.Callers())
            {
                if (UnitList.Get(session, other, patterns, machine) is { } theirs) { units.AddRange(theirs); }
            }
        }
        units.Sort(UnitInfo.Compare);
        Pager.Open(settings);
        Print(units, settings);
        return 0;
    }

    private static void Print(List<UnitInfo> units, Settings settings)
    {
        var table = new Table("", "unit", "load", "active", "sub", "job", "description");
        table.CutAt(1, 33);
        int jobs = 0;
        for (int i = 0; i < units.Count; i++)
        {
            UnitInfo unit = units[i];
            bool isLastOfType = i + 1 < units.Count && units[i + 1].Suffix != unit.Suffix;
            table.Add(Row(unit, settings, isLastOfType));
            if (unit.JobId > 0) { jobs++; }
        }
        if (settings.Plain) { table.Hide(0); }
        if (jobs == 0) { table.Hide(5); }
        table.Print(settings);
        if (!settings.NoLegend) { PrintLegend(units.Count, jobs, settings); }
    }

    private static Cell[] Row(UnitInfo unit, Settings settings, bool isLastOfType)
    {
        string circle = "", on = "", onLoad = "", onActive = "";
        if (s_badLoads.Contains(unit.Load))
        {
            (circle, on, onLoad) = (Marker.Of("active"), Colors.HighlightYellow, Colors.HighlightRed);
        }
        else if (unit.Active == "failed")
        {
            (circle, on, onActive) = (Marker.Of("active"), Colors.HighlightRed, Colors.HighlightRed);
        }
        if (settings.Plain) { circle = on = onLoad = onActive = ""; }
        string id = unit.Machine.Length > 0 ? $"{unit.Machine}:{unit.Id}" : unit.Id;
        Cell[] cells =
        [
            new(circle.Length > 0 ? circle : " ", on), new(id, onActive), new(unit.Load, onLoad), new(unit.Active, onActive), new(unit.Sub, onActive),
            unit.JobId > 0 ? new(unit.JobType) : new("", ""), new(unit.Description),
        ];
        // A row with a sign is underlined where it has a colour, and in the last two columns.
        bool isBad = on.Length > 0;
        return [.. cells.Select((c, i) => c with { IsUnderlined = isLastOfType && (!isBad || c.Color.Length > 0 || i >= 5), PaintsGap = true })];
    }

    private static void PrintLegend(int count, int jobs, Settings settings)
    {
        if (count > 0)
        {
            Stdio.Write("\nLOAD   = Reflects whether the unit definition was properly loaded.\n"
                + "ACTIVE = The high-level unit activation state, i.e. generalization of SUB.\n"
                + "SUB    = The low-level unit activation state, values depend on unit type.\n");
            if (jobs > 0) { Stdio.Write("JOB    = Pending job for the unit.\n\n"); }
        }
        bool all = settings.All || settings.States.Contains("inactive"), isPainted = all || settings.States.Count == 0;
        string on = !isPainted ? "" : count > 0 ? Colors.Highlight : Colors.HighlightRed;
        string hint = all || settings.States.Count > 0 ? "" : $" {Colors.Grey}Pass --all to see loaded but inactive units, too.{Colors.Normal}";
        Stdio.Line($"{on}{count} loaded units listed.{(isPainted ? Colors.Normal : "")}{hint}");
        if (all || settings.States.Count == 0) { Stdio.Line($"{Colors.Grey}To show all installed unit files use 'systemctl list-unit-files'.{Colors.Normal}"); }
    }
}
