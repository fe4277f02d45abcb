using System.Text;

namespace SysMaster.Systemctl;

/// <summary>list-sockets: what is listened on, and what is started for it.</summary>
internal static class ListSockets
{
    private sealed record Row(string Machine, string Address, string Type, string Unit, string[] Activates);

    public static int Run(Session session, string[] words) => UnitTable.Run(session, words[1..], ".socket", (callers, settings) =>
    {
        var rows = new List<Row>();
        foreach ((Caller caller, UnitInfo unit) in callers)
        {
            string[] triggers = caller.GetValue(unit.Path, Caller.UnitInterface, "Triggers", out _) is object[] t ? [.. t.Cast<string>()] : [];
            if (caller.GetValue(unit.Path, "org.freedesktop.systemd1.Socket", "Listen", out BusError? error) is not object[] listen)
            {
                _ = Log.Error($"Failed to get list of listening sockets: {error}");
                continue;
            }
            rows.AddRange(listen.Cast<object[]>().Select(l => new Row(unit.Machine, (string)l[1], (string)l[0], unit.Id, triggers)));
        }
        rows.Sort(Compare);
        var table = new Table("listen", "type", "unit", "activates");
        foreach (Row row in rows)
        {
            string id = row.Machine.Length > 0 ? $"{row.Machine}:{row.Unit}" : row.Unit;
            table.Add(new Cell(row.Address), new Cell(row.Type), new Cell(id), UnitTable.Names(row.Activates));
        }
        if (!settings.ShowTypes) { table.Hide(1); }
        return table;
    }, "sockets");

    private static int Compare(Row a, Row b)
    {
        int machine = CaseFold.Compare(a.Machine, b.Machine);
        if (machine != 0) { return machine; }
        int address = string.CompareOrdinal(a.Address, b.Address);
        return address != 0 ? address : string.CompareOrdinal(a.Type, b.Type);
    }
}
