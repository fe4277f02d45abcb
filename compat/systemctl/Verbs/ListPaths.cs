namespace SysMaster.Systemctl;

/// <summary>list-paths: what is watched for, and what is started when it comes. systemctl 254.</summary>
internal static class ListPaths
{
    private sealed record Row(string Machine, string Path, string Condition, string Unit, string[] Activates);

    public static int Run(Session session, string[] words) => UnitTable.Run(session, words[1..], ".path", (callers, settings) =>
    {
        var rows = new List<Row>();
        foreach ((Caller caller, UnitInfo unit) in callers)
        {
            string[] triggers = caller.GetValue(unit.Path, Caller.UnitInterface, "Triggers", out _) is object[] t ? [.. t.Cast<string>()] : [];
            if (caller.GetValue(unit.Path, "org.freedesktop.systemd1.Path", "Paths", out BusError? error) is not object[] paths)
            {
                _ = Log.Error($"Failed to get paths: {error}");
                continue;
            }
            rows.AddRange(paths.Cast<object[]>().Select(p => new Row(unit.Machine, (string)p[1], (string)p[0], unit.Id, triggers)));
        }
        rows.Sort(Compare);
        var table = new Table("path", "condition", "unit", "activates");
        foreach (Row row in rows)
        {
            string id = row.Machine.Length > 0 ? $"{row.Machine}:{row.Unit}" : row.Unit;
            table.Add(new Cell(row.Path), new Cell(row.Condition), new Cell(id), UnitTable.Names(row.Activates));
        }
        return table;
    }, "paths");

    private static int Compare(Row a, Row b)
    {
        int machine = CaseFold.Compare(a.Machine, b.Machine);
        if (machine != 0) { return machine; }
        int path = string.CompareOrdinal(a.Path, b.Path);
        if (path != 0) { return path; }
        int condition = string.CompareOrdinal(a.Condition, b.Condition);
        return condition != 0 ? condition : string.CompareOrdinal(a.Unit, b.Unit);
    }
}
