using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>list-timers: when each elapses next, when it did last.</summary>
internal static class ListTimers
{
    private sealed record Row(string Machine, ulong Next, ulong Last, string Unit, string[] Activates);

    public static int Run(Session session, string[] words) => UnitTable.Run(session, words[1..], ".timer", (callers, settings) =>
    {
        List<Row> rows = [.. callers.Select(c => Read(c.Item1, c.Item2))];
        rows.Sort(Compare);
        var table = new Table("next", "left", "last", "passed", "unit", "activates");
        foreach (Row row in rows)
        {
            string id = row.Machine.Length > 0 ? $"{row.Machine}:{row.Unit}" : row.Unit;
            table.Add(Moment(row.Next), Relative(row.Next), Moment(row.Last), Relative(row.Last), new Cell(id), UnitTable.Names(row.Activates));
        }
        return table;
    }, "timers");

    /// <summary>The earlier of the two, CLOCK_REALTIME microseconds; 0 or infinity when it never elapses.</summary>
    /// <param name="realtime">CLOCK_REALTIME; 0 for never.</param>
    /// <param name="monotonic">CLOCK_MONOTONIC; 0 for never.</param>
    public static ulong NextElapse(ulong realtime, ulong monotonic)
    {
        if (monotonic is 0 or ulong.MaxValue) { return realtime; }
        ulong now = TimeWords.Now(LibC.CLOCK_MONOTONIC), wall = TimeWords.Now(LibC.CLOCK_REALTIME);
        ulong converted = monotonic > now ? wall + (monotonic - now) : wall - Math.Min(wall, now - monotonic);
        return realtime is 0 or ulong.MaxValue ? converted : Math.Min(realtime, converted);
    }

    private static Row Read(Caller caller, UnitInfo unit)
    {
        const string Interface = "org.freedesktop.systemd1.Timer";
        string[] triggers = caller.GetValue(unit.Path, Caller.UnitInterface, "Triggers", out _) is object[] t ? [.. t.Cast<string>()] : [];
        ulong realtime = Number(caller, unit, Interface, "NextElapseUSecRealtime"), monotonic = Number(caller, unit, Interface, "NextElapseUSecMonotonic");
        return new Row(unit.Machine, NextElapse(realtime, monotonic), Number(caller, unit, Interface, "LastTriggerUSec"), unit.Id, triggers);
    }

    private static ulong Number(Caller caller, UnitInfo unit, string @interface, string property)
        => caller.GetValue(unit.Path, @interface, property, out _) is ulong n ? n : 0;

    private static Cell Moment(ulong usec) => new(TimeWords.Moment(usec, TimestampStyle.Pretty), JsonOf(usec));

    private static Cell Relative(ulong usec) => new(usec is 0 or ulong.MaxValue ? "" : TimeWords.Relative(usec), JsonOf(usec));

    private static object? JsonOf(ulong usec) => usec == ulong.MaxValue ? null : usec;

    private static int Compare(Row a, Row b)
    {
        int machine = CaseFold.Compare(a.Machine, b.Machine);
        if (machine != 0) { return machine; }
        int next = a.Next.CompareTo(b.Next);
        return next != 0 ? next : string.CompareOrdinal(a.Unit, b.Unit);
    }
}
