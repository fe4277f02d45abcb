namespace SysMaster.Systemctl;

/// <summary>list-automounts: what is mounted when somebody looks.</summary>
internal static class ListAutomounts
{
    private sealed record Row(string Machine, string Unit, string What, string Where, ulong IdleUsec, bool IsMounted);

    public static int Run(Session session, string[] words) => UnitTable.Run(session, words[1..], ".automount", (callers, settings) =>
    {
        List<Row> rows = [.. callers.Select(c => Read(c.Item1, c.Item2))];
        rows.Sort((a, b) => CaseFold.Compare(a.Machine, b.Machine) is var machine && machine != 0 ? machine : string.CompareOrdinal(a.Where, b.Where));
        var table = new Table("what", "where", "mounted", "idle timeout", "unit");
        foreach (Row row in rows)
        {
            string id = row.Machine.Length > 0 ? $"{row.Machine}:{row.Unit}" : row.Unit;
            bool hasTimeout = row.IdleUsec != ulong.MaxValue;
            table.Add(
                new Cell(row.What), new Cell(row.Where), new Cell(row.IsMounted ? "yes" : "no", row.IsMounted),
                new Cell(hasTimeout ? TimeWords.Span(row.IdleUsec, 1000) : "", hasTimeout ? row.IdleUsec : null), new Cell(id));
        }
        return table;
    }, "automounts");

    private static Row Read(Caller caller, UnitInfo unit)
    {
        const string Automount = "org.freedesktop.systemd1.Automount";
        string where = caller.GetText(unit.Path, Automount, "Where", out _) ?? "";
        ulong idle = caller.GetValue(unit.Path, Automount, "TimeoutIdleUSec", out _) is ulong usec ? usec : ulong.MaxValue;
        string mount = unit.Id[..^".automount".Length] + ".mount";
        string path = UnitPath.Of(mount);
        string what = caller.GetText(path, "org.freedesktop.systemd1.Mount", "What", out _) ?? "";
        bool mounted = UnitState.Active(caller, mount, out _) is "active";
        return new Row(unit.Machine, unit.Id, what, where, idle, mounted);
    }
}
