using SysMaster.Core;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.UnitFiles.Install;

namespace SysMaster.DBus.Systemd1;

/// <summary>Lists of units.</summary>
internal static class ListMethods
{
    public static void ListUnits(BusFront f, MethodCall call) => List(f, call, [], []);

    public static void ListUnitsFiltered(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        List(f, call, reader.ReadTexts(), []);
    }

    public static void ListUnitsByPatterns(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        List(f, call, reader.ReadTexts(), reader.ReadTexts());
    }

    public static void ListUnitsByNames(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        string[] names = reader.ReadTexts();
        var units = new List<Unit>(names.Length);
        foreach (string name in names)
        {
            if (!UnitName.TryParse(name, out UnitName parsed)) { continue; }   // as systemd: passed over
            if (UnitFinder.Load(f, parsed, out BusError? error) is { } unit) { units.Add(unit); }
            else
            {
                call.Error(error!.Name, error.Message);
                return;
            }
        }
        MessageWriter w = call.BeginReply();
        ArrayMark array = w.BeginArray(8);
        foreach (Unit unit in units) { WriteOne(unit, w); }
        w.EndArray(array);
    }

    private static void List(BusFront f, MethodCall call, string[] states, string[] patterns)
    {
        MessageWriter w = call.BeginReply();
        ArrayMark array = w.BeginArray(8);
        foreach (Unit unit in f.Manager.Units)
        {
            if (IsInState(unit, states) && Glob.MatchesAny(patterns, unit.Id.Text)) { WriteOne(unit, w); }
        }
        w.EndArray(array);
    }

    private static bool IsInState(Unit unit, string[] states) => states.Length == 0 || Array.IndexOf(states, unit.LoadState.Text()) >= 0
        || Array.IndexOf(states, unit.SubState) >= 0 || Array.IndexOf(states, unit.ActiveState.Text()) >= 0;

    private static void WriteOne(Unit unit, MessageWriter w)
    {
        w.BeginStruct();
        w.WriteString(unit.Id.Text);
        WriteDescription(unit, w);
        w.WriteString(unit.LoadState.Text());
        w.WriteString(unit.ActiveState.Text());
        w.WriteString(unit.SubState);
        w.WriteString(unit.Following?.Id.Text ?? "");
        Paths.Write(w, unit);
        w.WriteUInt32(unit.Job?.Id ?? 0);
        w.WriteString(unit.Job?.Type.Text() ?? "");
        if (unit.Job is null) { w.WriteObjectPath("/"u8); }
        else { w.WriteObjectPath(Paths.Of(unit.Job)); }
    }

    private static void WriteDescription(Unit unit, MessageWriter w)
    {
        ByteText set = unit.SetDescription;
        if (set.IsEmpty) { w.WriteString(unit.Description); }
        else { w.WriteString(set); }
    }
}
