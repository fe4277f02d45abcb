namespace SysMaster.Systemctl;

/// <summary>The lists of one unit type: which units, the table, the line at the end.</summary>
internal static class UnitTable
{
    /// <param name="suffix">".socket"</param>
    /// <param name="make">The table of these units.</param>
    /// <param name="things">"sockets"</param>
    public static int Run(Session session, string[] patterns, string suffix, Func<List<(Caller, UnitInfo)>, Settings, Table> make, string things)
    {
        if (session.Manager() is not { } caller) { return 1; }
        Settings settings = session.Settings;
        List<string> wanted = [];
        foreach (string pattern in patterns)
        {
            if (UnitNames.Mangle(pattern, settings.Quiet, UnitFiles.UnitKinds.FromWord(suffix.AsSpan(1)), globs: true) is not { } name) { return 1; }
            wanted.Add(name);
        }
        if (settings.WithDependencies && wanted.Count > 0)
        {
            if (UnitNames.Expand(session, caller, wanted) is not { } names || Dependencies.Closure(session, caller, names) is not { } all) { return 1; }
            wanted = all;
        }
        if (UnitList.Get(session, caller, wanted) is not { } units) { return 1; }
        List<(Caller, UnitInfo)> found = [.. units.Select(u => (caller, u))];
        if (settings.Recursive)
        {
            foreach ((string machine, Caller other) in Machines.Callers())
            {
                if (UnitList.Get(session, other, wanted, machine) is { } theirs) { found.AddRange(theirs.Select(u => (other, u))); }
            }
        }
        Pager.Open(settings);
        Table table = make([.. found.Where(f => f.Item2.Id.EndsWith(suffix, StringComparison.Ordinal))], settings);
        table.Print(settings);
        if (settings.NoLegend) { return 0; }
        string on = table.Count > 0 ? Colors.Highlight : Colors.HighlightRed;
        Stdio.Line($"\n{on}{table.Count} {things} listed.{Colors.Normal}");
        if (!settings.All) { Stdio.Line($"Pass --all to see loaded but inactive {things}, too."); }
        return 0;
    }

    /// <summary>Names in one cell: words for people, a name or a list for programs.</summary>
    public static Cell Names(string[] names) => names.Length switch
    {
        0 => new Cell(""),
        1 => new Cell(names[0]),
        _ => new Cell(string.Join(", ", names), names),
    };
}
