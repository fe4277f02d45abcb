using System.Text;
using SysMaster.DBus.Client;
using SysMaster.DBus.Wire;
using SysMaster.Lint;

namespace SysMaster.Sctl.BootChart;

/// <summary>The boot that is, as the manager tells of it. Units that were started anew since then are missing: their times are of later.</summary>
internal sealed class BootReader(ManagerBus bus)
{
    /// <summary>Between the end of what a unit waits for and its own start lies the manager's own work: more than this, and it waited for something else.</summary>
    private const ulong Slack = 100_000;

    /// <returns>Null with the reason, for people.</returns>
    public BootRecord? Read(out string? failure)
    {
        if (UnitFacts.Of(bus, Caller.ManagerPath, out failure) is not { } manager) { return null; }
        var names = new List<string>();
        failure = bus.Call(Caller.ManagerPath, Caller.ManagerInterface, "ListUnits", "", null, "a(ssssssouso)", reader => ReadNames(reader, names));
        if (failure is not null) { return null; }
        ulong userspace = manager.Number("UserspaceTimestampMonotonic"), finished = manager.Number("FinishTimestampMonotonic");
        var facts = new Dictionary<string, UnitFacts>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (UnitFacts.PathOf(bus, name, out _) is not { } path || UnitFacts.Of(bus, path, out _) is not { } unit) { continue; }
            ulong start = unit.Number("InactiveExitTimestampMonotonic");
            if (start >= userspace && start > 0 && (finished == 0 || start <= finished)) { facts[name] = unit; }
        }
        ulong last = finished != 0 ? finished : facts.Values.Select(Up).DefaultIfEmpty().Max();
        List<BootUnit> units = [.. facts.Select(pair => new BootUnit(pair.Key, pair.Value.Number("InactiveExitTimestampMonotonic"), Up(pair.Value), Waited(pair.Key, pair.Value, facts)))];
        units.Sort(static (a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : string.CompareOrdinal(a.Name, b.Name));
        ulong now = (ulong)(Environment.TickCount64 * 1000), epoch = (ulong)(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000);
        string goal = UnitFacts.PathOf(bus, "default.target", out _) is { } target ? UnitFacts.Of(bus, target, out _)?.Text("Id") ?? "" : "";
        return new BootRecord(BootStore.CurrentId, epoch - now, userspace, last, goal, units);
    }

    private static ulong Up(UnitFacts unit) => Math.Max(unit.Number("ActiveEnterTimestampMonotonic"), unit.Number("InactiveExitTimestampMonotonic"));

    private static BootWait? Waited(string name, UnitFacts unit, Dictionary<string, UnitFacts> all)
    {
        ulong start = unit.Number("InactiveExitTimestampMonotonic");
        (string Name, UnitFacts Facts)? last = null;
        foreach (string other in unit.Texts("After"))
        {
            if (!all.TryGetValue(other, out UnitFacts? before) || Up(before) > start) { continue; }
            if (last is null || Up(before) > Up(last.Value.Facts)) { last = (other, before); }
        }
        if (last is not { } found || start - Up(found.Facts) > Slack) { return null; }
        string? place = EdgePlace.InFiles(name, Files(unit), ["After"], found.Name) ?? EdgePlace.InFiles(found.Name, Files(found.Facts), ["Before"], name);
        return new BootWait(found.Name, place ?? "by default");
    }

    private static string[] Files(UnitFacts facts) => facts.Text("FragmentPath") is { Length: > 0 } file ? [file, .. facts.Texts("DropInPaths")] : facts.Texts("DropInPaths");

    private static void ReadNames(MessageReader reader, List<string> names)
    {
        ArrayToken array = reader.BeginArray(8);
        while (reader.HasNext(array))
        {
            reader.BeginStruct();
            names.Add(reader.ReadText());
            reader.SkipValue("sssssouso"u8);
        }
    }
}
